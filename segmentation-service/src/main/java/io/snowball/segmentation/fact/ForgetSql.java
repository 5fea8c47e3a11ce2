package io.snowball.segmentation.fact;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.segmentation.fact.Facts.Gone;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Customers who are no more: merged into another, or erased. */
@ApplicationScoped
class ForgetSql {
    /* language=PostgreSQL */
    private static final String MOVE_MESSAGES = """
            update message_fact f
            set customer_id = u.into_id
            from unnest($1::uuid[], $2::uuid[]) as u (id, into_id)
            where f.customer_id = u.id
            returning f.customer_id
            """;

    // Orders of who was merged follow by order.changed, and count nowhere until then; those of who was erased go.
    /* language=PostgreSQL */
    private static final String FORGET = """
            with metric as (delete from customer_metric where customer_id = any($1)),
            prediction as (delete from customer_prediction where customer_id = any($1)),
            withheld as (delete from withheld_member where customer_id = any($1)),
            forgotten as (
              insert into forgotten_customer (customer_id)
              select u.customer_id from unnest($2::uuid[]) as u (customer_id)
              on conflict do nothing),
            favourite as (delete from customer_favourite where customer_id = any($1)),
            engagement as (delete from customer_engagement where customer_id = any($1)),
            message as (delete from message_fact where customer_id = any($2)),
            line as (delete from order_line_fact where customer_id = any($2)),
            bought as (delete from order_fact where customer_id = any($2))
            delete from customer_fact where customer_id = any($1)
            """;

    /** @return who got messages of others */
    Uni<Set<UUID>> moveMessages(SqlConnection tx, Collection<Gone> gone) {
        List<Gone> merged = gone.stream().filter(one -> one.into() != null).toList();
        return tx.preparedQuery(MOVE_MESSAGES)
                .execute(Params.of(Params.uuids(merged, Gone::id), Params.uuids(merged, Gone::into)))
                .map(rows -> new HashSet<>(Rows.list(rows, row -> row.getUUID("customer_id"))));
    }

    Uni<Void> forget(SqlConnection tx, Collection<Gone> gone) {
        List<Gone> erased = gone.stream().filter(one -> one.into() == null).toList();
        return tx.preparedQuery(FORGET)
                .execute(Params.of(Params.uuids(gone, Gone::id), Params.uuids(erased, Gone::id)))
                .replaceWithVoid();
    }
}
