package io.snowball.consent.consent;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/**
 * Writes down that consents have run out. A decision knows it by itself from the moment on; this tells the ledger and the others.
 */
@ApplicationScoped
class ExpiryWorker {
    static final int BATCH = 500;

    private final Pool pool;
    private final LedgerSql sql;
    private final Ledger ledger;
    private final Clock clock;

    ExpiryWorker(Pool pool, LedgerSql sql, Ledger ledger, Clock clock) {
        this.pool = pool;
        this.sql = sql;
        this.ledger = ledger;
        this.clock = clock;
    }

    @Scheduled(every = "1m", delayed = "30s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> expire() {
        return expireBatch().chain(count -> count < BATCH ? Uni.createFrom().voidItem() : expire());
    }

    /**
     * Each names the record that has run out: one that was given anew meanwhile is not touched.
     *
     * @return how many ended
     */
    private Uni<Long> expireBatch() {
        return pool.withTransaction(tx -> sql.expired(tx, clock.instant(), BATCH)
                .map(states -> states.stream().map(ExpiryWorker::statement).toList())
                .chain(statements -> ledger.appendHere(tx, statements))
                .map(entries -> entries.stream()
                        .flatMap(Optional::stream)
                        .filter(entry -> entry.state() == Standing.EXPIRED)
                        .count()));
    }

    private static Statement statement(ConsentState state) {
        Evidence evidence = new Evidence("expiry", null, null, null, null, null, Actor.OPERATOR, "expiry", null, null);
        return new Statement(
                state.key(), ConsentAction.EXPIRED, null, null, Terms.about(state.recordId()), evidence, false);
    }
}
