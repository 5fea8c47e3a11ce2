package io.snowball.consent.request;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;

/** How many requests should have been answered by now: a fine of its own each (KoAP 13.11 p. 4 and 5). */
@ApplicationScoped
class RequestAlarm {
    private final Pool pool;
    private final SubjectRequestSql sql;
    private final AtomicLong overdue;

    RequestAlarm(Pool pool, SubjectRequestSql sql, MeterRegistry metrics) {
        this.pool = pool;
        this.sql = sql;
        this.overdue = metrics.gauge("snowball_consent_requests_overdue", new AtomicLong());
    }

    @Scheduled(every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> count() {
        return sql.overdue(pool).invoke(overdue::set).replaceWithVoid();
    }
}
