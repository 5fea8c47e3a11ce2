package io.snowball.segmentation.fact;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a customer goes over to who stays, and back exactly: each row that went is noted with its merge. Orders do not:
 * each is told again with its new customer.
 */
@ApplicationScoped
class MergeSql {
    // A row that is known under both ids stays where it is: moving it would break the key, and stop the feed for ever.
    /* language=PostgreSQL */
    private static final String MERGE = """
            with merge as (
              insert into customer_merge (merge_id, from_id, to_id, undone) values ($1, $2, $3, false)
              on conflict do nothing),
            message as (
              update message_fact f
              set customer_id = $3
              where f.customer_id = $2
                and not exists (select from message_fact x where x.customer_id = $3 and x.message_id = f.message_id)
              returning f.message_id),
            event as (
              update event_fact f
              set customer_id = $3
              where f.customer_id = $2
                and not exists (
                  select from event_fact x
                  where x.customer_id = $3 and x.occurred_at = f.occurred_at and x.event_id = f.event_id)
              returning f.event_id),
            answer as (
              update feedback_fact f
              set customer_id = $3
              where f.customer_id = $2
                and not exists (select from feedback_fact x where x.customer_id = $3 and x.answer_id = f.answer_id)
              returning f.answer_id),
            referral as (
              update referral_fact f
              set inviter_id = case f.inviter_id when $2 then $3 else f.inviter_id end,
                invited_id = case f.invited_id when $2 then $3 else f.invited_id end
              where f.inviter_id = $2 or f.invited_id = $2
              returning f.referral_id, old.inviter_id = $2 as inviter, old.invited_id = $2 as invited)
            insert into merge_move (merge_id, kind, row_id)
            select $1, 'MESSAGE', message_id from message
            union all
            select $1, 'EVENT', event_id from event
            union all
            select $1, 'ANSWER', answer_id from answer
            union all
            select $1, 'INVITER', referral_id from referral where inviter
            union all
            select $1, 'INVITED', referral_id from referral where invited
            on conflict do nothing
            """;

    /* language=PostgreSQL */
    private static final String UNDO = """
            with merge as (
              update customer_merge set undone = true where merge_id = $1 and not undone returning merge_id, from_id, to_id),
            moved as (
              select v.kind, v.row_id, m.from_id, m.to_id
              from merge m
              join merge_move v on v.merge_id = m.merge_id),
            message as (
              update message_fact f
              set customer_id = v.from_id
              from moved v
              where v.kind = 'MESSAGE' and f.customer_id = v.to_id and f.message_id = v.row_id
                and not exists (
                  select from message_fact x where x.customer_id = v.from_id and x.message_id = f.message_id)),
            answer as (
              update feedback_fact f
              set customer_id = v.from_id
              from moved v
              where v.kind = 'ANSWER' and f.customer_id = v.to_id and f.answer_id = v.row_id
                and not exists (
                  select from feedback_fact x where x.customer_id = v.from_id and x.answer_id = f.answer_id)),
            referral as (
              update referral_fact f
              set inviter_id = case when v.inviter and f.inviter_id = v.to_id then v.from_id else f.inviter_id end,
                invited_id = case when v.invited and f.invited_id = v.to_id then v.from_id else f.invited_id end
              from (
                select row_id, from_id, to_id, bool_or(kind = 'INVITER') as inviter, bool_or(kind = 'INVITED') as invited
                from moved
                where kind in ('INVITER', 'INVITED')
                group by 1, 2, 3) v
              where f.referral_id = v.row_id)
            update event_fact f
            set customer_id = v.from_id
            from moved v
            where v.kind = 'EVENT' and f.customer_id = v.to_id and f.event_id = v.row_id
              and not exists (
                select from event_fact x
                where x.customer_id = v.from_id and x.occurred_at = f.occurred_at and x.event_id = f.event_id)
            """;

    // From the customer whom the news names: back by what was undone, on by what holds. Where it goes on, the row is
    // one
    // more that went over by that merge. A step more than people ever merge ends what would go in a circle.
    /* language=PostgreSQL */
    private static final String FIND_OWNERS = """
            with recursive way (row_id, customer_id, merge_id, step) as (
              select u.row_id, u.customer_id, null::uuid, 0
              from unnest($2::uuid[], $3::uuid[]) as u (row_id, customer_id)
              where exists (select from customer_merge m where m.from_id = u.customer_id)
                or exists (select from customer_merge m where m.to_id = u.customer_id)
              union all
              select w.row_id, n.customer_id, n.merge_id, w.step + 1
              from way w
              cross join lateral (
                select coalesce(b.customer_id, f.customer_id) as customer_id,
                  case when b.customer_id is null then f.merge_id end as merge_id
                from (select) as one
                left join lateral (
                  select case when m.undone then m.from_id end as customer_id
                  from merge_move v
                  join customer_merge m on m.merge_id = v.merge_id
                  where v.kind = $1 and v.row_id = w.row_id and m.to_id = w.customer_id
                  order by m.merge_id desc
                  limit 1) b on true
                left join lateral (
                  select m.to_id as customer_id, m.merge_id
                  from customer_merge m
                  where m.from_id = w.customer_id and not m.undone
                  order by m.merge_id desc
                  limit 1) f on true) n
              where n.customer_id is not null and w.step < 100),
            noted as (
              insert into merge_move (merge_id, kind, row_id)
              select distinct w.merge_id, $1, w.row_id from way w where w.merge_id is not null
              on conflict do nothing)
            select distinct on (row_id) row_id, customer_id
            from way
            order by row_id, step desc
            """;

    /** What is kept row by row, and told by other services under the id that they know. */
    enum Kind {
        ANSWER,
        EVENT,
        INVITED,
        INVITER,
        MESSAGE
    }

    Uni<Void> merge(SqlConnection tx, UUID mergeId, UUID from, UUID to) {
        return tx.preparedQuery(MERGE).execute(Params.of(mergeId, from, to)).replaceWithVoid();
    }

    Uni<Void> undo(SqlConnection tx, UUID mergeId) {
        return tx.preparedQuery(UNDO).execute(Params.of(mergeId)).replaceWithVoid();
    }

    /** @return whose a row is, where that can be somebody else than the news says */
    <R> Uni<Map<UUID, UUID>> owners(
            SqlConnection tx,
            Kind kind,
            Collection<R> news,
            Function<R, @Nullable UUID> id,
            Function<R, @Nullable UUID> customer) {
        return tx.preparedQuery(FIND_OWNERS)
                .execute(Params.of(kind.name(), Params.uuids(news, id), Params.uuids(news, customer)))
                .map(rows -> {
                    Map<UUID, UUID> owners = new HashMap<>();
                    for (Row row : rows) {
                        owners.put(row.getUUID("row_id"), row.getUUID("customer_id"));
                    }
                    return owners;
                });
    }
}
