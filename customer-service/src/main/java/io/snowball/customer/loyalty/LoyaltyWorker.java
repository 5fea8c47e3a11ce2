package io.snowball.customer.loyalty;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.snowball.customer.Deadlocks;
import io.snowball.customer.loyalty.HappeningSql.Found;
import io.snowball.customer.loyalty.HappeningSql.Position;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Follows this service's own outbox and gives points for what it tells. The place is kept in the transaction that gives them:
 * killed at any moment it goes on where it was, and nothing is given twice. Replicas take turns at the cursor's row.
 */
@ApplicationScoped
class LoyaltyWorker {
    /** The next tick goes on: each page is nested in the one before it. */
    private static final int PAGES_A_TICK = 100;

    private final HappeningSql sql;
    private final Accruals accruals;
    private final RuleSql rules;
    private final Pool pool;
    private final Clock clock;

    LoyaltyWorker(HappeningSql sql, Accruals accruals, RuleSql rules, Pool pool, Clock clock) {
        this.sql = sql;
        this.accruals = accruals;
        this.rules = rules;
        this.pool = pool;
        this.clock = clock;
    }

    @Scheduled(every = "1s", delayed = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> follow() {
        return follow(PAGES_A_TICK)
                .onFailure()
                .invoke(failure -> Log.warnf("Points can't be given, trying again: %s", failure));
    }

    private Uni<Void> follow(int pagesLeft) {
        return step().chain(more ->
                more && pagesLeft > 1 ? follow(pagesLeft - 1) : Uni.createFrom().voidItem());
    }

    /** @return whether there may be more */
    Uni<Boolean> step() {
        return pool.withTransaction(this::step)
                .onFailure(Deadlocks::caused)
                .retry()
                .atMost(Deadlocks.MAX_RETRIES);
    }

    Uni<Boolean> step(SqlConnection tx) {
        Instant now = now();
        return sql.cursor(tx, now)
                .chain(place -> sql.isIdle(tx).chain(idle -> idle ? skip(tx, place, now) : read(tx, place, now)));
    }

    /** Without a programme a company's history is not read event by event. */
    private Uni<Boolean> skip(SqlConnection tx, Position place, Instant now) {
        return sql.latest(tx, place)
                .chain(found -> found.isEmpty() ? Uni.createFrom().voidItem() : sql.move(tx, found.getFirst(), now))
                .replaceWith(false);
    }

    private Uni<Boolean> read(SqlConnection tx, Position place, Instant now) {
        return sql.read(tx, place, now)
                .chain(found -> found.isEmpty() ? Uni.createFrom().item(false) : give(tx, found.get(), now));
    }

    private Uni<Boolean> give(SqlConnection tx, Found found, Instant now) {
        return sql.move(tx, found.upTo(), now)
                .chain(() -> found.happenings().isEmpty()
                        ? Uni.createFrom().voidItem()
                        : rules.all(tx).chain(all -> accruals.apply(tx, all, found.happenings(), now)))
                .replaceWith(found.isMore());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
