package io.snowball.customer.erasure;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.snowball.customer.Deadlocks;
import io.snowball.customer.erasure.PersonalDataApi.ErasedCategory;
import io.snowball.customer.erasure.PersonalDataApi.ErasureView;
import io.snowball.customer.erasure.PersonalDataApi.PersonalDataCategory;
import io.snowball.customer.erasure.PersonalDataApi.PersonalDataView;
import io.snowball.customer.exports.ExportFiles;
import io.snowball.customer.profile.People;
import io.snowball.platform.feed.Outbox;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Shows, blocks and destroys what is stored of a person. */
@ApplicationScoped
class Erasures {
    static final String TYPE = "customer.erased";

    private final ErasureSql sql;
    private final People people;
    private final ExportFiles exports;
    private final Outbox outbox;
    private final Pool pool;
    private final Clock clock;

    Erasures(ErasureSql sql, People people, ExportFiles exports, Outbox outbox, Pool pool, Clock clock) {
        this.sql = sql;
        this.people = people;
        this.exports = exports;
        this.outbox = outbox;
        this.pool = pool;
        this.clock = clock;
    }

    /** What the feed tells. */
    @RegisterForReflection
    record CustomerErased(UUID customerId) {}

    Uni<PersonalDataView> show(UUID id) {
        return pool.withConnection(connection -> sql.ids(connection, id)
                .chain(ids -> traces(trace ->
                                sql.show(connection, trace, ids).map(rows -> new PersonalDataCategory(trace, rows)))
                        .chain(categories ->
                                sql.state(connection, ids).map(state -> view(ids.getFirst(), state, categories)))));
    }

    private static PersonalDataView view(UUID id, ErasureSql.State state, List<PersonalDataCategory> all) {
        List<PersonalDataCategory> found =
                all.stream().filter(category -> !category.rows().isEmpty()).toList();
        return new PersonalDataView(id, !found.isEmpty(), state.blockedAt(), state.erasedAt(), found);
    }

    Uni<Void> block(UUID id) {
        return block(id, now());
    }

    Uni<Void> unblock(UUID id) {
        return block(id, null);
    }

    private Uni<Void> block(UUID id, @Nullable Instant at) {
        return pool.withTransaction(tx -> people.lockAll(tx)
                .chain(() -> people.existing(tx, id))
                .call(current -> at == null ? Uni.createFrom().voidItem() : withdrawFiles(tx, current))
                .chain(current -> sql.block(tx, List.of(current), at))
                .chain(changed -> changed.isPresent()
                        ? people.announce(tx, List.of(changed.get()))
                        : Uni.createFrom().voidItem()));
    }

    /** Files that have left for somebody's desk are gone with the block, so that the destruction finds none. */
    private Uni<Void> withdrawFiles(SqlConnection tx, UUID current) {
        return sql.ids(tx, current).chain(ids -> exports.withdraw(tx, ids));
    }

    /** In two transactions: who is blocked is not written to any more, however long the rest takes and whatever breaks off. */
    Uni<ErasureView> erase(UUID id, String by) {
        return people.current(pool, id)
                .chain(current -> current.isPresent()
                        ? block(current.get())
                        : Uni.createFrom().voidItem())
                .chain(() -> pool.withTransaction(tx -> destroy(tx, id, by))
                        .onFailure(Deadlocks::caused)
                        .retry()
                        .atMost(Deadlocks.MAX_RETRIES));
    }

    private Uni<ErasureView> destroy(SqlConnection tx, UUID id, String by) {
        return people.lockAll(tx)
                .chain(() -> sql.ids(tx, id))
                .call(ids -> people.hold(tx, ids.toArray(UUID[]::new)))
                .chain(ids -> traces(trace -> sql.destroy(tx, trace, ids).map(rows -> new ErasedCategory(trace, rows)))
                        .chain(destroyed -> finish(tx, ids, by, destroyed)));
    }

    private Uni<ErasureView> finish(SqlConnection tx, List<UUID> ids, String by, List<ErasedCategory> destroyed) {
        List<ErasedCategory> found =
                destroyed.stream().filter(category -> category.rows() > 0).toList();
        UUID id = ids.getFirst();
        if (found.isEmpty()) {
            return sql.state(tx, ids).map(state -> new ErasureView(id, List.of(), state.erasedAt(), found));
        }
        Instant now = now();
        List<Outbox.Entry> events = ids.stream()
                .map(each -> new Outbox.Entry(each, TYPE, new CustomerErased(each)))
                .toList();
        return sql.note(tx, ids, now, by)
                .chain(() -> outbox.append(tx, events))
                .replaceWith(new ErasureView(id, ids, now, found));
    }

    /** One after the other, in their order: there is one connection. */
    private static <T> Uni<List<T>> traces(Function<Trace, Uni<T>> step) {
        return Multi.createFrom()
                .items(Trace.values())
                .onItem()
                .transformToUniAndConcatenate(step::apply)
                .collect()
                .asList();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
