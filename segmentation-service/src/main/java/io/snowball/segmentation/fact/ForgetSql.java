package io.snowball.segmentation.fact;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.segmentation.fact.Facts.Gone;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/** Customers who are no more: merged into another, or erased. */
@ApplicationScoped
class ForgetSql {
    // Orders of who was merged follow by order.changed, and count nowhere until then; those of who was erased go. Lists
    // remember who was merged, should that be undone.
    /* language=PostgreSQL */
    private static final String FORGET = """
            with metric as (delete from customer_metric where customer_id = any($1)),
            prediction as (delete from prediction_score where customer_id = any($1)),
            withheld as (delete from withheld_member where customer_id = any($2)),
            unplaced as (delete from unplaced_customer where customer_id = any($2)),
            consent as (delete from legacy_consent where customer_id = any($2)),
            merged as (delete from customer_merge where from_id = any($2) or to_id = any($2)),
            kept as (delete from idempotency_key where subjects && $2),
            forgotten as (
              insert into forgotten_customer (customer_id)
              select u.customer_id from unnest($2::uuid[]) as u (customer_id)
              on conflict do nothing),
            favourite as (delete from customer_favourite where customer_id = any($1)),
            engagement as (delete from customer_engagement where customer_id = any($1)),
            message as (delete from message_fact where customer_id = any($2)),
            word as (delete from customer_feedback where customer_id = any($1)),
            answer as (delete from feedback_fact where customer_id = any($2)),
            referral as (delete from referral_fact where inviter_id = any($2) or invited_id = any($2)),
            event as (delete from event_fact where customer_id = any($2)),
            returned as (delete from returned_line_fact where customer_id = any($2)),
            line as (delete from order_line_fact where customer_id = any($2)),
            bought as (delete from order_fact where customer_id = any($2))
            delete from customer_fact where customer_id = any($1)
            """;

    Uni<Void> forget(SqlConnection tx, Collection<Gone> gone) {
        List<Gone> erased = gone.stream().filter(Gone::erased).toList();
        return tx.preparedQuery(FORGET)
                .execute(Params.of(Params.uuids(gone, Gone::id), Params.uuids(erased, Gone::id)))
                .replaceWithVoid();
    }
}
