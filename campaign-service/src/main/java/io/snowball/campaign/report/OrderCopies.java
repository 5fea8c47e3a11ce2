package io.snowball.campaign.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.feed.FeedEvent;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Orders of customers with a message, copied set by set. An order that counts for a report comes after its message was decided on,
 * so the message is there when the order comes; all others are passed over,
 * but for a known order that changes hands.
 */
@ApplicationScoped
public class OrderCopies {
    /* language=PostgreSQL */
    private static final String UPSERT = """
            insert into customer_order (order_id, customer_id, ordered_at, status, amount, version)
            select x.order_id, x.customer_id, x.ordered_at, x.status, x.amount, x.version
            from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::bigint[], $6::bigint[])
              as x (order_id, customer_id, ordered_at, status, amount, version)
            where (exists (select from message m where m.customer_id = x.customer_id)
                or exists (select from parcel p where p.lease is not null and x.customer_id = any(p.customer_ids))
                or exists (select from customer_order o where o.order_id = x.order_id))
              and not exists (select from forgotten_customer f where f.customer_id = x.customer_id)
            on conflict (order_id) do update
            set customer_id = excluded.customer_id, ordered_at = excluded.ordered_at, status = excluded.status,
              amount = excluded.amount, version = excluded.version
            where customer_order.version < excluded.version
            """;

    /* language=PostgreSQL */
    private static final String ERASE = "update customer_order set customer_id = $2 where customer_id = $1";

    private record Order(
            UUID orderId, UUID customerId, OffsetDateTime orderedAt, String status, long amount, long version) {
        static Order of(JsonNode data) {
            return new Order(
                    UUID.fromString(data.path("orderId").asText()),
                    UUID.fromString(data.path("customerId").asText()),
                    OffsetDateTime.ofInstant(
                            Instant.parse(data.path("orderedAt").asText()), ZoneOffset.UTC),
                    data.path("status").asText(),
                    data.path("amount").asLong(),
                    data.path("version").asLong());
        }
    }

    public Uni<Void> apply(SqlConnection tx, List<FeedEvent> batch) {
        // One statement can't touch a row twice: of an order that changed twice in the batch, the later state counts.
        Map<UUID, Order> latest = new LinkedHashMap<>();
        batch.stream()
                .filter(event -> event.type().equals("order.changed"))
                .map(event -> Order.of(event.data()))
                .forEach(order -> latest.merge(order.orderId(), order, (a, b) -> b.version() >= a.version() ? b : a));
        return latest.isEmpty() ? Uni.createFrom().voidItem() : upsert(tx, latest.values());
    }

    /** @param nobody whom they belong to now */
    public Uni<Void> erase(SqlConnection tx, UUID customerId, UUID nobody) {
        return tx.preparedQuery(ERASE).execute(Params.of(customerId, nobody)).replaceWithVoid();
    }

    private static Uni<Void> upsert(SqlConnection tx, Collection<Order> orders) {
        return tx.preparedQuery(UPSERT)
                .execute(Params.of(
                        Params.uuids(orders, Order::orderId),
                        Params.uuids(orders, Order::customerId),
                        orders.stream().map(Order::orderedAt).toArray(OffsetDateTime[]::new),
                        Params.texts(orders, Order::status),
                        Params.longs(orders, Order::amount),
                        Params.longs(orders, Order::version)))
                .replaceWithVoid();
    }
}
