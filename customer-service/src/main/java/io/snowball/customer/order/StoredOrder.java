package io.snowball.customer.order;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An order as stored; amounts in kopecks. */
record StoredOrder(
        UUID id,
        String externalId,
        UUID customerId,
        Instant orderedAt,
        OrderStatus status,
        long amount,
        @Nullable String channel,
        int version) {

    record Line(UUID orderId, OrderLine line) {
        static Line of(Row row) {
            return new Line(
                    row.getUUID("order_id"),
                    new OrderLine(
                            row.getString("sku"),
                            row.getInteger("quantity"),
                            row.getLong("price"),
                            row.getLong("discount")));
        }
    }

    static StoredOrder of(Row row) {
        return new StoredOrder(
                row.getUUID("id"),
                row.getString("external_id"),
                row.getUUID("customer_id"),
                row.getOffsetDateTime("ordered_at").toInstant(),
                OrderStatus.valueOf(row.getString("status")),
                row.getLong("amount"),
                row.getString("channel"),
                row.getInteger("version"));
    }
}
