package io.snowball.customer.order;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Orders that change for another reason than that the shop told of them, in SQL. */
@ApplicationScoped
class OrderMoveSql {
    // The feed hears of them with the stored lines.
    /* language=PostgreSQL */
    static final String ANNOUNCE = """
            , announced as (
              insert into feed_event (subject, type, occurred_at, data)
              select w.customer_id, 'order.changed', $1, jsonb_strip_nulls(jsonb_build_object(
                'orderId', w.id,
                'customerId', w.customer_id,
                'orderedAt', to_char(w.ordered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                'status', w.state,
                'amount', case w.state when 'PARTLY_RETURNED' then w.amount - w.returned else w.amount end,
                'returned', nullif(w.returned, 0),
                'channel', w.channel,
                'shop', w.shop,
                'paymentMethod', w.payment_method,
                'version', w.version,
                'lines', (
                  select jsonb_agg(jsonb_build_object(
                           'sku', l.sku, 'quantity', l.quantity, 'amount', l.price * l.quantity - l.discount,
                           'category', (select p.category_code from product p where p.sku = l.sku)) order by l.position)
                  from order_line l
                  where l.order_id = w.id)))
              from written w
              where w.customer_id is not null
            )
            select w.id from written w
            """;

    // Version and customer change, the fingerprint does not: told again by the shop the order is a duplicate as before.
    private static final String MOVE = """
            with written as (
              update orders o
              set customer_id = $3, version = o.version + 1
              where o.customer_id = $2 and ($4::uuid[] is null or o.id = any($4))
              returning o.id, o.customer_id, o.ordered_at, o.state, o.amount, o.returned, o.channel, o.shop, o.payment_method, o.version
            )""" + ANNOUNCE;

    /** @param only these of the customer's orders, or null for all */
    Uni<List<UUID>> move(SqlConnection tx, UUID from, UUID to, @Nullable List<UUID> only, Instant now) {
        return tx.preparedQuery(MOVE)
                .execute(Params.of(
                        now.atOffset(ZoneOffset.UTC), from, to, only == null ? null : only.toArray(UUID[]::new)))
                .map(rows -> Rows.list(rows, row -> row.getUUID("id")));
    }
}
