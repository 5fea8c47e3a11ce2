package io.snowball.consent.destruction;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.calendar.Deadlines;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Takes destructions further, proposes what has reached its purpose, and lets acts go when their three years are over. */
@ApplicationScoped
class DestructionWorker {
    /** With all siblings silent so many take a minute and a half, and are ours for two. */
    private static final int BATCH = 10;

    private static final int PROPOSALS = 500;

    private final Pool pool;
    private final DestructionSql sql;
    private final DestructionSteps steps;
    private final Destructions destructions;
    private final Deadlines deadlines;
    private final Clock clock;

    DestructionWorker(
            Pool pool,
            DestructionSql sql,
            DestructionSteps steps,
            Destructions destructions,
            Deadlines deadlines,
            Clock clock) {
        this.pool = pool;
        this.sql = sql;
        this.steps = steps;
        this.destructions = destructions;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /** One after the other: a destruction is no matter of milliseconds. */
    @Scheduled(every = "${destruction.every:5s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> work() {
        return sql.claim(pool, clock.instant(), BATCH)
                .chain(ids -> Multi.createFrom()
                        .iterable(ids)
                        .onItem()
                        .transformToUniAndConcatenate(steps::run)
                        .collect()
                        .last()
                        .replaceWithVoid());
    }

    @Scheduled(
            every = "${retention.every:6h}",
            delayed = "5m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> keepHouse() {
        return sql.purge(pool, deadlines.dayOf(clock.instant()))
                .chain(() -> sql.reached(pool, clock.instant(), PROPOSALS))
                .chain(ids -> Multi.createFrom()
                        .iterable(ids)
                        .onItem()
                        .transformToUniAndConcatenate(destructions::propose)
                        .collect()
                        .last()
                        .replaceWithVoid());
    }
}
