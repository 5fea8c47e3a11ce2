package io.snowball.customer.order;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the feed tells of an order as the shop told it: the end of a JSON object, as text. The statement that stores the order puts
 * the ids, the version and what follows from returns before it: jsonb_build_object would cost it as much as the row's storing.
 */
final class FeedFacts {
    private static final JsonFactory JSON = new JsonFactory();

    private FeedFacts() {}

    /** @param categories by sku, of the products that the catalogue knows */
    static String of(OrderDraft order, Map<String, String> categories) {
        StringWriter text = new StringWriter(160);
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("orderedAt", order.orderedAt().toString());
            writeUnlessNull(out, "channel", order.channel());
            writeUnlessNull(out, "shop", order.shop());
            writeUnlessNull(out, "paymentMethod", order.paymentMethod());
            if (!order.lines().isEmpty()) {
                write(out, order.lines(), categories);
            }
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return text.getBuffer().substring(1);
    }

    private static void writeUnlessNull(JsonGenerator out, String name, @Nullable String value) throws IOException {
        if (value != null) {
            out.writeStringField(name, value);
        }
    }

    private static void write(JsonGenerator out, List<OrderLine> lines, Map<String, String> categories)
            throws IOException {
        out.writeArrayFieldStart("lines");
        for (OrderLine line : lines) {
            out.writeStartObject();
            out.writeStringField("sku", line.sku());
            out.writeNumberField("quantity", line.quantity());
            out.writeNumberField("amount", line.amount());
            writeUnlessNull(out, "category", categories.get(line.sku()));
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
