package io.snowball.customer.order;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.order.OrderReturnApi.CreateOrderReturn;
import io.snowball.customer.order.OrderReturnApi.OrderReturnLine;
import io.snowball.customer.order.OrderReturnApi.OrderReturnView;
import io.snowball.customer.order.OrderReturnSql.Order;
import io.snowball.customer.order.OrderReturnSql.Sold;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.money.Money;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What came back of orders. An order is returned in part until all that was paid for it is back. */
@ApplicationScoped
class OrderReturns {
    private final OrderReturnSql sql;
    private final Pool pool;
    private final Clock clock;

    OrderReturns(OrderReturnSql sql, Pool pool, Clock clock) {
        this.sql = sql;
        this.pool = pool;
        this.clock = clock;
    }

    /** 200 with what is stored where this return was told before. */
    Uni<Reply<OrderReturnView>> create(SqlConnection tx, UUID orderId, CreateOrderReturn told) {
        return sql.hold(tx, orderId).chain(found -> {
            Order order = found.orElseThrow(() -> CommonProblem.NOT_FOUND.with("There is no order with this id"));
            return sql.list(tx, orderId)
                    .chain(known -> known.stream()
                            .filter(each -> each.externalId().equals(told.externalId()))
                            .findFirst()
                            .map(again -> Uni.createFrom().item(Reply.ok(again)))
                            .orElseGet(() -> store(tx, orderId, order, told)));
        });
    }

    private Uni<Reply<OrderReturnView>> store(SqlConnection tx, UUID orderId, Order order, CreateOrderReturn told) {
        Instant now = clock.instant();
        return sql.sold(tx, orderId)
                .map(sold -> read(orderId, order, told, sold, now))
                .call(back -> sql.store(tx, back, now))
                .map(back -> Reply.created("/api/v1/orders/" + orderId + "/returns", back));
    }

    private static OrderReturnView read(
            UUID orderId, Order order, CreateOrderReturn told, Map<String, Sold> sold, Instant now) {
        try {
            String externalId = OrderDraft.externalId(told.externalId());
            Instant at = OrderDraft.orderedAt(told.returnedAt(), now);
            Map<String, Integer> pieces = told.pieces();
            long worth = pieces.entrySet().stream()
                    .mapToLong(line -> worth(line.getValue(), sold.get(line.getKey())))
                    .sum();
            // What lines were worth may be more than the order's own amount, which the shop may have told apart.
            long rest = order.amount() - order.returned();
            long amount = told.amount() == null ? Math.min(worth, rest) : OrderLine.amount(told.amount());
            if (amount > rest) {
                throw new IllegalArgumentException("no more can be paid back than is left of the order");
            }
            List<OrderReturnLine> lines = pieces.entrySet().stream()
                    .map(line -> new OrderReturnLine(line.getKey(), line.getValue()))
                    .toList();
            return new OrderReturnView(orderId, externalId, at, new Money(amount), lines);
        } catch (IllegalArgumentException | ArithmeticException refused) {
            throw ProblemException.invalidField("/lines", "invalid", String.valueOf(refused.getMessage()));
        }
    }

    private static long worth(int pieces, @Nullable Sold sold) {
        if (sold == null || pieces > sold.quantity() - sold.returned()) {
            throw new IllegalArgumentException("no more can come back than was sold and is not back yet");
        }
        return new Money(Math.multiplyExact(sold.amount(), pieces))
                .dividedBy(sold.quantity())
                .kopecks();
    }

    Uni<List<OrderReturnView>> list(UUID orderId) {
        return sql.list(pool, orderId);
    }
}
