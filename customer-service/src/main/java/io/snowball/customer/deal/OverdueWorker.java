package io.snowball.customer.deal;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Says which deals have been at their stage for longer than expected, once a stay. Any number of replicas may run it. */
@ApplicationScoped
class OverdueWorker {
    private static final int BITE = 1000;

    private final DealSql sql;
    private final Pool pool;
    private final Clock clock;

    OverdueWorker(DealSql sql, Pool pool, Clock clock) {
        this.sql = sql;
        this.pool = pool;
        this.clock = clock;
    }

    @Scheduled(every = "{customer.deals.overdue-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tell() {
        return sql.tellOverdue(pool, clock.instant(), BITE)
                .chain(told -> told < BITE ? Uni.createFrom().voidItem() : tell());
    }
}
