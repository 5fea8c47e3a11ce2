package io.snowball.customer.order;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.snowball.customer.order.OrderSql.Numbered;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;

/** What the feed tells of the lines of a batch: one JSON object, the lines by the order's external id. */
final class FeedLines {
    private static final JsonFactory JSON = new JsonFactory();

    private FeedLines() {}

    static String byOrder(List<Numbered> orders) {
        StringWriter text = new StringWriter(orders.size() * 160 + 2);
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            for (Numbered order : orders) {
                if (!order.draft().lines().isEmpty()) {
                    out.writeFieldName(order.draft().externalId());
                    write(out, order.draft().lines());
                }
            }
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return text.toString();
    }

    private static void write(JsonGenerator out, List<OrderLine> lines) throws IOException {
        out.writeStartArray();
        for (OrderLine line : lines) {
            out.writeStartObject();
            out.writeStringField("sku", line.sku());
            out.writeNumberField("quantity", line.quantity());
            out.writeNumberField("amount", line.amount());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
