package io.snowball.consent.decision;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.consent.Channel;
import io.snowball.consent.consent.IdentifierHash;
import io.snowball.consent.decision.StopApi.ContactStop;
import io.snowball.consent.decision.StopApi.ContactStopPage;
import io.snowball.consent.decision.StopApi.CreateContactStop;
import io.snowball.consent.person.MergedCustomers;
import io.snowball.consent.person.MergedCustomers.Merge;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.feed.Outbox;
import io.snowball.platform.id.Ids;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.ProblemException;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The stop-lists: by customer, and by address where only its hash is left. Every decision looks here. */
@ApplicationScoped
public class ContactStops {
    private static final String COLUMNS =
            "id, customer_id, address_hash is not null as of_address, channel, reason, source, reference, added_at, added_by, lifted_at, lifted_by";

    /* language=PostgreSQL */
    private static final String INSERT = """
            insert into contact_stop (id, customer_id, address_hash, channel, reason, source, reference, added_at, added_by)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """;

    /* language=PostgreSQL */
    private static final String LIFT = """
            update contact_stop set lifted_at = $2, lifted_by = $3 where id = $1 and lifted_at is null
            """;

    /* language=PostgreSQL */
    private static final String LIFT_CARRIED = """
            update contact_stop set lifted_at = $4, lifted_by = $5
            where customer_id = $1 and source = $2 and reference = $3 and lifted_at is null
            """;

    /* language=PostgreSQL */
    private static final String OPEN = """
            select distinct channel, reason
            from contact_stop
            where customer_id = $1 and lifted_at is null and ($2::timestamptz is null or (added_at >= $2 and source <> $3))
            limit 1000
            """;

    /** The source of what came from a customer who turned out to be the same person. */
    private static final String CARRIED = "customer-merged";

    /* language=PostgreSQL */
    private static final String GET = "select " + COLUMNS + " from contact_stop where id = $1";

    /* language=PostgreSQL */
    private static final String LIST =
            "select " + COLUMNS + " from contact_stop where customer_id = $1 and id > $2 order by id limit $3";

    private final Pool pool;
    private final MergedCustomers merged;
    private final IdentifierHash identifiers;
    private final Idempotency idempotency;
    private final Outbox outbox;
    private final Clock clock;

    ContactStops(
            Pool pool,
            MergedCustomers merged,
            IdentifierHash identifiers,
            Idempotency idempotency,
            Outbox outbox,
            Clock clock) {
        this.pool = pool;
        this.merged = merged;
        this.identifiers = identifiers;
        this.idempotency = idempotency;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * An entry of a list.
     *
     * @param address an e-mail address or a telephone number; only its keyed hash is kept
     * @param channel ANY for all
     */
    public record Stop(
            @Nullable UUID customerId,
            @Nullable String address,
            Channel channel,
            StopReason reason,
            String source,
            @Nullable String reference) {
        private Stop of(UUID other) {
            return new Stop(other, address, channel, reason, source, reference);
        }
    }

    /** The data of {@code contact.stopped} on our feed. */
    @RegisterForReflection
    record ContactStopped(UUID customerId, Channel channel, StopReason reason, Instant at) {
        static final String EVENT = "contact.stopped";
    }

    /** Takes effect with the transaction, for a customer who was merged on who stays. */
    public Uni<UUID> add(SqlConnection tx, Stop stop, String by) {
        UUID customerId = stop.customerId();
        return customerId == null
                ? insert(tx, stop, by)
                : merged.current(tx, customerId).chain(current -> insert(tx, stop.of(current), by));
    }

    private Uni<UUID> insert(SqlConnection tx, Stop stop, String by) {
        UUID id = Ids.next();
        Instant now = now();
        Buffer hash =
                stop.address() == null ? null : Buffer.buffer(HexFormat.of().parseHex(identifiers.of(stop.address())));
        Uni<Void> written = tx.preparedQuery(INSERT)
                .execute(Params.of(
                        id,
                        stop.customerId(),
                        hash,
                        stop.channel().name(),
                        stop.reason().name(),
                        stop.source(),
                        stop.reference(),
                        now.atOffset(ZoneOffset.UTC),
                        by))
                .replaceWithVoid();
        UUID customerId = stop.customerId();
        Uni<Void> told = customerId == null
                ? written
                : written.chain(() -> outbox.append(
                        tx,
                        customerId,
                        ContactStopped.EVENT,
                        new ContactStopped(customerId, stop.channel(), stop.reason(), now)));
        return told.replaceWith(id);
    }

    /** What stops the one of two stops who stays. */
    public Uni<Void> carryOver(SqlConnection tx, Merge merge) {
        return copy(tx, merge.customerId(), null, merge.intoId(), merge);
    }

    /** What stopped the other only stops who stayed no longer; what was added while they were one stops both. */
    public Uni<Void> takeBack(SqlConnection tx, Merge merge) {
        return tx.preparedQuery(LIFT_CARRIED)
                .execute(Params.of(
                        merge.intoId(),
                        CARRIED,
                        merge.id().toString(),
                        now().atOffset(ZoneOffset.UTC),
                        "customer-service"))
                .chain(() -> copy(tx, merge.intoId(), merge.at(), merge.customerId(), merge));
    }

    /** @param since only what was added itself since then; null for all. Of today, so that no consent that came before makes it good. */
    private Uni<Void> copy(SqlConnection tx, UUID from, @Nullable Instant since, UUID to, Merge merge) {
        return tx.preparedQuery(OPEN)
                .execute(Params.of(from, since == null ? null : since.atOffset(ZoneOffset.UTC), CARRIED))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Stop(
                                to,
                                null,
                                Channel.valueOf(row.getString("channel")),
                                StopReason.valueOf(row.getString("reason")),
                                CARRIED,
                                merge.id().toString())))
                .chain(stops -> Multi.createFrom()
                        .iterable(stops)
                        .onItem()
                        .transformToUniAndConcatenate(stop -> add(tx, stop, "customer-service"))
                        .collect()
                        .last())
                .replaceWithVoid();
    }

    Uni<RestResponse<ContactStop>> create(@Nullable UUID key, CreateContactStop request, String by) {
        if (request.customerId() == null && request.address() == null) {
            throw ProblemException.invalidField("/customerId", "required", "Name the customer, the address, or both");
        }
        return idempotency.once(
                "createContactStop",
                key,
                request,
                ContactStop.class,
                tx -> add(tx, request.stop(), by)
                        .chain(id -> find(tx.preparedQuery(GET).execute(Params.of(id))))
                        .map(stop -> Reply.created("/api/v1/contact-stops/" + stop.id(), stop)));
    }

    Uni<ContactStop> lift(UUID id, String by) {
        return pool.withTransaction(tx -> tx.preparedQuery(LIFT)
                .execute(Params.of(id, now().atOffset(ZoneOffset.UTC), by))
                .chain(() -> find(tx.preparedQuery(GET).execute(Params.of(id)))));
    }

    Uni<ContactStop> get(UUID id) {
        return find(pool.preparedQuery(GET).execute(Params.of(id)));
    }

    Uni<ContactStopPage> list(UUID customerId, int limit, @Nullable String cursor) {
        List<String> after = Cursor.decode(cursor, 1, customerId);
        UUID afterId = after == null ? new UUID(0, 0) : UUID.fromString(after.getFirst());
        return pool.preparedQuery(LIST)
                .execute(Params.of(customerId, afterId, limit + 1))
                .map(rows -> Keyset.of(
                        Rows.list(rows, ContactStops::view),
                        limit,
                        last -> List.of(last.id().toString()),
                        customerId))
                .map(page -> new ContactStopPage(page.items(), page.nextCursor()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static Uni<ContactStop> find(Uni<io.vertx.mutiny.sqlclient.RowSet<Row>> found) {
        return found.map(rows -> Rows.first(rows, ContactStops::view)
                .orElseThrow(() -> StopProblem.STOP_NOT_FOUND.with("List the customer's stops to see their ids")));
    }

    private static ContactStop view(Row row) {
        OffsetDateTime lifted = row.getOffsetDateTime("lifted_at");
        return new ContactStop(
                row.getUUID("id"),
                row.getUUID("customer_id"),
                row.getBoolean("of_address"),
                Channel.valueOf(row.getString("channel")),
                StopReason.valueOf(row.getString("reason")),
                row.getString("source"),
                row.getString("reference"),
                row.getOffsetDateTime("added_at").toInstant(),
                row.getString("added_by"),
                lifted == null ? null : lifted.toInstant(),
                row.getString("lifted_by"));
    }
}
