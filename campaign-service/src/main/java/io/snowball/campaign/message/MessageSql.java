package io.snowball.campaign.message;

import io.smallrye.mutiny.Uni;
import io.snowball.campaign.message.Batch.Claimed;
import io.snowball.campaign.message.Triage.Ended;
import io.snowball.campaign.sibling.ConsentDecisions.Decisions;
import io.snowball.platform.db.Params;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * What becomes of the messages of a batch, each step one statement and one commit. Every one of them is fenced: it writes only what this
 * lease still holds. A message out of a parcel becomes a row here; one that is a row already is changed.
 */
@ApplicationScoped
class MessageSql {
    /* language=PostgreSQL */
    private static final String END = """
            with mine as (
              select campaign_id from dispatch_lease where id = $1 and campaign_id is not null for no key update)
            insert into message as m
              (id, campaign_id, customer_id, control, state, reason, record_id, decided_at, due_at, settled_at)
            select x.id, mine.campaign_id, x.customer_id, x.control, x.state, x.reason, x.record_id, $8, $9, $9
            from mine
            cross join unnest($2::uuid[], $3::uuid[], $4::boolean[], $5::text[], $6::text[], $7::uuid[])
              as x (id, customer_id, control, state, reason, record_id)
            on conflict (id) do update
            set state = excluded.state, reason = excluded.reason, record_id = excluded.record_id, decided_at = excluded.decided_at,
              settled_at = excluded.settled_at, lease = null
            where m.lease = $1 and m.state = 'CLAIMED'
            """;

    // One row for the whole window. What we claimed is ours as long as the lease is there: only recovery takes it away,
    // and the lease with it.
    /* language=PostgreSQL */
    private static final String HAND = """
            update dispatch_lease l
            set handing = $2, record_ids = $3, handed_at = $4, decided_at = $5
            from campaign c
            where l.id = $1 and c.id = l.campaign_id and c.state = 'RUNNING'
            """;

    // A late answer is better than none, even where the lease has been declared dead meanwhile and its messages are
    // UNCERTAIN rows; but what would be tried again under a dead lease goes back to the queue instead. The lease's row
    // first, as recovery does. What was not offered is no row, and stays in its parcel.
    /* language=PostgreSQL */
    private static final String SETTLE = """
            with mine as (
              select campaign_id, handing, record_ids, decided_at, handed_at from dispatch_lease where id = $1 for no key update),
            handed as (
              select u.id, u.record_id from mine, unnest(mine.handing, mine.record_ids) as u (id, record_id)),
            told as (
              select * from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[], $7::int[])
                as x (id, customer_id, state, reason, due_at, refused)),
            settled as (
              insert into message as m (id, campaign_id, customer_id, control, state, reason, due_at, attempts, settled_at, lease,
                record_id, decided_at, handed_at)
              select x.id, mine.campaign_id, x.customer_id, false, x.state, x.reason, coalesce(x.due_at, mine.handed_at), x.refused,
                case when x.state <> 'DUE' then $8::timestamptz end, case when x.state = 'UNCERTAIN' then $1::uuid end,
                h.record_id, mine.decided_at, mine.handed_at
              from mine
              cross join told x
              join handed h on h.id = x.id
              where x.state <> 'CLAIMED'
              on conflict (id) do update
              set state = excluded.state, reason = excluded.reason, due_at = excluded.due_at,
                attempts = m.attempts + excluded.attempts, settled_at = excluded.settled_at, lease = excluded.lease,
                record_id = excluded.record_id, decided_at = excluded.decided_at, handed_at = excluded.handed_at
              where m.lease = $1 and m.state in ('CLAIMED', 'UNCERTAIN')
              returning m.id, m.campaign_id, m.customer_id, m.state),
            late as (
              update message m
              set state = case when x.state = 'CLAIMED' then 'DUE' else x.state end,
                reason = x.reason,
                due_at = coalesce(x.due_at, m.due_at),
                attempts = m.attempts + x.refused,
                settled_at = case when x.state in ('SENT', 'FAILED', 'UNCERTAIN') then $8::timestamptz end,
                lease = case when x.state = 'UNCERTAIN' then m.lease end
              from told x
              where not exists (select from mine) and m.id = x.id and m.lease = $1 and m.state = 'UNCERTAIN'
              returning m.id, m.campaign_id, m.customer_id, m.state),
            emptied as (
              update dispatch_lease set handing = null, record_ids = null, decided_at = null, handed_at = null
              where id = $1)
            insert into feed_event (subject, type, occurred_at, data)
            select campaign_id, 'messages.sent', $8, jsonb_build_object(
              'campaignId', campaign_id, 'channel', 'EMAIL', 'at', $9::text,
              'messageIds', jsonb_agg(id), 'customerIds', jsonb_agg(customer_id))
            from (select * from settled union all select * from late) as s
            where state = 'SENT'
            group by campaign_id
            """;

    private final Pool pool;
    private final Clock clock;

    MessageSql(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    Uni<Void> end(UUID lease, List<Ended> ended, Instant decidedAt) {
        if (ended.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return pool.preparedQuery(END)
                .execute(Params.of(
                        lease,
                        Params.uuids(ended, one -> one.message().id()),
                        Params.uuids(ended, one -> one.message().customerId()),
                        ended.stream().map(one -> one.message().control()).toArray(Boolean[]::new),
                        Params.texts(ended, one -> one.state().name()),
                        Params.texts(ended, Ended::reason),
                        Params.uuids(ended, Ended::recordId),
                        timestamp(decidedAt),
                        OffsetDateTime.now(clock)))
                .replaceWithVoid();
    }

    /** @return whether they may be offered now: the lease still ours, and the campaign still running */
    Uni<Boolean> hand(UUID lease, Collection<Claimed> window, Decisions decisions) {
        return pool.preparedQuery(HAND)
                .execute(Params.of(
                        lease,
                        Params.uuids(window, Claimed::id),
                        Params.uuids(
                                window,
                                message -> decisions.of(message.customerId()).recordId()),
                        OffsetDateTime.now(clock),
                        timestamp(decisions.decidedAt())))
                .map(rows -> rows.rowCount() == 1);
    }

    /** @param settlements of the window's messages, in their order; what was not offered stays claimed */
    Uni<Void> settle(UUID lease, List<Claimed> window, List<Settlement> settlements) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return pool.preparedQuery(SETTLE)
                .execute(Params.of(
                        lease,
                        Params.uuids(settlements, Settlement::id),
                        Params.uuids(window, Claimed::customerId),
                        Params.texts(settlements, one -> one.state().name()),
                        Params.texts(settlements, Settlement::reason),
                        settlements.stream()
                                .map(one -> one.dueAt() == null ? null : timestamp(one.dueAt()))
                                .toArray(OffsetDateTime[]::new),
                        Params.integers(settlements, one -> one.refused() ? 1 : 0),
                        now,
                        now.toInstant().toString()))
                .replaceWithVoid();
    }

    private static OffsetDateTime timestamp(Instant at) {
        return OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
    }
}
