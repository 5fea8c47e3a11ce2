package io.snowball.consent.consent;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.ConsentConfig;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Ends consents to advertising by a number that nobody was heard of on for as long as the operator says (requirement r20): it may be
 * another's by now, and whoever has it never agreed. The person agrees anew, and confirms. Without a setting nothing is concluded: only
 * the operator knows whether those who deliver tell us.
 */
@ApplicationScoped
class SilenceWorker {
    static final String SOURCE = "number-silent";
    private static final int BATCH = 500;

    // The word itself is a sign: it was confirmed by the number's owner.
    /* language=PostgreSQL */
    private static final String SILENT = """
            select s.customer_id, s.purpose, s.channel, s.type, s.state, s.record_id, s.stated_at, s.valid_until,
              encode(s.identifier_hash, 'hex') as identifier_hash, s.legacy_bundled
            from consent_state s
            left join number_sign n on n.customer_id = s.customer_id
            where s.state = 'GIVEN' and s.type = 'ADVERTISING' and s.channel in ('SMS', 'CALL', 'WHATSAPP', 'VIBER')
              and s.stated_at < $1 and coalesce(n.heard_at, s.stated_at) < $1
            order by s.stated_at
            limit $2
            """;

    private final Pool pool;
    private final Ledger ledger;
    private final Optional<Period> silence;
    private final Clock clock;

    @Inject
    SilenceWorker(Pool pool, Ledger ledger, ConsentConfig config, Clock clock) {
        this(pool, ledger, config.numberSilence(), clock);
    }

    SilenceWorker(Pool pool, Ledger ledger, Optional<Period> silence, Clock clock) {
        this.pool = pool;
        this.ledger = ledger;
        this.silence = silence;
        this.clock = clock;
        if (silence.filter(term -> term.toTotalMonths() < 1).isPresent()) {
            throw new IllegalArgumentException("CONSENT_NUMBER_SILENCE must be a term of months or years such as P12M");
        }
    }

    @Scheduled(every = "${number-silence.every:6h}", delayed = "19m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> conclude() {
        return silence.map(term -> {
                    OffsetDateTime since =
                            clock.instant().atOffset(ZoneOffset.UTC).minus(term);
                    return batches(since);
                })
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Uni<Void> batches(OffsetDateTime since) {
        return pool.withTransaction(tx -> tx.preparedQuery(SILENT)
                        .execute(Params.of(since, BATCH))
                        .map(rows -> Rows.list(rows, LedgerRows::state))
                        .chain(states -> ledger.appendHere(
                                        tx,
                                        states.stream()
                                                .map(SilenceWorker::ended)
                                                .toList())
                                .replaceWith(states)))
                .invoke(SilenceWorker::tell)
                .chain(states -> states.size() < BATCH ? Uni.createFrom().voidItem() : batches(since));
    }

    private static void tell(List<ConsentState> states) {
        if (!states.isEmpty()) {
            Log.infof("Consents by number have ended, nobody was heard of on it, consents=%d", states.size());
        }
    }

    /** Names the record: one that was given anew meanwhile is not touched. */
    private static Statement ended(ConsentState state) {
        Evidence evidence = new Evidence(SOURCE, null, null, null, null, null, Actor.OPERATOR, SOURCE, null, null);
        return new Statement(
                state.key(), ConsentAction.EXPIRED, null, null, Terms.about(state.recordId()), evidence, false);
    }
}
