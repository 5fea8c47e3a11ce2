package io.snowball.segmentation.metric;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** The category that is in most orders of a customer; of equals the one bought last. */
@ApplicationScoped
public class FavouriteSql {
    /* language=PostgreSQL */
    private static final String RECOMPUTE = """
            with best as (
              select distinct on (l.customer_id) l.customer_id, l.category
              from (
                select customer_id, category, count(distinct order_id) as orders, max(ordered_at) as last_at
                from order_line_fact
                where customer_id = any($1) and category is not null
                group by customer_id, category) l
              order by l.customer_id, l.orders desc, l.last_at desc, l.category),
            gone as (
              delete from customer_favourite f
              where f.customer_id = any($1) and not exists (select from best b where b.customer_id = f.customer_id))
            insert into customer_favourite as f (customer_id, category)
            select customer_id, category from best
            on conflict (customer_id) do update set category = excluded.category where f.category <> excluded.category
            """;

    /* language=PostgreSQL */
    private static final String FIND = "select category from customer_favourite where customer_id = $1";

    /** Looks again at the lines of these customers' orders. */
    public Uni<Void> recompute(SqlConnection tx, UUID[] customerIds) {
        return tx.preparedQuery(RECOMPUTE)
                .execute(Params.of((Object) customerIds))
                .replaceWithVoid();
    }

    Uni<Optional<String>> find(SqlConnection tx, UUID customerId) {
        return tx.preparedQuery(FIND)
                .execute(Params.of(customerId))
                .map(rows -> Rows.first(rows, row -> row.getString("category")));
    }
}
