package io.snowball.customer.order;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.Deadlocks;
import io.snowball.customer.OrderGate;
import io.snowball.customer.Rehearsal;
import io.snowball.customer.Rewriting;
import io.snowball.customer.order.OrderBatchSql.Changed;
import io.snowball.customer.order.OrderBatchSql.Numbered;
import io.snowball.customer.order.OrderExplanationSql.Explanation;
import io.snowball.customer.order.OrderOutcome.Status;
import io.snowball.platform.id.Ids;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.CommonProblem;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What can be done with orders. */
@ApplicationScoped
public class Orders {
    private static final String STORED = "uq_orders__external_id";
    /** After an order that was stored already, so many batches of files look for theirs first: who re-sends one re-sends more. */
    private static final int BATCHES_TO_LOOK = 200;

    private final OrderSql sql;
    private final OrderBatchSql batches;
    private final OrderExplanationSql explanations;
    private final OrderMoveSql moves;
    private final Pool pool;
    private final Clock clock;
    private final AtomicInteger batchesToLook = new AtomicInteger();

    Orders(
            OrderSql sql,
            OrderBatchSql batches,
            OrderExplanationSql explanations,
            OrderMoveSql moves,
            Pool pool,
            Clock clock) {
        this.sql = sql;
        this.batches = batches;
        this.explanations = explanations;
        this.moves = moves;
        this.pool = pool;
        this.clock = clock;
    }

    /** Writes a batch, in one short transaction of its own. The outcomes are in the order of the drafts. */
    public Uni<List<OrderOutcome>> write(List<OrderDraft> drafts) {
        return write(drafts, null);
    }

    /** @param unlessSince orders that were written at or after this time are left alone: a file that began then knows less */
    public Uni<List<OrderOutcome>> write(List<OrderDraft> drafts, @Nullable Instant unlessSince) {
        return write(drafts, unlessSince, work -> pool.withTransaction(work));
    }

    /** What {@link #write} would answer; nothing is stored. */
    public Uni<List<OrderOutcome>> rehearse(List<OrderDraft> drafts, @Nullable Instant unlessSince) {
        return write(drafts, unlessSince, work -> Rehearsal.of(pool, work));
    }

    private interface Transaction {
        Uni<List<Numbered>> of(Function<SqlConnection, Uni<List<Numbered>>> work);
    }

    private Uni<List<OrderOutcome>> write(
            List<OrderDraft> drafts, @Nullable Instant unlessSince, Transaction transaction) {
        OrderOutcome[] outcomes = new OrderOutcome[drafts.size()];
        List<Numbered> batch = number(drafts, outcomes);
        if (batch.isEmpty()) {
            return Uni.createFrom().item(List.of(outcomes));
        }
        return Rewriting.of(batch, (orders, last) -> write(orders, unlessSince, outcomes, transaction, last))
                .map(_ -> List.of(outcomes));
    }

    /** @return orders whose customer was merged between the look-up and the write */
    private Uni<List<Numbered>> write(
            List<Numbered> batch,
            @Nullable Instant unlessSince,
            OrderOutcome[] outcomes,
            Transaction transaction,
            boolean last) {
        // What was taken for new may be stored; and two batches that tell the same orders may wait for each other's
        // rows, and find them stored afterwards. Repeating is harmless.
        return transaction
                .of(tx -> write(tx, batch, unlessSince, outcomes))
                .onFailure(Orders::isStored)
                .invoke(() -> batchesToLook.set(BATCHES_TO_LOOK))
                .onFailure(failure -> isStored(failure) || Deadlocks.caused(failure))
                .retry()
                .atMost(1 + Deadlocks.MAX_RETRIES)
                .chain(unwritten -> explain(unwritten, unlessSince, outcomes, last));
    }

    /** @return what was neither new nor changed */
    private Uni<List<Numbered>> write(
            SqlConnection tx, List<Numbered> batch, @Nullable Instant unlessSince, OrderOutcome[] outcomes) {
        Instant now = clock.instant();
        // A file is mostly new, what a shop sends by itself is as often told again.
        boolean unseen = unlessSince != null && batchesToLook.getAndUpdate(left -> Math.max(0, left - 1)) == 0;
        return OrderGate.together(tx)
                .chain(() -> batches.categories(tx, batch))
                .chain(categories -> batches.insertNew(tx, batch, categories, now, unseen)
                        .chain(left -> changeLeft(tx, batch, left, categories, now, unlessSince, outcomes)));
    }

    private Uni<List<Numbered>> changeLeft(
            SqlConnection tx,
            List<Numbered> batch,
            Set<Integer> left,
            Map<String, String> categories,
            Instant now,
            @Nullable Instant unlessSince,
            OrderOutcome[] outcomes) {
        if (left.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        List<Numbered> rest =
                batch.stream().filter(order -> left.contains(order.n())).toList();
        return batches.change(tx, rest, categories, now, unlessSince)
                .chain(changed -> merge(tx, rest, changed, outcomes));
    }

    private Uni<List<Numbered>> merge(
            SqlConnection tx, List<Numbered> rest, List<Changed> changed, OrderOutcome[] outcomes) {
        Map<Integer, UUID> stored = HashMap.newHashMap(changed.size());
        for (Changed order : changed) {
            stored.put(order.n(), order.id());
            outcomes[order.n()] = OrderOutcome.stored(Status.UPDATED, order.id());
        }
        List<Numbered> unwritten =
                rest.stream().filter(order -> !stored.containsKey(order.n())).toList();
        return stored.isEmpty()
                ? Uni.createFrom().item(unwritten)
                : batches.mergeLines(tx, storedAs(rest, stored)).replaceWith(unwritten);
    }

    private static List<Numbered> storedAs(List<Numbered> batch, Map<Integer, UUID> stored) {
        return batch.stream()
                .flatMap(order -> Stream.ofNullable(stored.get(order.n())).map(order::storedAs))
                .toList();
    }

    /** All orders of one customer become another's. Answers which they were. */
    public Uni<List<UUID>> move(SqlConnection tx, UUID from, UUID to) {
        return moves.move(tx, from, to, null, clock.instant());
    }

    public Uni<List<UUID>> move(SqlConnection tx, UUID from, UUID to, List<UUID> only) {
        return only.isEmpty() ? Uni.createFrom().item(List.of()) : moves.move(tx, from, to, only, clock.instant());
    }

    Uni<StoredOrder> get(UUID id) {
        return sql.get(pool, id).map(found -> {
            if (found.isEmpty()) {
                throw CommonProblem.NOT_FOUND.with("There is no order with this id");
            }
            return found.getFirst();
        });
    }

    /** Of one customer, newest first. */
    Uni<Keyset<StoredOrder>> list(UUID customerId, @Nullable String cursor, int limit) {
        List<String> after = Cursor.decode(cursor, 2, "orders", customerId);
        Instant time = after == null ? null : Cursor.asInstant(after.getFirst());
        UUID id = after == null ? null : Cursor.asUuid(after.getLast());
        return sql.page(pool, customerId, time, id, limit + 1)
                .map(rows -> Keyset.of(
                        rows,
                        limit,
                        order ->
                                List.of(order.orderedAt().toString(), order.id().toString()),
                        "orders",
                        customerId));
    }

    Uni<Map<UUID, List<OrderLine>>> lines(List<StoredOrder> orders) {
        return sql.lines(pool, orders).map(lines -> {
            Map<UUID, List<OrderLine>> byOrder = new HashMap<>();
            lines.forEach(line -> byOrder.computeIfAbsent(line.orderId(), _ -> new ArrayList<>())
                    .add(line.line()));
            return byOrder;
        });
    }

    /** One statement can't write a row twice, so of an order that comes twice the first is taken. */
    private static List<Numbered> number(List<OrderDraft> drafts, OrderOutcome[] outcomes) {
        List<Numbered> batch = new ArrayList<>(drafts.size());
        Set<String> seen = HashSet.newHashSet(drafts.size());
        for (int n = 0; n < outcomes.length; n++) {
            OrderDraft draft = drafts.get(n);
            if (seen.add(draft.externalId())) {
                UUID id = Ids.next();
                batch.add(new Numbered(n, id, draft, draft.fingerprint()));
                outcomes[n] = OrderOutcome.stored(Status.ACCEPTED, id);
            } else {
                outcomes[n] =
                        OrderOutcome.rejected("order_id", "the order comes twice: send all its lines together, once");
            }
        }
        return batch;
    }

    /** @return those that nothing stands in the way of any more, and that may be tried again */
    private Uni<List<Numbered>> explain(
            List<Numbered> unwritten, @Nullable Instant unlessSince, OrderOutcome[] outcomes, boolean last) {
        if (unwritten.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return explanations.explain(pool, unwritten).map(reasons -> {
            Set<Integer> passed = new HashSet<>();
            for (Explanation why : reasons) {
                if (!last && hasPassed(why, unlessSince)) {
                    passed.add(why.n());
                } else {
                    outcomes[why.n()] = outcome(why);
                }
            }
            return unwritten.stream()
                    .filter(order -> passed.contains(order.n()))
                    .toList();
        });
    }

    private static boolean hasPassed(Explanation why, @Nullable Instant unlessSince) {
        boolean isNew = why.id() == null && why.customerKnown();
        boolean isChanged = why.sameCustomer() && !why.unchanged() && unlessSince == null;
        return isNew || isChanged;
    }

    private static OrderOutcome outcome(Explanation why) {
        if (!why.customerKnown()) {
            return OrderOutcome.rejected("customer_id", "there is no such customer: send the customer first");
        }
        if (!why.sameCustomer()) {
            return OrderOutcome.rejected("customer_id", "the order is already stored for another customer");
        }
        return why.unchanged()
                ? OrderOutcome.stored(Status.DUPLICATE, why.id())
                : OrderOutcome.rejected(
                        "order_id", "the order was told differently meanwhile: send it again if this is right");
    }

    private static boolean isStored(Throwable failure) {
        return failure instanceof PgException violation && STORED.equals(violation.getConstraint());
    }
}
