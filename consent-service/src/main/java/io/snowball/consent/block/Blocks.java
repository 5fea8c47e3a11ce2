package io.snowball.consent.block;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.block.BlockApi.BlockProcessing;
import io.snowball.consent.block.BlockApi.ProcessingBlockPage;
import io.snowball.consent.block.BlockApi.ProcessingBlockView;
import io.snowball.consent.calendar.Deadlines;
import io.snowball.consent.calendar.Deadlines.Deadline;
import io.snowball.consent.calendar.TermCode;
import io.snowball.consent.person.MergedCustomers;
import io.snowball.consent.person.MergedCustomers.Merge;
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

    // Blocking again changes nothing, not even the day: the first block is what the term counts from. Only one that
    // came
    // with a merge is the person's own from now on.
    /* language=PostgreSQL */
    private static final String INSERT = """
            insert into processing_block (customer_id, category, reason, request_id, blocked_at, blocked_by, destroy_by)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (customer_id, category) do update
            set blocked_by = case
              when processing_block.blocked_by like 'merge %' then excluded.blocked_by
              else processing_block.blocked_by end
            returning customer_id, category, reason, request_id, blocked_at, destroy_by
            """;

    /* language=PostgreSQL */
    private static final String DELETE = "delete from processing_block where customer_id = any($1) and category = $2";

    /* language=PostgreSQL */
    private static final String COPY = """
            insert into processing_block (customer_id, category, reason, request_id, blocked_at, blocked_by, destroy_by)
            select $2, b.category, b.reason, b.request_id, b.blocked_at, $3, b.destroy_by
            from processing_block b
            where b.customer_id = $1 and ($4::timestamptz is null or (b.blocked_at >= $4 and b.blocked_by not like 'merge %'))
            on conflict (customer_id, category) do nothing
            """;

    /* language=PostgreSQL */
    private static final String DELETE_COPIES =
            "delete from processing_block where customer_id = $1 and blocked_by = $2";

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
    private final MergedCustomers merged;
    private final Outbox outbox;
    private final Deadlines deadlines;
    private final Idempotency idempotency;
    private final Clock clock;

    Blocks(
            Pool pool,
            MergedCustomers merged,
            Outbox outbox,
            Deadlines deadlines,
            Idempotency idempotency,
            Clock clock) {
        this.pool = pool;
        this.merged = merged;
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

    /** Who is blocked stays so, under whatever id they live on. */
    public Uni<Void> carryOver(SqlConnection tx, Merge merge) {
        return copy(tx, merge, merge.customerId(), merge.intoId(), null)
                .chain(copied -> copied
                        ? announce(tx, merge.intoId(), clock.instant())
                        : Uni.createFrom().voidItem());
    }

    /** The block of the one is not the other's; one that came while they were one is both's until it is lifted. */
    public Uni<Void> takeBack(SqlConnection tx, Merge merge) {
        Instant now = clock.instant();
        return tx.preparedQuery(DELETE_COPIES)
                .execute(Params.of(merge.intoId(), by(merge)))
                .chain(() -> copy(tx, merge, merge.intoId(), merge.customerId(), merge.at()))
                .chain(() -> announce(tx, merge.intoId(), now))
                .chain(() -> announce(tx, merge.customerId(), now));
    }

    /**
     * @param since only what was blocked itself since then; null for all
     * @return whether there was any
     */
    private static Uni<Boolean> copy(SqlConnection tx, Merge merge, UUID from, UUID to, @Nullable Instant since) {
        return tx.preparedQuery(COPY)
                .execute(Params.of(from, to, by(merge), since == null ? null : since.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.rowCount() > 0);
    }

    private static String by(Merge merge) {
        return "merge " + merge.id();
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
        return merged.current(tx, request.customerId()).chain(current -> insert(tx, request.of(current), by));
    }

    private Uni<ProcessingBlockView> insert(SqlConnection tx, BlockProcessing request, String by) {
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
        // The blocks that the person had under other ids too: they would come back with an unmerge.
        return merged.allIds(tx, customerId)
                .chain(ids -> tx.preparedQuery(DELETE)
                        .execute(Params.of(ids.toArray(UUID[]::new), category))
                        .map(rows -> rows.rowCount() > 0)
                        .call(released -> released
                                ? announce(tx, ids.getFirst(), clock.instant())
                                : Uni.createFrom().voidItem()));
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
