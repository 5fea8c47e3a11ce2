package io.snowball.segmentation.erosion;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;

/** Reads the experiment once a day; one replica at a time. */
@ApplicationScoped
class ErosionJob {
    private final Pool pool;
    private final ErosionSql sql;
    private final Clock clock;

    ErosionJob(Pool pool, ErosionSql sql, Clock clock) {
        this.pool = pool;
        this.sql = sql;
        this.clock = clock;
    }

    @Scheduled(every = "{segmentation.erosion.every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        Instant now = clock.instant();
        return sql.find(pool)
                .chain(group -> group.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : sql.claim(pool, now)
                                .chain(mine -> mine
                                        ? pool.withTransaction(tx -> sql.measure(tx, group.get(), now))
                                        : Uni.createFrom().voidItem()));
    }
}
