package io.snowball.customer.profile;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.OrderGate;
import io.snowball.customer.identity.Identities;
import io.snowball.customer.identity.Identity;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.feed.Outbox;
import io.snowball.platform.id.Ids;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.Constraints;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Customers as whole persons, for the rooms that link, merge and erase them. Whoever stores or removes one holds
 * {@link #lockAll} and announces what has become of it in the same transaction.
 */
@ApplicationScoped
public class People {
    /* language=PostgreSQL */
    private static final String CURRENT = """
            select coalesce(
              (select c.id from customer c where c.id = $1),
              (select a.customer_id from customer_alias a where a.id = $1)) as id
            """;

    /* language=PostgreSQL */
    private static final String ALIAS = "insert into customer_alias (id, customer_id) values ($1, $2)";

    /* language=PostgreSQL */
    private static final String FORGET_ALIAS = "delete from customer_alias where id = $1";

    // Waits for what is being written for either, and makes what comes later wait.
    /* language=PostgreSQL */
    private static final String HOLD = "select id from customer where id = any($1) order by id for update";

    /* language=PostgreSQL */
    private static final String SHARE = "select id from customer where id = $1 for key share";

    /* language=PostgreSQL */
    private static final String REMOVE = "delete from customer where id = $1";

    /* language=PostgreSQL */
    private static final String TOUCH = "update customer set version = version + 1 where id = $1";

    // consent-service decides about blocks, and says so later; until then who was blocked is.
    /* language=PostgreSQL */
    private static final String BLOCK_ALIKE = """
            update customer c
            set blocked_at = f.blocked_at
            from customer f
            where f.id = $1 and c.id = $2 and f.blocked_at is not null and c.blocked_at is null
            """;

    private final CustomerSql sql;
    private final Identities identities;
    private final Changes changes;
    private final Outbox outbox;
    private final Clock clock;

    People(CustomerSql sql, Identities identities, Changes changes, Outbox outbox, Clock clock) {
        this.sql = sql;
        this.identities = identities;
        this.changes = changes;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** No other writer of customers runs beside the rest of this transaction. Before anything else in it: see CustomerSql. */
    public Uni<Void> lockAll(SqlConnection tx) {
        return sql.lockAll(tx);
    }

    /** The id under which this customer lives on now: another one, if it was merged. */
    public Uni<Optional<UUID>> current(SqlClient client, UUID id) {
        return client.preparedQuery(CURRENT)
                .execute(Params.of(id))
                .map(rows -> Optional.ofNullable(rows.iterator().next().getUUID("id")));
    }

    public Uni<UUID> existing(SqlClient client, UUID id) {
        return current(client, id).map(found -> found.orElseThrow(() -> unknown(id)));
    }

    /** Until the transaction ends nobody writes anything of theirs. */
    public Uni<List<Person>> hold(SqlConnection tx, UUID... ids) {
        return OrderGate.alone(tx)
                .chain(() -> tx.preparedQuery(HOLD).execute(Params.of((Object) ids)))
                .chain(() -> sql.states(tx, List.of(ids)))
                .map(states -> states.stream().map(CustomerState::person).toList());
    }

    /** Keeps the customer from being merged or removed before the transaction ends; empty where it has been already. */
    public Uni<Optional<UUID>> share(SqlConnection tx, UUID id) {
        return tx.preparedQuery(SHARE).execute(Params.of(id)).map(rows -> Rows.first(rows, row -> row.getUUID("id")));
    }

    /** Somebody of whom nothing is known yet; linking an identity announces it. */
    public Uni<UUID> create(SqlConnection tx) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Person person = new Person(Ids.next(), 1, Profile.UNKNOWN, now);
        return store(tx, person).replaceWith(person.id());
    }

    public Uni<Void> store(SqlConnection tx, Person person) {
        return sql.store(tx, List.of(CustomerState.of(person)), clock.instant());
    }

    /** Who is blocked under one id is so under the other (152-FZ art. 21). */
    public Uni<Void> blockAlike(SqlConnection tx, UUID from, UUID to) {
        return tx.preparedQuery(BLOCK_ALIKE).execute(Params.of(from, to)).replaceWithVoid();
    }

    /** Of the person nothing may be left that is not moved: what still refers to it fails this. */
    public Uni<Void> remove(SqlConnection tx, UUID id) {
        return tx.preparedQuery(REMOVE).execute(Params.of(id)).replaceWithVoid();
    }

    public Uni<Void> alias(SqlConnection tx, UUID id, UUID customerId) {
        return tx.preparedQuery(ALIAS).execute(Params.of(id, customerId)).replaceWithVoid();
    }

    public Uni<Void> forgetAlias(SqlConnection tx, UUID id) {
        return tx.preparedQuery(FORGET_ALIAS).execute(Params.of(id)).replaceWithVoid();
    }

    /**
     * Gives the customer identities that nobody has; fails with a problem where somebody has one after all.
     *
     * @param by the user's id; null where the customer is new, and has no history yet
     */
    public Uni<Void> link(SqlConnection tx, UUID id, Collection<Identity> news, @Nullable String by) {
        if (news.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return (by == null
                        ? give(tx, id, news)
                        : watched(tx, id, by, () -> give(tx, id, news))
                                .chain(() -> changes.add(tx, Changes.added(id, news), by))
                                .replaceWithVoid())
                .chain(() -> announce(tx, List.of(id)));
    }

    private Uni<Void> give(SqlConnection tx, UUID id, Collection<Identity> news) {
        return identities
                .link(tx, id, news, clock.instant())
                .onFailure()
                .transform(Constraints.to(CustomerProblem.IDENTITY_TAKEN))
                .chain(() -> touch(tx, id));
    }

    /**
     * Does something to a customer, and writes into the history what has become of the profile by it.
     *
     * @param by the user's id, or what did it
     * @return the ids of the lines of history
     */
    public Uni<List<UUID>> watched(SqlConnection tx, UUID id, String by, Supplier<Uni<Void>> step) {
        return sql.states(tx, List.of(id))
                .chain(before -> step.get()
                        .chain(() -> sql.states(tx, List.of(id)))
                        .chain(after -> changes.add(tx, Changes.between(before.getFirst(), after.getFirst()), by)));
    }

    /** Of what was never true of the customer after all. */
    public Uni<Void> forgetHistory(SqlConnection tx, UUID id, Collection<UUID> lines) {
        return changes.forget(tx, id, lines);
    }

    Uni<Void> touch(SqlConnection tx, UUID id) {
        return tx.preparedQuery(TOUCH).execute(Params.of(id)).replaceWithVoid();
    }

    public Uni<Void> announce(SqlConnection tx, Collection<UUID> ids) {
        return sql.states(tx, ids)
                .chain(states -> outbox.append(
                        tx,
                        states.stream()
                                .map(state ->
                                        new Outbox.Entry(state.id(), CustomerChanged.TYPE, CustomerChanged.of(state)))
                                .toList()));
    }

    private static RuntimeException unknown(UUID id) {
        return CommonProblem.NOT_FOUND.with("There is no customer " + id);
    }
}
