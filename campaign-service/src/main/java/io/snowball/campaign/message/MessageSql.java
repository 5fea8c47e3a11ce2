package io.snowball.campaign.message;

import io.smallrye.mutiny.Uni;
import io.snowball.campaign.message.Batch.Claimed;
import io.snowball.campaign.message.Batch.Source;
import io.snowball.campaign.message.Triage.Ended;
import io.snowball.campaign.sibling.ConsentDecisions.Decisions;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Each step of a batch, one statement and one commit. Every one of them is fenced: it changes only what this lease still holds. */
@ApplicationScoped
class MessageSql {
    // By chance among the campaigns that have something due: each gets its share, and none has to be remembered.
    /* language=PostgreSQL */
    private static final String PICK = """
            select c.id, c.name, c.template_id, c.template_version, c.purpose, c.channel, c.message_class, c.notice
            from campaign c
            where c.state = 'RUNNING' and c.completed_at is null
              and exists (
                select from message m where m.campaign_id = c.id and m.queued and m.due_at <= $1)
            order by random()
            limit 1
            """;

    // The lease's row is held, so that nobody can declare it dead between our looking and our claiming; and it says
    // what
    // it holds, which is all that is known of it after a crash.
    /* language=PostgreSQL */
    private static final String CLAIM = """
            with mine as (
              select id from dispatch_lease where id = $4 for no key update),
            due as (
              select id from message
              where campaign_id = $1 and queued and due_at <= $2 and exists (select from mine)
              order by due_at
              limit $3
              for update skip locked),
            claimed as (
              update message m
              set state = 'CLAIMED', lease = $4
              from due
              where m.id = due.id
              returning m.id, m.customer_id, m.control, m.attempts),
            noted as (
              update dispatch_lease
              set campaign_id = $1, claimed = (select array_agg(id) from claimed)
              where id = $4 and exists (select from claimed))
            select id, customer_id, control, attempts from claimed
            """;

    /* language=PostgreSQL */
    private static final String END = """
            update message m
            set state = x.state, reason = x.reason, record_id = x.record_id, decided_at = $6, settled_at = $7, lease = null
            from unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[]) as x (id, state, reason, record_id)
            where m.id = x.id and m.lease = $1 and m.state = 'CLAIMED'
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

    // UNCERTAIN too: a late answer is better than none, even where the lease has been declared dead meanwhile; but what
    // would be tried again under a dead lease goes back to the queue instead. The lease's row first, as recovery does.
    /* language=PostgreSQL */
    private static final String SETTLE = """
            with mine as (
              select handing, record_ids, decided_at, handed_at from dispatch_lease where id = $1 for no key update),
            handed as (
              select u.id, u.record_id, mine.decided_at, mine.handed_at
              from mine, unnest(mine.handing, mine.record_ids) as u (id, record_id)),
            settled as (
              update message m
              set state = case when x.state = 'CLAIMED' then 'DUE' else x.state end,
                reason = x.reason,
                due_at = coalesce(x.due_at, m.due_at),
                attempts = m.attempts + x.refused,
                settled_at = case when x.state in ('SENT', 'FAILED', 'UNCERTAIN') then $7::timestamptz end,
                lease = case when x.state = 'UNCERTAIN' then m.lease end,
                record_id = coalesce(h.record_id, m.record_id),
                decided_at = coalesce(h.decided_at, m.decided_at),
                handed_at = coalesce(h.handed_at, m.handed_at)
              from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::int[])
                as x (id, state, reason, due_at, refused)
              left join handed h on h.id = x.id
              where m.id = x.id and m.lease = $1
                and (m.state = 'UNCERTAIN' or (m.state = 'CLAIMED' and x.state <> 'CLAIMED'))
              returning m.id, m.campaign_id, m.customer_id, m.state),
            emptied as (
              update dispatch_lease set handing = null, record_ids = null, decided_at = null, handed_at = null
              where id = $1)
            insert into feed_event (subject, type, occurred_at, data)
            select campaign_id, 'messages.sent', $7, jsonb_build_object(
              'campaignId', campaign_id, 'channel', 'EMAIL', 'at', $8::text,
              'messageIds', jsonb_agg(id order by id), 'customerIds', jsonb_agg(customer_id order by id))
            from settled
            where state = 'SENT'
            group by campaign_id
            """;

    /* language=PostgreSQL */
    private static final String RELEASE = """
            update message
            set state = 'DUE', lease = null, due_at = greatest(due_at, $3)
            where id = any($2) and lease = $1 and state = 'CLAIMED'
            """;

    /* language=PostgreSQL */
    private static final String FREE = "update dispatch_lease set campaign_id = null, claimed = null where id = $1";

    private final Pool pool;
    private final Clock clock;

    MessageSql(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    Uni<Optional<Source>> pick() {
        return pool.preparedQuery(PICK)
                .execute(Params.of(OffsetDateTime.now(clock)))
                .map(rows -> Rows.first(rows, Source::of));
    }

    Uni<Batch> claim(UUID lease, Source source, int limit) {
        return pool.preparedQuery(CLAIM)
                .execute(Params.of(source.campaignId(), OffsetDateTime.now(clock), limit, lease))
                .map(rows -> new Batch(lease, source, Rows.list(rows, Claimed::of)));
    }

    Uni<Void> end(UUID lease, List<Ended> ended, Instant decidedAt) {
        if (ended.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return pool.preparedQuery(END)
                .execute(Params.of(
                        lease,
                        Params.uuids(ended, Ended::id),
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

    /** What was not offered stays claimed. */
    Uni<Void> settle(UUID lease, List<Settlement> settlements) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return pool.preparedQuery(SETTLE)
                .execute(Params.of(
                        lease,
                        Params.uuids(settlements, Settlement::id),
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

    Uni<Void> release(UUID lease, Collection<Claimed> messages, Instant dueAt) {
        if (messages.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return pool.preparedQuery(RELEASE)
                .execute(Params.of(lease, Params.uuids(messages, Claimed::id), timestamp(dueAt)))
                .replaceWithVoid();
    }

    /** After a batch, of which nothing is claimed any more: a campaign is not over while a lease holds something of it. */
    Uni<Void> free(UUID lease) {
        return pool.preparedQuery(FREE).execute(Params.of(lease)).replaceWithVoid();
    }

    private static OffsetDateTime timestamp(Instant at) {
        return OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
    }
}
