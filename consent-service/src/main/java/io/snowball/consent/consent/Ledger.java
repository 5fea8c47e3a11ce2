package io.snowball.consent.consent;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.feed.Outbox;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one way into the ledger: events, states, chains and announcements in one transaction, in sets. */
@ApplicationScoped
class Ledger {
    private final LedgerSql sql;
    private final Outbox outbox;
    private final Clock clock;

    Ledger(LedgerSql sql, Outbox outbox, Clock clock) {
        this.sql = sql;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** @param state what holds after the whole batch; null where nothing does yet */
    record Entry(ConsentEvent event, @Nullable Standing state) {}

    /** @return in the order given; nothing for a statement that was so already and to be written once only */
    Uni<List<Optional<Entry>>> append(SqlConnection tx, List<Statement> statements) {
        if (statements.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        // Locked first, read after, and the time is taken last: so the order of the ledger is the order of its times.
        return sql.lock(tx, statements)
                .chain(heads -> sql.states(tx, statements).map(states -> new Chains(heads, states, clock.instant())))
                .chain(chains -> {
                    List<Optional<ConsentEvent>> events =
                            statements.stream().map(chains::add).toList();
                    return write(tx, chains).replaceWith(() -> entries(chains, events));
                });
    }

    private Uni<Void> write(SqlConnection tx, Chains chains) {
        if (chains.events().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return sql.insertEvents(tx, chains.events())
                .chain(() -> sql.moveHeads(tx, chains.grown()))
                .chain(() -> sql.putStates(tx, states(chains)))
                .chain(() -> outbox.append(tx, announcements(chains)));
    }

    private static List<ConsentState> states(Chains chains) {
        return chains.changes().stream().map(Chains.Change::state).toList();
    }

    private static List<Outbox.Entry> announcements(Chains chains) {
        return chains.changes().stream()
                .map(change -> new Outbox.Entry(
                        change.state().key().customerId(), ConsentChanged.EVENT, ConsentChanged.of(change)))
                .toList();
    }

    private static List<Optional<Entry>> entries(Chains chains, List<Optional<ConsentEvent>> events) {
        return events.stream()
                .map(written -> written.map(event -> new Entry(event, chains.standing(event.key()))))
                .toList();
    }
}
