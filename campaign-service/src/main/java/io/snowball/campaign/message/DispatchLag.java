package io.snowball.campaign.message;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** {@code snowball_campaign_dispatch_lag_seconds}: how long the message that has been due longest has waited. */
@ApplicationScoped
class DispatchLag {
    // One row of each of the queue's indexes for each running campaign; paused ones wait because somebody wants them
    // to.
    /* language=PostgreSQL */
    private static final String OLDEST = """
            select least(min(m.due_at), min(p.due_at)) as due_at
            from campaign c
            left join lateral (
              select due_at from message
              where campaign_id = c.id and queued and due_at <= $1
              order by due_at
              limit 1) m on true
            left join lateral (
              select due_at from parcel
              where campaign_id = c.id and lease is null and due_at <= $1
              order by due_at
              limit 1) p on true
            where c.state = 'RUNNING' and c.completed_at is null
            """;

    private final Pool pool;
    private final Clock clock;
    private volatile @Nullable Instant oldest;

    DispatchLag(Pool pool, Clock clock, MeterRegistry meters) {
        this.pool = pool;
        this.clock = clock;
        meters.gauge("snowball_campaign_dispatch_lag_seconds", this, DispatchLag::seconds);
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return pool.preparedQuery(OLDEST)
                .execute(Params.of(OffsetDateTime.now(clock)))
                .invoke(rows -> {
                    OffsetDateTime dueAt = rows.iterator().next().getOffsetDateTime("due_at");
                    oldest = dueAt == null ? null : dueAt.toInstant();
                })
                .replaceWithVoid();
    }

    /** Grows on while the database can't be asked. */
    private double seconds() {
        Instant since = oldest;
        return since == null ? 0 : Duration.between(since, clock.instant()).toMillis() / 1000.0;
    }
}
