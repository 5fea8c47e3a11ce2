package io.snowball.campaign.message;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.snowball.campaign.CampaignConfig;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Clears up: after dead dispatchers, after cancelled campaigns, and where everything is done. Any replica, any number of times. */
@ApplicationScoped
class Recovery {
    // Whoever claims or settles holds the lease's row: nothing can be claimed under a lease that is gone.
    /* language=PostgreSQL */
    private static final String LOCK_DEAD = """
            select id from dispatch_lease
            where renewed_at < clock_timestamp() - make_interval(secs => $1)
            for update skip locked
            """;

    // Of a parcel, what was on the wire becomes a row; the rest of it waits again as it is.
    /* language=PostgreSQL */
    private static final String FREE_ROWS = """
            with handing as (
              select l.id as lease, l.campaign_id, h.message_id, h.record_id, l.decided_at, l.handed_at
              from dispatch_lease l
              cross join lateral unnest(l.handing, l.record_ids) as h (message_id, record_id)
              where l.id = any($1)),
            held as (
              select l.id as lease, c.message_id
              from dispatch_lease l
              cross join lateral unnest(l.claimed) as c (message_id)
              where l.id = any($1)
              union
              select p.lease, e.message_id
              from parcel p
              cross join lateral unnest(p.message_ids) as e (message_id)
              where p.lease = any($1)),
            freed as (
              update message m
              set state = case when h.message_id is not null then 'UNCERTAIN' else 'DUE' end,
                reason = case when h.message_id is not null then 'DISPATCHER_DIED' else m.reason end,
                lease = case when h.message_id is not null then m.lease end,
                settled_at = case when h.message_id is not null then $2::timestamptz end,
                record_id = coalesce(h.record_id, m.record_id),
                decided_at = coalesce(h.decided_at, m.decided_at),
                handed_at = coalesce(h.handed_at, m.handed_at)
              from held
              left join handing h on h.lease = held.lease and h.message_id = held.message_id
              where m.id = held.message_id and m.lease = held.lease and m.state = 'CLAIMED'
              returning m.state),
            uncertain as (
              insert into message (id, campaign_id, customer_id, control, state, reason, due_at, lease, record_id, decided_at,
                handed_at, settled_at)
              select e.id, p.campaign_id, e.customer_id, e.control, 'UNCERTAIN', 'DISPATCHER_DIED', p.due_at, p.lease, h.record_id,
                h.decided_at, h.handed_at, $2
              from parcel p
              cross join lateral unnest(p.message_ids, p.customer_ids, p.control) as e (id, customer_id, control)
              join handing h on h.lease = p.lease and h.message_id = e.id
              where p.lease = any($1)
              on conflict do nothing
              returning 1)
            select (select count(*) from freed where state = 'UNCERTAIN') + (select count(*) from uncertain) as uncertain
            """;

    /* language=PostgreSQL */
    private static final String BURY = "delete from dispatch_lease where id = any($1)";

    // A bite at a time: a long transaction would hold every feed back.
    /* language=PostgreSQL */
    private static final String CANCEL_PARCELS = """
            with doomed as (
              select p.*
              from parcel p
              join campaign c on c.id = p.campaign_id
              where c.state = 'CANCELLED' and c.completed_at is null and p.lease is null
              limit 20
              for update of p skip locked),
            emptied as (
              delete from parcel p using doomed d where p.id = d.id)
            insert into message (id, campaign_id, customer_id, control, state, due_at, settled_at)
            select e.id, d.campaign_id, e.customer_id, e.control, 'CANCELLED', d.due_at, $1
            from doomed d
            cross join lateral unnest(d.message_ids, d.customer_ids, d.control) as e (id, customer_id, control)
            on conflict do nothing
            """;

    /* language=PostgreSQL */
    private static final String CANCEL = """
            with doomed as (
              select m.id
              from message m
              join campaign c on c.id = m.campaign_id
              where c.state = 'CANCELLED' and c.completed_at is null and m.queued
              limit 5000
              for update of m skip locked)
            update message m set state = 'CANCELLED', settled_at = $1
            from doomed
            where m.id = doomed.id
            """;

    /* language=PostgreSQL */
    private static final String COMPLETE = """
            update campaign c
            set completed_at = $1, notice = null, version = version + 1,
              state = case when c.state = 'RUNNING' then 'COMPLETED' else c.state end
            where c.state in ('RUNNING', 'CANCELLED') and c.completed_at is null
              and not exists (select from parcel p where p.campaign_id = c.id)
              and not exists (select from message m where m.campaign_id = c.id and m.queued)
              and not exists (select from dispatch_lease l where l.campaign_id = c.id)
            """;

    private final Pool pool;
    private final Duration timeout;
    private final Clock clock;

    Recovery(Pool pool, CampaignConfig config, Clock clock) {
        this.pool = pool;
        this.timeout = config.dispatch().leaseTimeout();
        this.clock = clock;
    }

    @Scheduled(every = "2s", delayed = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> recover() {
        return pool.withTransaction(tx -> tx.preparedQuery(LOCK_DEAD)
                .execute(Params.of((double) timeout.toSeconds()))
                .map(rows -> Rows.list(rows, row -> row.getUUID("id")))
                .chain(dead -> dead.isEmpty() ? Uni.createFrom().voidItem() : recover(tx, dead)));
    }

    private Uni<Void> recover(SqlConnection tx, List<UUID> dead) {
        Object leases = dead.toArray(UUID[]::new);
        return tx.preparedQuery(QueueSql.LOCK_PARCELS)
                .execute(Params.of(leases))
                .chain(() -> tx.preparedQuery(FREE_ROWS).execute(Params.of(leases, OffsetDateTime.now(clock))))
                .invoke(rows -> Log.warnf(
                        "Dispatchers were given up: %d; messages of theirs are uncertain: %d, what else they held is due again",
                        dead.size(), rows.iterator().next().getLong("uncertain")))
                .chain(() -> tx.preparedQuery(QueueSql.REPACK).execute(Params.of(leases, OffsetDateTime.now(clock))))
                .chain(() -> tx.preparedQuery(BURY).execute(Params.of(leases)))
                .replaceWithVoid();
    }

    @Scheduled(every = "1s", delayed = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> finish() {
        return pool.preparedQuery(CANCEL_PARCELS)
                .execute(Params.of(OffsetDateTime.now(clock)))
                .chain(() -> pool.preparedQuery(CANCEL).execute(Params.of(OffsetDateTime.now(clock))))
                .chain(() -> pool.preparedQuery(COMPLETE).execute(Params.of(OffsetDateTime.now(clock))))
                .replaceWithVoid();
    }
}
