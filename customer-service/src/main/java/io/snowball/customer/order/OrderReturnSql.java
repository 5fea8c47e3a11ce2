package io.snowball.customer.order;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.order.OrderReturnApi.OrderReturnLine;
import io.snowball.customer.order.OrderReturnApi.OrderReturnView;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.money.Money;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Returns in SQL. */
@ApplicationScoped
class OrderReturnSql {
    // Two returns of one order wait for each other here, so that together they can't bring back more than was sold.
    /* language=PostgreSQL */
    private static final String HOLD = "select amount, returned from orders where id = $1 for update";

    // Paid for them after discount, and how many are back already.
    /* language=PostgreSQL */
    private static final String SOLD = """
            select l.sku, sum(l.quantity)::bigint as quantity, sum(l.price * l.quantity - l.discount)::bigint as amount,
                   coalesce((select sum(r.quantity) from order_return_line r where r.order_id = $1 and r.sku = l.sku), 0)::bigint
                     as returned
            from order_line l
            where l.order_id = $1
            group by l.sku
            """;

    /* language=PostgreSQL */
    private static final String STORE = """
            with stored as (
              insert into order_return (order_id, external_id, returned_at, amount, recorded_at)
              values ($2, $3, $4, $5, $1)
            ), lines as (
              insert into order_return_line (order_id, external_id, sku, quantity)
              select $2, $3, l.sku, l.quantity from unnest($6::text[], $7::int[]) as l (sku, quantity)
            ), written as (
              update orders o
              set returned = o.returned + $5, version = o.version + 1
              where o.id = $2
              returning o.id, o.customer_id, o.ordered_at, o.state, o.amount, o.returned, o.channel, o.shop, o.payment_method, o.version
            )""" + OrderMoveSql.ANNOUNCE;

    /* language=PostgreSQL */
    private static final String LIST = """
            select r.external_id, r.returned_at, r.amount, l.sku, l.quantity
            from order_return r
            join order_return_line l on l.order_id = r.order_id and l.external_id = r.external_id
            where r.order_id = $1
            order by r.returned_at, r.external_id, l.sku
            limit 10000
            """;

    record Order(long amount, long returned) {}

    /** Of one sku, in kopecks. */
    record Sold(long quantity, long amount, long returned) {}

    Uni<Optional<Order>> hold(SqlConnection tx, UUID order) {
        return tx.preparedQuery(HOLD)
                .execute(Params.of(order))
                .map(rows -> Rows.first(rows, row -> new Order(row.getLong("amount"), row.getLong("returned"))));
    }

    Uni<Map<String, Sold>> sold(SqlConnection tx, UUID order) {
        return tx.preparedQuery(SOLD).execute(Params.of(order)).map(rows -> {
            Map<String, Sold> sold = new LinkedHashMap<>();
            rows.forEach(row -> sold.put(
                    row.getString("sku"),
                    new Sold(row.getLong("quantity"), row.getLong("amount"), row.getLong("returned"))));
            return sold;
        });
    }

    Uni<Void> store(SqlConnection tx, OrderReturnView back, Instant now) {
        return tx.preparedQuery(STORE)
                .execute(Params.of(
                        now.atOffset(ZoneOffset.UTC),
                        back.orderId(),
                        back.externalId(),
                        back.returnedAt().atOffset(ZoneOffset.UTC),
                        back.amount().kopecks(),
                        Params.texts(back.lines(), OrderReturnLine::sku),
                        Params.integers(back.lines(), OrderReturnLine::quantity)))
                .replaceWithVoid();
    }

    Uni<List<OrderReturnView>> list(SqlClient client, UUID order) {
        return client.preparedQuery(LIST).execute(Params.of(order)).map(rows -> {
            Map<String, OrderReturnView> returns = new LinkedHashMap<>();
            rows.forEach(row -> returns.computeIfAbsent(
                            row.getString("external_id"),
                            id -> new OrderReturnView(
                                    order,
                                    id,
                                    row.getOffsetDateTime("returned_at").toInstant(),
                                    new Money(row.getLong("amount")),
                                    new ArrayList<>()))
                    .lines()
                    .add(new OrderReturnLine(row.getString("sku"), row.getInteger("quantity"))));
            return List.copyOf(returns.values());
        });
    }
}
