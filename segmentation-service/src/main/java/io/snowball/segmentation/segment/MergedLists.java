package io.snowball.segmentation.segment;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * Lists that people keep, when two records turn out to be one person: who stays takes the place of the other, and gives it back should
 * they be two after all. Callers hold the lock of memberships, and look at segments that name a list afterwards.
 */
@ApplicationScoped
public class MergedLists {
    // Withheld, as of who is blocked: the merged one is in no list any more, and comes back to these.
    /* language=PostgreSQL */
    private static final String CARRY_OVER = """
            with place as (
              select m.segment_id, m.entered_at
              from segment s
              join segment_member m on m.segment_id = s.id
              where s.rule ->> 'type' = 'list' and m.customer_id = $2),
            withheld as (
              insert into withheld_member (customer_id, segment_id, entered_at)
              select $2, segment_id, entered_at from place
              on conflict do nothing),
            come as (
              insert into segment_member (segment_id, customer_id, entered_at)
              select p.segment_id, m.customer_id, $4::timestamptz
              from place p
              join customer_metric m on m.customer_id = $3
              on conflict do nothing
              returning segment_id),
            noted as (
              insert into merge_list (merge_id, segment_id) select $1, segment_id from come on conflict do nothing),
            counted as (
              update segment s set customers_count = s.customers_count + 1 from come c where s.id = c.segment_id)
            insert into feed_event (subject, type, occurred_at, data)
            select segment_id, 'segment.entered', $4,
              jsonb_build_object('segmentId', segment_id, 'customerIds', jsonb_build_array($3::uuid))
            from come
            """;

    // Whom people have taken off a list meanwhile does not come back to it under the other id.
    /* language=PostgreSQL */
    private static final String TAKE_BACK = """
            with gone as (
              delete from segment_member m
              using merge_list l
              where l.merge_id = $1 and m.segment_id = l.segment_id and m.customer_id = $3
              returning m.segment_id),
            waiting as (
              delete from withheld_member w
              using merge_list l
              where l.merge_id = $1 and w.segment_id = l.segment_id and w.customer_id = $3),
            taken_off as (
              delete from withheld_member w
              using merge_list l
              where l.merge_id = $1 and w.segment_id = l.segment_id and w.customer_id = $2
                and not exists (
                  select from segment_member m where m.segment_id = l.segment_id and m.customer_id = $3)
                and not exists (
                  select from withheld_member x where x.segment_id = l.segment_id and x.customer_id = $3)),
            forgotten as (delete from merge_list where merge_id = $1),
            counted as (
              update segment s set customers_count = s.customers_count - 1 from gone g where s.id = g.segment_id)
            insert into feed_event (subject, type, occurred_at, data)
            select segment_id, 'segment.left', $4::timestamptz,
              jsonb_build_object('segmentId', segment_id, 'customerIds', jsonb_build_array($3::uuid))
            from gone
            """;

    private final MembershipSql members;
    private final Clock clock;

    MergedLists(MembershipSql members, Clock clock) {
        this.members = members;
        this.clock = clock;
    }

    /** The caller forgets the memberships of the merged one afterwards. */
    public Uni<Void> carryOver(SqlConnection tx, UUID mergeId, UUID from, UUID to) {
        return change(tx, CARRY_OVER, mergeId, from, to);
    }

    /** Who comes back must have metrics again, or waits until the block is over. */
    public Uni<Void> takeBack(SqlConnection tx, UUID mergeId, UUID from, UUID to) {
        return change(tx, TAKE_BACK, mergeId, from, to)
                .chain(() -> members.giveBack(tx, new UUID[] {from}, clock.instant()));
    }

    private Uni<Void> change(SqlConnection tx, String statement, UUID mergeId, UUID from, UUID to) {
        return tx.preparedQuery(statement)
                .execute(Params.of(mergeId, from, to, clock.instant().atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }
}
