package io.snowball.consent.destruction;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.ConsentConfig;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** How many destructions have no act though they have run for longer than they should: their state says what they wait for. */
@ApplicationScoped
class DestructionAlarm {
    private final Pool pool;
    private final DestructionSql sql;
    private final ConsentConfig config;
    private final Clock clock;
    private final AtomicLong late;

    DestructionAlarm(Pool pool, DestructionSql sql, ConsentConfig config, Clock clock, MeterRegistry metrics) {
        this.pool = pool;
        this.sql = sql;
        this.config = config;
        this.clock = clock;
        this.late = metrics.gauge("snowball_consent_destructions_late", new AtomicLong());
    }

    @Scheduled(every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> count() {
        return sql.late(pool, clock.instant().minus(config.destruction().alarmAfter()))
                .invoke(late::set)
                .replaceWithVoid();
    }
}
