package io.snowball.consent.consent;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.operator.Operators;
import io.snowball.consent.person.MergedCustomers;
import io.snowball.platform.feed.Outbox;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The one way into the ledger: events, states, chains and announcements in one transaction, in sets. */
@ApplicationScoped
class Ledger {
    private final LedgerSql sql;
    private final MergedCustomers merged;
    private final Operators operators;
    private final Outbox outbox;
    private final Clock clock;

    Ledger(LedgerSql sql, MergedCustomers merged, Operators operators, Outbox outbox, Clock clock) {
        this.operators = operators;
        this.sql = sql;
        this.merged = merged;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** @param state what holds after the whole batch; null where nothing does yet */
    record Entry(ConsentEvent event, @Nullable Standing state) {}

    /**
     * What is said of a customer who was merged goes to who stays.
     *
     * @return in the order given; nothing for a statement that was so already and to be written once only
     */
    Uni<List<Optional<Entry>>> append(SqlConnection tx, List<Statement> statements) {
        if (statements.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        Set<UUID> customers = customers(statements);
        // A merge locks both chains: whoever holds one knows whether there was any.
        return sql.lock(tx, customers)
                .chain(heads -> merged.current(tx, customers)
                        .chain(current -> current.isEmpty()
                                ? append(tx, statements, heads)
                                : appendHere(tx, to(current, statements))));
    }

    /**
     * The same, for who is to be told by what record it holds.
     *
     * @return those just written, and where a withdrawal was so already the one that it stands on
     */
    Uni<List<UUID>> appendAndName(SqlConnection tx, List<Statement> statements) {
        return append(tx, statements).chain(entries -> {
            List<UUID> written = entries.stream()
                    .flatMap(Optional::stream)
                    .map(entry -> entry.event().recordId())
                    .toList();
            return written.size() == statements.size()
                    ? Uni.createFrom().item(written)
                    : named(tx, statements, written);
        });
    }

    /** Whatever was written just now is what its key stands on, so the states name old and new alike. */
    private Uni<List<UUID>> named(SqlConnection tx, List<Statement> statements, List<UUID> written) {
        return merged.current(tx, customers(statements)).chain(current -> {
            List<Statement> said = to(current, statements);
            Set<ConsentKey> keys = said.stream().map(Statement::key).collect(Collectors.toSet());
            return sql.states(tx, said)
                    .map(states -> Stream.concat(
                                    written.stream(),
                                    states.stream()
                                            .filter(state -> keys.contains(state.key()))
                                            .map(ConsentState::recordId))
                            .distinct()
                            .toList());
        });
    }

    /** To the chains of just these customers, merged or not. */
    Uni<List<Optional<Entry>>> appendHere(SqlConnection tx, List<Statement> statements) {
        return statements.isEmpty()
                ? Uni.createFrom().item(List.of())
                : sql.lock(tx, customers(statements)).chain(heads -> append(tx, statements, heads));
    }

    /**
     * Read after the lock, and the time is taken last: so the order of the ledger is the order of its times.
     *
     * @param heads of all these customers, locked
     */
    private Uni<List<Optional<Entry>>> append(SqlConnection tx, List<Statement> statements, List<Chains.Head> heads) {
        return sql.states(tx, statements)
                .chain(states -> sql.withSource(tx, MergeStatements.MERGED, mayBeRepeated(statements, states))
                        .chain(carried -> operators
                                .days(tx)
                                .map(days -> new Chains(heads, states, carried, days, clock.instant()))))
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

    private static Set<UUID> customers(List<Statement> statements) {
        return statements.stream()
                .map(statement -> statement.key().customerId())
                .collect(Collectors.toSet());
    }

    private static List<Statement> to(Map<UUID, UUID> current, List<Statement> statements) {
        return statements.stream()
                .map(statement -> statement.of(current.getOrDefault(
                        statement.key().customerId(), statement.key().customerId())))
                .toList();
    }

    /** The records on which a withdrawal rests that is to be written once only. */
    private static List<UUID> mayBeRepeated(List<Statement> statements, List<ConsentState> states) {
        return statements.stream().noneMatch(Statement::once)
                ? List.of()
                : states.stream()
                        .filter(state -> state.standing() == Standing.WITHDRAWN)
                        .map(ConsentState::recordId)
                        .toList();
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
