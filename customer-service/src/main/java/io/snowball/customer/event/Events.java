package io.snowball.customer.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.snowball.customer.Rewriting;
import io.snowball.customer.Rewriting.Placed;
import io.snowball.customer.event.EventApi.EventCount;
import io.snowball.customer.event.EventApi.EventData;
import io.snowball.customer.event.EventOutcome.Status;
import io.snowball.customer.event.EventSql.Written;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.CommonProblem;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Taking events in, and giving those of a visitor to the customer it turned out to be. */
@ApplicationScoped
public class Events {
    private final EventSql sql;
    private final EventTypeSql types;
    private final Pool pool;
    private final Clock clock;

    Events(EventSql sql, EventTypeSql types, Pool pool, Clock clock) {
        this.sql = sql;
        this.types = types;
        this.pool = pool;
        this.clock = clock;
    }

    /** Each event for itself: one that is refused keeps no other from being stored. The outcomes are in the order sent. */
    Uni<List<EventOutcome>> record(List<EventData> sent) {
        return record(sent, _ -> true);
    }

    /** Of a web page, which may send what is meant to come from there. */
    Uni<List<EventOutcome>> recordFromWeb(List<EventData> sent) {
        return record(sent, EventType::fromWeb);
    }

    private Uni<List<EventOutcome>> record(List<EventData> sent, Predicate<EventType> allowed) {
        Set<String> names = sent.stream().map(EventData::type).collect(Collectors.toSet());
        return types.named(pool, names).chain(found -> {
            Map<String, EventType> known =
                    found.stream().filter(allowed).collect(Collectors.toMap(EventType::name, Function.identity()));
            return write(sent, known);
        });
    }

    private Uni<List<EventOutcome>> write(List<EventData> sent, Map<String, EventType> known) {
        Instant now = clock.instant();
        EventOutcome[] outcomes = new EventOutcome[sent.size()];
        List<Placed<EventDraft>> drafts = new ArrayList<>();
        for (int i = 0; i < outcomes.length; i++) {
            try {
                drafts.add(
                        new Placed<>(i, draft(sent.get(i), known.get(sent.get(i).type()), now)));
            } catch (IllegalArgumentException refused) {
                outcomes[i] = EventOutcome.rejected(String.valueOf(refused.getMessage()));
            }
        }
        if (drafts.isEmpty()) {
            return Uni.createFrom().item(List.of(outcomes));
        }
        return Rewriting.of(drafts, (batch, _) -> write(batch, outcomes)).map(_ -> List.of(outcomes));
    }

    /** @return events of who was merged between the look-up and the write */
    private Uni<List<Placed<EventDraft>>> write(List<Placed<EventDraft>> batch, EventOutcome[] outcomes) {
        List<EventDraft> drafts = batch.stream().map(Placed::draft).toList();
        return pool.withTransaction(tx -> sql.write(tx, drafts, clock.instant()))
                .map(written -> {
                    List<Placed<EventDraft>> gone = new ArrayList<>();
                    for (Written one : written) {
                        Placed<EventDraft> event = batch.get(one.n());
                        outcomes[event.place()] = outcome(one);
                        if (one.gone()) {
                            gone.add(event);
                        }
                    }
                    return gone;
                });
    }

    private static EventDraft draft(EventData event, @Nullable EventType type, Instant now) {
        int given = (event.customerId() == null ? 0 : 1)
                + (event.customerExternalId() == null ? 0 : 1)
                + (event.visitorId() == null ? 0 : 1);
        if (given == 0 || (event.customerId() != null && event.customerExternalId() != null)) {
            throw new IllegalArgumentException("give customerId, customerExternalId or visitorId");
        }
        if (type == null) {
            throw new IllegalArgumentException("there is no such event type: declare it first");
        }
        JsonNode properties = event.properties();
        return new EventDraft(
                EventDraft.externalId(event.id()),
                type.name(),
                EventDraft.occurredAt(event.occurredAt(), now),
                event.customerId(),
                event.customerExternalId(),
                event.visitorId(),
                type.check(properties));
    }

    private static EventOutcome outcome(Written one) {
        if (one.nobody() || one.gone()) {
            return EventOutcome.rejected("there is no such customer: send the customer first");
        }
        return new EventOutcome(one.written() ? Status.ACCEPTED : Status.DUPLICATE, null);
    }

    /**
     * What the visitor did and was nobody's until now (the latest 10,000 events) is the customer's, who has the visitor's COOKIE identity
     * and is held by the transaction.
     *
     * @return how many events
     */
    public Uni<Integer> claim(SqlConnection tx, UUID visitorId, UUID customer) {
        return sql.claim(tx, visitorId, customer, clock.instant());
    }

    /** How many of each type in the last days. */
    Uni<List<EventCount>> count(UUID customerId, int days) {
        Instant now = clock.instant();
        return existing(customerId)
                .chain(customer -> sql.counts(pool, customer, now.minus(Duration.ofDays(days)), now));
    }

    private Uni<UUID> existing(UUID customerId) {
        return sql.customer(pool, customerId)
                .map(found ->
                        found.orElseThrow(() -> CommonProblem.NOT_FOUND.with("There is no customer with this id")));
    }

    /** Of one customer, newest first. */
    Uni<Keyset<EventSql.Stored>> list(UUID customerId, @Nullable String cursor, int limit) {
        List<String> after = Cursor.decode(cursor, 2, "events", customerId);
        Instant time = after == null ? null : Instant.parse(after.getFirst());
        UUID id = after == null ? null : UUID.fromString(after.getLast());
        return existing(customerId)
                .chain(customer -> sql.page(pool, customer, time, id, limit + 1))
                .map(rows -> Keyset.of(
                        rows,
                        limit,
                        event -> List.of(
                                event.occurredAt().toString(), event.id().toString()),
                        "events",
                        customerId));
    }
}
