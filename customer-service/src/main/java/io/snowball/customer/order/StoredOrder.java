package io.snowball.customer.order;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An order as stored; amounts in kopecks. */
record StoredOrder(
        UUID id,
        String externalId,
        @Nullable UUID customerId,
        Instant orderedAt,
        OrderStatus status,
        long amount,
        long returned,
        @Nullable String channel,
        @Nullable String shop,
        @Nullable String paymentMethod,
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
                OrderStatus.valueOf(row.getString("state")),
                row.getLong("amount"),
                row.getLong("returned"),
                row.getString("channel"),
                row.getString("shop"),
                row.getString("payment_method"),
                row.getInteger("version"));
    }
}
