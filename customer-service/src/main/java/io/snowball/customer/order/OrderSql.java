package io.snowball.customer.order;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reading orders in SQL. */
@ApplicationScoped
class OrderSql {
    /* language=PostgreSQL */
    private static final String ORDER = """
            select id, external_id, customer_id, ordered_at, state, amount, returned, channel, shop, payment_method, version
            from orders
            """;

    private static final String GET = ORDER + "where id = $1";

    /* language=PostgreSQL */
    private static final String PAGE = ORDER + """
            where customer_id = coalesce((select a.customer_id from customer_alias a where a.id = $1), $1)
              and ($2::timestamptz is null or (ordered_at, id) < ($2, $3::uuid))
            order by ordered_at desc, id desc
            limit $4
            """;

    /* language=PostgreSQL */
    private static final String LINES = """
            select order_id, sku, quantity, price, discount
            from order_line
            where order_id = any($1)
            order by order_id, position
            limit 200000
            """;

    Uni<List<StoredOrder>> get(SqlClient client, UUID id) {
        return client.preparedQuery(GET).execute(Params.of(id)).map(rows -> Rows.list(rows, StoredOrder::of));
    }

    Uni<List<StoredOrder>> page(
            SqlClient client, UUID customerId, @Nullable Instant beforeTime, @Nullable UUID beforeId, int limit) {
        OffsetDateTime before = beforeTime == null ? null : beforeTime.atOffset(ZoneOffset.UTC);
        return client.preparedQuery(PAGE)
                .execute(Params.of(customerId, before, beforeId, limit))
                .map(rows -> Rows.list(rows, StoredOrder::of));
    }

    Uni<List<StoredOrder.Line>> lines(SqlClient client, List<StoredOrder> orders) {
        return client.preparedQuery(LINES)
                .execute(Params.of((Object) Params.uuids(orders, StoredOrder::id)))
                .map(rows -> Rows.list(rows, StoredOrder.Line::of));
    }
}
