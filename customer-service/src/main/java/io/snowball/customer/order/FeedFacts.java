package io.snowball.customer.order;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the feed tells of an order as the shop told it: the end of a JSON object, as text. The statement that stores the order puts
 * the ids, the version and what follows from returns before it: jsonb_build_object would cost it as much as the row's storing,
 * and a JSON generator for each order was the largest item in the profile of an import.
 */
final class FeedFacts {
    private static final JsonStringEncoder JSON = JsonStringEncoder.getInstance();

    private FeedFacts() {}

    /** @param categories by sku, of the products that the catalogue knows */
    static String of(OrderDraft order, Map<String, String> categories) {
        StringBuilder out = new StringBuilder(64 + 80 * order.lines().size());
        out.append("\"orderedAt\":\"").append(order.orderedAt()).append('"');
        text(out, "channel", order.channel());
        text(out, "shop", order.shop());
        text(out, "paymentMethod", order.paymentMethod());
        String before = ",\"lines\":[{";
        for (OrderLine line : order.lines()) {
            out.append(before);
            out.append("\"quantity\":").append(line.quantity());
            out.append(",\"amount\":").append(line.amount());
            text(out, "sku", line.sku());
            text(out, "category", categories.get(line.sku()));
            before = "},{";
        }
        return out.append(order.lines().isEmpty() ? "}" : "}]}").toString();
    }

    private static void text(StringBuilder out, String name, @Nullable String value) {
        if (value != null) {
            out.append(",\"").append(name).append("\":\"");
            JSON.quoteAsString(value, out);
            out.append('"');
        }
    }
}
