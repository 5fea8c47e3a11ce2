package io.snowball.customer.calllist;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.snowball.customer.calllist.CallListApi.CallListEntryView;
import io.snowball.customer.calllist.CallListApi.CallRecord;
import io.snowball.customer.calllist.CallListApi.CreateCallList;
import io.snowball.customer.profile.CustomerSheet;
import io.snowball.customer.sibling.ConsentDecisions;
import io.snowball.customer.sibling.SegmentMembers;
import io.snowball.customer.sibling.SegmentMembers.UnknownSegment;
import io.snowball.customer.sibling.SiblingException;
import io.snowball.platform.feed.Outbox;
import io.snowball.platform.id.Ids;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Making lists, reading them for calling, and saying what came of it. */
@ApplicationScoped
class CallLists {
    private static final List<String> COLUMNS = List.of("id", "phone", "first_name", "last_name", "time_zone");
    private static final String BLOCKED = "BLOCKED";
    private static final int RETRY_AFTER_SECONDS = 5;

    private final CallListSql sql;
    private final SegmentMembers segments;
    private final ConsentDecisions consent;
    private final CustomerSheet sheet;
    private final Outbox outbox;
    private final Pool pool;
    private final Clock clock;

    CallLists(
            CallListSql sql,
            SegmentMembers segments,
            ConsentDecisions consent,
            CustomerSheet sheet,
            Outbox outbox,
            Pool pool,
            Clock clock) {
        this.sql = sql;
        this.segments = segments;
        this.consent = consent;
        this.sheet = sheet;
        this.outbox = outbox;
        this.pool = pool;
        this.clock = clock;
    }

    /** What the feed tells. */
    @RegisterForReflection
    record Recorded(UUID callListId, UUID entryId, UUID customerId, CallResult result, Instant at) {}

    /** Asked for before the transaction begins. */
    Uni<List<UUID>> members(CreateCallList request) {
        UUID segment = request.segmentId();
        if (segment == null) {
            return Uni.createFrom().item(request.customerIds() == null ? List.of() : request.customerIds());
        }
        return segments.after(segment, null, CallListApi.MAX_ENTRIES + 1)
                .onFailure()
                .transform(CallLists::problem)
                .map(page -> {
                    if (page.customerIds().size() > CallListApi.MAX_ENTRIES) {
                        throw ProblemException.invalidField(
                                "/segmentId",
                                "too-large",
                                "A call list can have " + CallListApi.MAX_ENTRIES + " people: take a smaller segment");
                    }
                    return page.customerIds();
                });
    }

    Uni<CallListSql.Counted> create(SqlConnection tx, CreateCallList request, List<UUID> members, String by) {
        CallListSql.CallList list = request.toCallList(Ids.next(), by, now());
        return sql.create(tx, list, members)
                .chain(() -> sql.find(tx, list.id()))
                .map(CallLists::existing);
    }

    Uni<CallListSql.Counted> get(UUID id) {
        return sql.find(pool, id).map(CallLists::existing);
    }

    /** Newest first. */
    Uni<Keyset<CallListSql.Counted>> list(@Nullable String cursor, int limit) {
        List<String> after = Cursor.decode(cursor, 1, "call-lists");
        return sql.page(pool, after == null ? null : Cursor.asUuid(after.getFirst()), limit + 1)
                .map(rows -> Keyset.of(
                        rows, limit, counted -> List.of(counted.list().id().toString()), "call-lists"));
    }

    /** In the order of the list; who may be called, and by which number, is asked for now. */
    Uni<Keyset<CallListEntryView>> entries(UUID id, boolean open, boolean masked, @Nullable String cursor, int limit) {
        List<String> after = Cursor.decode(cursor, 1, "call-list-entries", id, open);
        return get(id).chain(counted -> sql.entries(
                        pool, id, open, after == null ? null : Cursor.asUuid(after.getFirst()), limit + 1)
                .map(rows ->
                        Keyset.of(rows, limit, entry -> List.of(entry.id().toString()), "call-list-entries", id, open))
                .chain(page -> shown(counted.list(), page, masked)));
    }

    private Uni<Keyset<CallListEntryView>> shown(
            CallListSql.CallList list, Keyset<CallListSql.Entry> page, boolean masked) {
        List<UUID> customers = page.items().stream()
                .map(CallListSql.Entry::customerId)
                .distinct()
                .toList();
        return people(customers, false)
                .chain(clear -> decisions(list.purpose(), phones(clear))
                        .chain(decided -> (masked
                                        ? people(customers, true)
                                        : Uni.createFrom().item(clear))
                                .map(people -> page.map(entry -> view(
                                        entry, people.get(entry.customerId()), decided.get(entry.customerId()))))));
    }

    private Uni<Map<UUID, List<String>>> people(List<UUID> customers, boolean masked) {
        return sheet.rows(pool, customers, COLUMNS, masked)
                .map(rows -> rows.stream()
                        .collect(Collectors.toMap(row -> UUID.fromString(row.getFirst()), Function.identity())));
    }

    private static Map<UUID, @Nullable String> phones(Map<UUID, List<String>> people) {
        Map<UUID, @Nullable String> phones = new HashMap<>();
        people.forEach((customer, row) -> phones.put(customer, phone(row)));
        return phones;
    }

    private static @Nullable String phone(List<String> row) {
        return row.get(1).isEmpty() ? null : "+" + row.get(1);
    }

    private Uni<Map<UUID, ConsentDecisions.Decision>> decisions(String purpose, Map<UUID, @Nullable String> phones) {
        return phones.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : consent.decide(new ConsentDecisions.Subject(purpose, "CALL", "ADVERTISING"), phones.keySet(), phones)
                        .onFailure()
                        .transform(CallLists::problem)
                        .map(ConsentDecisions.Decisions::byCustomer);
    }

    private static CallListEntryView view(
            CallListSql.Entry entry, @Nullable List<String> person, ConsentDecisions.@Nullable Decision decision) {
        if (person == null || decision == null) {
            return new CallListEntryView(
                    entry.id(),
                    entry.customerId(),
                    false,
                    BLOCKED,
                    null,
                    null,
                    null,
                    null,
                    entry.result(),
                    entry.resultAt(),
                    entry.resultBy());
        }
        return new CallListEntryView(
                entry.id(),
                entry.customerId(),
                decision.allowed(),
                decision.reason(),
                decision.allowed() ? phone(person) : null,
                orNull(person.get(2)),
                orNull(person.get(3)),
                orNull(person.get(4)),
                entry.result(),
                entry.resultAt(),
                entry.resultBy());
    }

    /** The last word counts. */
    Uni<CallRecord> record(UUID list, UUID entry, CallResult result, String by) {
        Instant now = now();
        return pool.withTransaction(tx -> sql.record(tx, list, entry, result, now, by)
                .map(found -> found.orElseThrow(
                        () -> CommonProblem.NOT_FOUND.with("There is no such entry in this call list")))
                .call(customer ->
                        outbox.append(tx, customer, "call.recorded", new Recorded(list, entry, customer, result, now)))
                .map(customer -> new CallRecord(entry, customer, result, now)));
    }

    Uni<Void> delete(UUID id) {
        return sql.delete(pool, id)
                .invoke(deleted -> {
                    if (!deleted) {
                        throw CommonProblem.NOT_FOUND.with("There is no call list with this id");
                    }
                })
                .replaceWithVoid();
    }

    private static Throwable problem(Throwable failure) {
        return switch (failure) {
            case UnknownSegment _ -> ProblemException.invalidField("/segmentId", "unknown", "There is no such segment");
            case SiblingException away ->
                ProblemException.unavailable(
                        "It needs " + away.sibling() + "-service, which does not answer: ask again in a moment",
                        RETRY_AFTER_SECONDS);
            default -> failure;
        };
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static CallListSql.Counted existing(Optional<CallListSql.Counted> found) {
        return found.orElseThrow(() -> CommonProblem.NOT_FOUND.with("There is no call list with this id"));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
