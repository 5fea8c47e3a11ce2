package io.snowball.consent.consent;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.calendar.Deadlines;
import io.snowball.consent.calendar.TermCode;
import io.snowball.consent.consent.PurgedEvents.Purged;
import io.snowball.consent.signature.Signer;
import io.snowball.consent.signature.SigningKeys;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.id.Ids;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Lets events of the ledger go when their term is over (requirement r31; {@link Spent}), a hundred customers a transaction. */
@ApplicationScoped
public class LedgerPurge {
    private static final int CUSTOMERS = 100;

    // Nothing after the last seal that is old enough can be.
    /* language=PostgreSQL */
    private static final String OLD_TO = "select max(to_tx) as tx from consent_seal where sealed_at < $1";

    // The head of each chain, and of its events as many as it takes to find an old one: mostly the first.
    /* language=PostgreSQL */
    private static final String CUSTOMERS_AFTER = """
            select c.customer_id
            from consent_chain c
            where c.customer_id > $1 and exists (select from consent_event e where e.customer_id = c.customer_id and e.tx < $2)
            order by c.customer_id
            limit $3
            """;

    /* language=PostgreSQL */
    private static final String OLD = """
            select e.customer_id, e.sequence, e.tx, encode(e.hash, 'hex') as hash,
              '00000000-0000-0000-0000-000000000000'::uuid as purge_id
            from consent_event e
            join lateral (select s.to_tx, s.sealed_at from consent_seal s where s.from_tx <= e.tx order by s.from_tx desc limit 1) s
              on s.to_tx > e.tx and s.sealed_at < $2
            where e.customer_id = any($1::uuid[])
            order by e.customer_id, e.sequence
            """;

    /* language=PostgreSQL */
    private static final String ERASED = """
            select customer_id from consent_chain where customer_id = any($1::uuid[]) and erased_at is not null
            """;

    /* language=PostgreSQL */
    private static final String PURGE = "select purge_consent_event($1, $2, $3, $4, $5::uuid[], $6::int[]) as removed";

    /* language=PostgreSQL */
    private static final String DROP_STATES = """
            delete from consent_state s
            using unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as d (customer_id, purpose, channel, type)
            where s.customer_id = d.customer_id and s.purpose = d.purpose and s.channel = d.channel and s.type = d.type
            """;

    private final Pool pool;
    private final LedgerSql sql;
    private final Signer signer;
    private final SigningKeys keys;
    private final Deadlines deadlines;
    private final Clock clock;

    LedgerPurge(Pool pool, LedgerSql sql, Signer signer, SigningKeys keys, Deadlines deadlines, Clock clock) {
        this.pool = pool;
        this.sql = sql;
        this.signer = signer;
        this.keys = keys;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /** @param toTx no event of this transaction or a later one is old enough */
    private record Old(Instant until, long toTx) {}

    @Scheduled(
            every = "${retention.ledger-every:24h}",
            delayed = "17m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public Uni<Void> keepHouse() {
        return pool.withConnection(connection -> deadlines
                        .keptSince(connection, TermCode.CONSENT_KEPT, clock.instant())
                        .chain(until -> connection
                                .preparedQuery(OLD_TO)
                                .execute(Params.of(until.atOffset(ZoneOffset.UTC)))
                                .map(rows -> Rows.first(rows, row -> row)
                                        .map(row -> row.getLong("tx"))
                                        .map(tx -> new Old(until, tx)))))
                .chain(old -> old.map(found -> page(found, new UUID(0, 0)))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    /** Looked at without a lock first: most have nothing to let go. */
    private Uni<Void> page(Old old, UUID after) {
        return pool.preparedQuery(CUSTOMERS_AFTER)
                .execute(Params.of(after, old.toTx(), CUSTOMERS))
                .map(rows -> Rows.list(rows, row -> row.getUUID("customer_id")))
                .chain(customers -> customers.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : pool.withTransaction(tx -> spent(tx, customers, old))
                                .map(spent -> List.copyOf(spent.keySet()))
                                .chain(some -> some.isEmpty()
                                        ? Uni.createFrom().voidItem()
                                        : pool.withTransaction(tx -> purge(tx, some, old)))
                                .chain(() -> customers.size() < CUSTOMERS
                                        ? Uni.createFrom().voidItem()
                                        : page(old, customers.getLast())));
    }

    private Uni<Void> purge(SqlConnection tx, List<UUID> customers, Old old) {
        return sql.lock(tx, customers)
                .chain(() -> spent(tx, customers, old))
                .chain(spent -> spent.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : remove(tx, spent, old)
                                .chain(() -> states(
                                        tx,
                                        spent.values().stream()
                                                .map(Leaving::spent)
                                                .toList())));
    }

    /** @param events what leaves, as it will be known afterwards */
    private record Leaving(Spent spent, List<Purged> events) {}

    private Uni<Map<UUID, Leaving>> spent(SqlConnection tx, List<UUID> customers, Old old) {
        UUID[] ids = customers.toArray(UUID[]::new);
        return tx.preparedQuery(OLD)
                .execute(Params.of(ids, old.until().atOffset(ZoneOffset.UTC)))
                .map(rows -> Rows.list(rows, PurgedEvents::purged))
                .chain(oldEvents -> tx.preparedQuery(ERASED)
                        .execute(Params.of((Object) ids))
                        .map(rows -> new HashSet<>(Rows.list(rows, row -> row.getUUID("customer_id"))))
                        .chain(erased -> sql.events(tx, Params.of((Object) ids))
                                .map(events -> leaving(events, oldEvents, erased))));
    }

    private static Map<UUID, Leaving> leaving(List<ConsentEvent> events, List<Purged> old, Set<UUID> erased) {
        Map<UUID, List<Purged>> oldOf = old.stream().collect(Collectors.groupingBy(Purged::customerId));
        Map<UUID, Leaving> leaving = new HashMap<>();
        events.stream()
                .collect(Collectors.groupingBy(event -> event.key().customerId()))
                .forEach((customer, chain) -> {
                    List<Purged> known = oldOf.getOrDefault(customer, List.of());
                    Set<Integer> places = known.stream().map(Purged::sequence).collect(Collectors.toSet());
                    Spent spent = Spent.of(chain, places, erased.contains(customer));
                    if (!spent.sequences().isEmpty()) {
                        leaving.put(
                                customer,
                                new Leaving(
                                        spent,
                                        known.stream()
                                                .filter(event ->
                                                        spent.sequences().contains(event.sequence()))
                                                .toList()));
                    }
                });
        return leaving;
    }

    private Uni<Void> remove(SqlConnection tx, Map<UUID, Leaving> leaving, Old old) {
        UUID id = Ids.next();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        // As the database orders ids, which is not how Java does.
        List<Purged> events = leaving.values().stream()
                .flatMap(some -> some.events().stream())
                .sorted(Comparator.comparing(
                                (Purged event) -> event.customerId().toString())
                        .thenComparingInt(Purged::sequence))
                .toList();
        return keys.remember(tx)
                .chain(() -> tx.preparedQuery(PURGE)
                        .execute(Params.of(
                                id,
                                old.until().atOffset(ZoneOffset.UTC),
                                now.atOffset(ZoneOffset.UTC),
                                signer.sign("consent-purge", PurgedEvents.content(id, old.until(), now, events)),
                                Params.uuids(events, Purged::customerId),
                                Params.integers(events, Purged::sequence))))
                .invoke(() ->
                        Log.infof("Events of the consent ledger have left, events=%d purge=%s", events.size(), id))
                .replaceWithVoid();
    }

    /** What decisions are taken by is what the events come to, still. */
    private Uni<Void> states(SqlConnection tx, List<Spent> spent) {
        List<ConsentKey> dropped = new ArrayList<>();
        List<ConsentState> changed = new ArrayList<>();
        spent.forEach(one -> {
            dropped.addAll(one.dropped());
            changed.addAll(one.changed());
        });
        return tx.preparedQuery(DROP_STATES)
                .execute(Params.of(
                        Params.uuids(dropped, ConsentKey::customerId),
                        Params.texts(dropped, ConsentKey::purpose),
                        Params.texts(dropped, key -> key.channel().name()),
                        Params.texts(dropped, key -> key.type().name())))
                .chain(() -> sql.putStates(tx, changed));
    }
}
