package io.snowball.segmentation.metric;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.UUID;

/** Of whom there are facts and no metrics. Whoever writes either notes it here, in the same transaction, for {@code RuleJoins}. */
@ApplicationScoped
public class UnplacedSql {
    /* language=PostgreSQL */
    private static final String NOTE = """
            with told as (
              select distinct u.customer_id, m.customer_id is not null as placed
              from unnest($1::uuid[]) as u (customer_id)
              left join customer_metric m on m.customer_id = u.customer_id),
            placed as (
              delete from unplaced_customer x using told t where t.placed and x.customer_id = t.customer_id)
            insert into unplaced_customer (customer_id)
            select customer_id from told where not placed
            on conflict do nothing
            """;

    /* language=PostgreSQL */
    private static final String ARE_ALL_PLACED = """
            select not exists (
              select from unnest($1::uuid[]) as u (customer_id)
              where not exists (select from customer_metric m where m.customer_id = u.customer_id)) as placed
            """;

    /** The caller holds the lock of memberships, as all do who write metrics: else one could miss what the other is writing. */
    public Uni<Void> note(SqlConnection tx, Collection<UUID> customerIds) {
        return customerIds.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(NOTE)
                        .execute(Params.of((Object) customerIds.toArray(UUID[]::new)))
                        .replaceWithVoid();
    }

    public Uni<Boolean> areAllPlaced(SqlConnection tx, Collection<UUID> customerIds) {
        return tx.preparedQuery(ARE_ALL_PLACED)
                .execute(Params.of((Object) customerIds.toArray(UUID[]::new)))
                .map(rows -> rows.iterator().next().getBoolean("placed"));
    }
}
