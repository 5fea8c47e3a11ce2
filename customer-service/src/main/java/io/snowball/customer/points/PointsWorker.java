package io.snowball.customer.points;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Ends holds and lots whose time is over, in small bites. Nothing hangs on how soon: a balance does not count what has expired, and
 * an overdue hold can't be captured.
 */
@ApplicationScoped
class PointsWorker {
    private static final int BITE = 500;

    /** The next tick goes on: each bite is nested in the one before it. */
    private static final int BITES_A_TICK = 100;

    private final Redemptions redemptions;
    private final Wallets wallets;
    private final PointsSql sql;
    private final Pool pool;
    private final Clock clock;

    PointsWorker(Redemptions redemptions, Wallets wallets, PointsSql sql, Pool pool, Clock clock) {
        this.redemptions = redemptions;
        this.wallets = wallets;
        this.sql = sql;
        this.pool = pool;
        this.clock = clock;
    }

    @Scheduled(every = "1m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> expire() {
        return expire(clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    /** Holds first: what comes back of them may have expired meanwhile. */
    Uni<Void> expire(Instant now) {
        return expireHolds(now, BITES_A_TICK).chain(() -> expireLots(now, BITES_A_TICK));
    }

    private Uni<Void> expireHolds(Instant now, int bitesLeft) {
        return redemptions
                .expire(now, BITE)
                .chain(found ->
                        found < BITE || bitesLeft == 1 ? Uni.createFrom().voidItem() : expireHolds(now, bitesLeft - 1));
    }

    private Uni<Void> expireLots(Instant now, int bitesLeft) {
        return pool.withTransaction(tx -> sql.expired(tx, now, BITE)
                        .chain(found -> found.isEmpty()
                                ? Uni.createFrom().item(0)
                                : wallets.hold(tx, found)
                                        .chain(held -> wallets.change(
                                                tx,
                                                held.values(),
                                                List.of(),
                                                now,
                                                _ -> Uni.createFrom().voidItem()))
                                        .replaceWith(found.size())))
                .chain(found ->
                        found == 0 || bitesLeft == 1 ? Uni.createFrom().voidItem() : expireLots(now, bitesLeft - 1));
    }
}
