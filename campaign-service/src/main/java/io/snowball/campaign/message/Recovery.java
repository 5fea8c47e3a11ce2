package io.snowball.campaign.message;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.snowball.campaign.CampaignConfig;
import io.snowball.platform.db.Params;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;

/** Clears up: after dead dispatchers, after cancelled campaigns, and where everything is done. Any replica, any number of times. */
@ApplicationScoped
class Recovery {
    // In one statement, and whoever claims holds the lease's row: nothing can be claimed under a lease that is gone.
    /* language=PostgreSQL */
    private static final String RECOVER = """
            with dead as (
              select id, claimed, handing, record_ids, decided_at, handed_at
              from dispatch_lease
              where renewed_at < clock_timestamp() - make_interval(secs => $1)
              for update skip locked),
            held as (
              select d.id as lease, c.message_id, h.message_id is not null as handing, h.record_id, d.decided_at, d.handed_at
              from dead d
              cross join lateral unnest(d.claimed) as c (message_id)
              left join lateral unnest(d.handing, d.record_ids) as h (message_id, record_id)
                on h.message_id = c.message_id),
            freed as (
              update message m
              set state = case when h.handing then 'UNCERTAIN' else 'DUE' end,
                reason = case when h.handing then 'DISPATCHER_DIED' else m.reason end,
                lease = case when h.handing then m.lease end,
                settled_at = case when h.handing then $2::timestamptz end,
                record_id = case when h.handing then h.record_id else m.record_id end,
                decided_at = case when h.handing then h.decided_at else m.decided_at end,
                handed_at = case when h.handing then h.handed_at else m.handed_at end
              from held h
              where m.id = h.message_id and m.lease = h.lease and m.state = 'CLAIMED'
              returning m.state),
            gone as (
              delete from dispatch_lease where id in (select id from dead))
            select count(*) filter (where state = 'DUE') as due, count(*) filter (where state = 'UNCERTAIN') as uncertain
            from freed
            """;

    // A bite at a time: a long transaction would hold every feed back.
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
        return pool.preparedQuery(RECOVER)
                .execute(Params.of((double) timeout.toSeconds(), OffsetDateTime.now(clock)))
                .invoke(rows -> {
                    var freed = rows.iterator().next();
                    if (freed.getLong("due") + freed.getLong("uncertain") > 0) {
                        Log.warnf(
                                "Messages of dead dispatchers: %d are due again, %d are uncertain",
                                freed.getLong("due"), freed.getLong("uncertain"));
                    }
                })
                .replaceWithVoid();
    }

    @Scheduled(every = "1s", delayed = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> finish() {
        return pool.preparedQuery(CANCEL)
                .execute(Params.of(OffsetDateTime.now(clock)))
                .chain(() -> pool.preparedQuery(COMPLETE).execute(Params.of(OffsetDateTime.now(clock))))
                .replaceWithVoid();
    }
}
