package io.snowball.segmentation.recommendation;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;

/** Computes once a day what products have to do with each other; one replica at a time, and begun again where one died. */
@ApplicationScoped
class RecommendationJob {
    private final Pool pool;
    private final RecommendationModelSql sql;
    private final Clock clock;

    RecommendationJob(Pool pool, RecommendationModelSql sql, Clock clock) {
        this.pool = pool;
        this.sql = sql;
        this.clock = clock;
    }

    @Scheduled(every = "{segmentation.recommendation.every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        Instant now = clock.instant();
        return sql.claim(pool, now)
                .chain(generation -> generation.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : sql.settings(pool)
                                .chain(current -> sql.compute(pool, generation.get(), current.settings(), now)));
    }
}
