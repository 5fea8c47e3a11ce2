package io.snowball.consent.block;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.block.BlockApi.BlockProcessing;
import io.snowball.consent.block.BlockApi.ProcessingBlockPage;
import io.snowball.consent.block.BlockApi.ProcessingBlockView;
import io.snowball.consent.calendar.Deadlines;
import io.snowball.consent.calendar.Deadlines.Deadline;
import io.snowball.consent.calendar.TermCode;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.feed.Outbox;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Blocking and releasing, in the transaction of what asks for it. */
@ApplicationScoped
public class Blocks {
    /** The category that stands for all data. */
    static final String ALL = "*";

    // Blocking again changes nothing, not even the day: the first block is what the term counts from.
    /* language=PostgreSQL */
    private static final String INSERT = """
            insert into processing_block (customer_id, category, reason, request_id, blocked_at, blocked_by, destroy_by)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (customer_id, category) do update set reason = processing_block.reason
            returning customer_id, category, reason, request_id, blocked_at, destroy_by
            """;

    /* language=PostgreSQL */
    private static final String DELETE = "delete from processing_block where customer_id = $1 and category = $2";

    /* language=PostgreSQL */
    private static final String CATEGORIES =
            "select category from processing_block where customer_id = $1 order by category limit 200";

    /* language=PostgreSQL */
    private static final String LIST = """
            select customer_id, category, reason, request_id, blocked_at, destroy_by
            from processing_block
            where (customer_id, category) > ($1, $2)
            order by customer_id, category
            limit $3
            """;

    /* language=PostgreSQL */
    private static final String NOTE = """
            insert into processing_block_note (customer_id, blocked, noted_at)
            values ($1, $2, $3)
            on conflict (customer_id) do update set blocked = excluded.blocked, noted_at = excluded.noted_at
            """;

    private final Pool pool;
    private final Outbox outbox;
    private final Deadlines deadlines;
    private final Idempotency idempotency;
    private final Clock clock;

    Blocks(Pool pool, Outbox outbox, Deadlines deadlines, Idempotency idempotency, Clock clock) {
        this.pool = pool;
        this.outbox = outbox;
        this.deadlines = deadlines;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    /** All data of a person, for the time of the check that a request asks for. */
    public Uni<Void> block(SqlConnection tx, UUID customerId, UUID requestId, String by) {
        return block(tx, new BlockProcessing(customerId, null, BlockReason.CHECK, requestId), by)
                .replaceWithVoid();
    }

    /** All data of a person; nothing happens where none are blocked. */
    public Uni<Void> release(SqlConnection tx, UUID customerId) {
        return release(tx, customerId, ALL).replaceWithVoid();
    }

    Uni<RestResponse<ProcessingBlockView>> create(@Nullable UUID key, BlockProcessing request, String by) {
        return idempotency.once(
                "blockProcessing",
                key,
                request,
                ProcessingBlockView.class,
                tx -> block(tx, request, by)
                        .map(view -> Reply.created(
                                "/api/v1/processing-blocks/" + request.customerId() + "/" + request.categoryOrAll(),
                                view)));
    }

    Uni<Void> delete(UUID customerId, String category) {
        return pool.withTransaction(tx -> release(tx, customerId, category))
                .invoke(released -> {
                    if (!released) {
                        throw BlockProblem.BLOCK_NOT_FOUND.with("List the blocks to see who is blocked");
                    }
                })
                .replaceWithVoid();
    }

    Uni<ProcessingBlockPage> list(int limit, @Nullable String cursor) {
        List<String> after = Cursor.decode(cursor, 2);
        return pool.preparedQuery(LIST)
                .execute(Params.of(
                        after == null ? new UUID(0, 0) : UUID.fromString(after.getFirst()),
                        after == null ? "" : after.getLast(),
                        limit + 1))
                .map(rows -> Keyset.of(
                        Rows.list(rows, Blocks::view),
                        limit,
                        last -> List.of(last.customerId().toString(), last.category())))
                .map(page -> new ProcessingBlockPage(page.items(), page.nextCursor()));
    }

    private Uni<ProcessingBlockView> block(SqlConnection tx, BlockProcessing request, String by) {
        Instant now = clock.instant();
        return destroyBy(tx, request.reason(), now)
                .chain(day -> tx.preparedQuery(INSERT)
                        .execute(Params.of(
                                request.customerId(),
                                request.categoryOrAll(),
                                request.reason().name(),
                                request.requestId(),
                                now.atOffset(ZoneOffset.UTC),
                                by,
                                day.isEmpty() ? null : day.getFirst())))
                .map(rows -> view(rows.iterator().next()))
                .call(() -> announce(tx, request.customerId(), now));
    }

    private Uni<List<LocalDate>> destroyBy(SqlConnection tx, BlockReason reason, Instant now) {
        return switch (reason) {
            case CAN_NOT_BE_DESTROYED ->
                deadlines
                        .due(tx, TermCode.DESTROY_BLOCKED, deadlines.dayOf(now))
                        .map(Deadline::dueOn)
                        .map(List::of);
            case CHECK, OTHER -> Uni.createFrom().item(List.of());
        };
    }

    /** @return whether there was such a block */
    private Uni<Boolean> release(SqlConnection tx, UUID customerId, String category) {
        return tx.preparedQuery(DELETE)
                .execute(Params.of(customerId, category))
                .map(rows -> rows.rowCount() > 0)
                .call(released -> released
                        ? announce(tx, customerId, clock.instant())
                        : Uni.createFrom().voidItem());
    }

    /** To whoever follows the feed, and, by {@link BlockWorker}, to customer-service. */
    private Uni<Void> announce(SqlConnection tx, UUID customerId, Instant at) {
        return tx.preparedQuery(CATEGORIES)
                .execute(Params.of(customerId))
                .map(rows -> Rows.list(rows, row -> row.getString("category")))
                .chain(categories -> outbox.append(
                                tx,
                                customerId,
                                BlockingChanged.EVENT,
                                new BlockingChanged(customerId, !categories.isEmpty(), categories, at))
                        .chain(() -> tx.preparedQuery(NOTE)
                                .execute(Params.of(customerId, categories.contains(ALL), at.atOffset(ZoneOffset.UTC)))))
                .replaceWithVoid();
    }

    private static ProcessingBlockView view(Row row) {
        return new ProcessingBlockView(
                row.getUUID("customer_id"),
                row.getString("category"),
                BlockReason.valueOf(row.getString("reason")),
                row.getUUID("request_id"),
                row.getOffsetDateTime("blocked_at").toInstant(),
                row.getLocalDate("destroy_by"));
    }
}
