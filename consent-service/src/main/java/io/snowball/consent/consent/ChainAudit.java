package io.snowball.consent.consent;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.consent.Chains.Head;
import io.snowball.consent.consent.PurgedEvents.Purged;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts the chains of customers again, event by event, and what the states should come to. */
@ApplicationScoped
public class ChainAudit {
    /** Few enough that the hashes of a page keep an event loop busy for a millisecond or two. */
    private static final int CUSTOMERS = 100;

    // From all these tables: whoever removes a chain whole may forget its head or its state.
    /* language=PostgreSQL */
    private static final String CUSTOMERS_AFTER = """
            select customer_id from (
              (select distinct customer_id from consent_event where customer_id > $1 order by customer_id limit $2)
              union
              (select customer_id from consent_chain where customer_id > $1 order by customer_id limit $2)
              union
              (select distinct customer_id from consent_state where customer_id > $1 order by customer_id limit $2)
              union
              (select distinct customer_id from consent_event_purged where customer_id > $1 order by customer_id limit $2)) c
            order by customer_id
            limit $2
            """;

    /* language=PostgreSQL */
    private static final String HEADS = """
            select customer_id, sequence, encode(hash, 'hex') as hash
            from consent_chain
            where customer_id = any($1::uuid[])
            """;

    private final Pool pool;
    private final LedgerSql sql;
    private final PurgedEvents purged;

    ChainAudit(Pool pool, LedgerSql sql, PurgedEvents purged) {
        this.pool = pool;
        this.sql = sql;
        this.purged = purged;
    }

    /** What is wrong with an event: its place in the ledger, and its record where there is one. */
    public record Fault(
            Kind kind,
            UUID customerId,
            int sequence,
            @Nullable UUID recordId) {}

    public enum Kind {
        /** The event is not what was sealed. */
        ALTERED,
        /** An event is gone. */
        REMOVED,
        /** The event stands where it did not stand when it was written. */
        MOVED,
        /** The event was put in past the ledger. */
        ADDED,
        /** What decisions are taken by is not what the events come to. */
        STATE_WRONG
    }

    /** @param next where to go on; null at the end */
    public record Page(
            long events, List<Fault> faults, @Nullable UUID next) {}

    /** @param after the customer after whom to go on; all zeros for the first page */
    public Uni<Page> page(UUID after) {
        // One snapshot for events, heads and states: what is written meanwhile is no fault.
        return pool.withTransaction(tx -> tx.query("set transaction isolation level repeatable read read only")
                .execute()
                .chain(() -> tx.preparedQuery(CUSTOMERS_AFTER).execute(Params.of(after, CUSTOMERS)))
                .map(rows -> Rows.list(rows, row -> row.getUUID("customer_id")))
                .chain(customers -> audit(tx, customers)));
    }

    /** The chain of one customer. */
    public Uni<Page> of(UUID customerId) {
        return pool.withTransaction(tx -> tx.query("set transaction isolation level repeatable read read only")
                .execute()
                .chain(() -> audit(tx, List.of(customerId))));
    }

    private Uni<Page> audit(SqlConnection tx, List<UUID> customers) {
        Tuple ids = Params.of((Object) customers.toArray(UUID[]::new));
        return sql.events(tx, ids)
                .chain(events -> tx.preparedQuery(HEADS)
                        .execute(ids)
                        .map(rows -> Rows.list(rows, LedgerRows::head))
                        .chain(heads -> sql.states(tx, ids)
                                .chain(states -> purged.of(tx, customers.toArray(UUID[]::new))
                                        .map(gone -> {
                                            List<Fault> faults = faults(customers, events, gone, heads, states);
                                            return new Page(
                                                    events.size(),
                                                    faults,
                                                    customers.size() < CUSTOMERS ? null : customers.getLast());
                                        }))));
    }

    private static List<Fault> faults(
            List<UUID> customers,
            List<ConsentEvent> events,
            List<Purged> gone,
            List<Head> heads,
            List<ConsentState> states) {
        Map<UUID, List<ConsentEvent>> chains = events.stream()
                .collect(Collectors.groupingBy(event -> event.key().customerId()));
        Map<UUID, List<Purged>> left = gone.stream().collect(Collectors.groupingBy(Purged::customerId));
        Map<UUID, Head> ends = heads.stream().collect(Collectors.toMap(Head::customerId, Function.identity()));
        Map<UUID, List<ConsentState>> known = states.stream()
                .collect(Collectors.groupingBy(state -> state.key().customerId()));
        List<Fault> faults = new ArrayList<>();
        for (UUID customer : customers) {
            List<ConsentEvent> chain = chains.getOrDefault(customer, List.of());
            faults.addAll(
                    new ChainWalk(customer, left.getOrDefault(customer, List.of())).faults(chain, ends.get(customer)));
            faults.addAll(stateFaults(chain, known.getOrDefault(customer, List.of())));
        }
        return faults;
    }

    private static List<Fault> stateFaults(List<ConsentEvent> chain, List<ConsentState> known) {
        States counted = new States(List.of());
        chain.forEach(counted::apply);
        Map<ConsentKey, ConsentState> wanted = new HashMap<>();
        chain.stream()
                .map(event -> event.key().customerId())
                .distinct()
                .flatMap(customer -> counted.ofCustomer(customer).stream())
                .forEach(state -> wanted.put(state.key(), state));
        Set<ConsentState> wrong = new HashSet<>(known);
        wrong.removeAll(wanted.values());
        Set<ConsentState> missing = new HashSet<>(wanted.values());
        missing.removeAll(new HashSet<>(known));
        wrong.addAll(missing);
        return wrong.stream()
                .map(state -> new Fault(Kind.STATE_WRONG, state.key().customerId(), 0, state.recordId()))
                .distinct()
                .toList();
    }
}
