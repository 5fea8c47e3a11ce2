package io.snowball.segmentation.fact;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** All metrics from the facts at once, compared with what is kept. */
@ApplicationScoped
class RecomputationSql {
    // Enough for a hash of a million customers; with the default it spills to disk and takes twice as long.
    /* language=PostgreSQL */
    private static final String SETTINGS = "set local work_mem = '256MB'";

    // Without the favourite hour: sorting ten million hours takes longer than all the rest, and it can't be wrong where
    // the
    // number of orders, their sum, and their first and last time are right, but for an order that was moved in time.
    /* language=PostgreSQL */
    private static final String DIFFERENT = """
            select c.customer_id
            from customer_fact c
            left join (
              select customer_id, count(*) as n, sum(amount) as revenue, min(ordered_at) as first_at, max(ordered_at) as last_at
              from order_fact
              where counts
              group by customer_id) b on b.customer_id = c.customer_id
            left join (
              select customer_id, count(*) as n, sum(returned) as amount
              from order_fact
              where returned > 0
              group by customer_id) r on r.customer_id = c.customer_id
            left join customer_metric m on m.customer_id = c.customer_id
            where (m.customer_id is null
                and not exists (select from blocked_customer x where x.customer_id = c.customer_id))
              or m.orders_count <> coalesce(b.n, 0)
              or m.revenue <> coalesce(b.revenue, 0)
              or m.average_bill <> coalesce(round(b.revenue / b.n), 0)
              or m.first_order_at <> coalesce(b.first_at, 'infinity')
              or m.last_order_at <> coalesce(b.last_at, '-infinity')
              or m.returns_count <> coalesce(r.n, 0)
              or m.returned_amount <> coalesce(r.amount, 0)
            limit $1
            """;

    // The feed moves its cursor before anything else: whoever holds it writes metrics alone.
    /* language=PostgreSQL */
    private static final String HOLD_FEED = "select feed from feed_cursor where feed = $1 for update";

    /** @return customers whose metrics are not what their facts say */
    Uni<List<UUID>> different(SqlConnection tx, int limit) {
        return tx.query(SETTINGS)
                .execute()
                .chain(() -> tx.preparedQuery(DIFFERENT).execute(Params.of(limit)))
                .map(rows -> Rows.list(rows, row -> row.getUUID("customer_id")));
    }

    Uni<Void> holdFeed(SqlConnection tx, String feed) {
        return tx.preparedQuery(HOLD_FEED).execute(Params.of(feed)).replaceWithVoid();
    }
}
