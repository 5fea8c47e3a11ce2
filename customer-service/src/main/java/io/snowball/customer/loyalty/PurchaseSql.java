package io.snowball.customer.loyalty;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Orders as rules see them, in SQL. */
@ApplicationScoped
class PurchaseSql {
    /* language=PostgreSQL */
    private static final String ORDERS = """
            select o.id, o.external_id, o.customer_id, o.ordered_at, o.state, o.amount - o.returned as amount,
                   (select count(*) from orders e
                    where e.customer_id = o.customer_id and (e.ordered_at, e.id) < (o.ordered_at, o.id)
                      and e.state in ('PAID', 'PARTLY_RETURNED'))::int as earlier,
                   (select h.level from loyalty_level_change h
                    where h.customer_id = o.customer_id and h.changed_at <= o.ordered_at
                    order by h.changed_at desc limit 1) as level
            from orders o
            where o.id = any($1) and o.customer_id is not null
            order by o.ordered_at, o.id
            limit 500
            """;

    // By product, without what came back, with the categories up to the root.
    /* language=PostgreSQL */
    private static final String LINES = """
            with recursive line as (
              select l.order_id, l.sku, sum(l.price * l.quantity - l.discount)::bigint as amount, sum(l.quantity)::bigint as quantity,
                     coalesce((select sum(r.quantity) from order_return_line r
                               where r.order_id = l.order_id and r.sku = l.sku), 0)::bigint as returned
              from order_line l
              where l.order_id = any($1)
              group by l.order_id, l.sku
            ), category as (
              select l.order_id, l.sku, p.category_code as code
              from line l
              join product p on p.sku = l.sku
              where p.category_code is not null
              union
              select c.order_id, c.sku, t.parent_code
              from category c
              join product_category t on t.code = c.code
              where t.parent_code is not null
            )
            select l.order_id, (l.amount * greatest(l.quantity - l.returned, 0) / l.quantity)::bigint as amount,
                   array(select c.code from category c where c.order_id = l.order_id and c.sku = l.sku) as categories
            from line l
            where l.quantity > 0
            """;

    /** As they stand now, oldest first: what has happened to them since comes again and changes nothing. */
    Uni<List<Purchase>> purchases(SqlConnection tx, Collection<UUID> orders, boolean withLines) {
        Object ids = orders.toArray(UUID[]::new);
        return tx.preparedQuery(ORDERS)
                .execute(Params.of(ids))
                .chain(rows -> withLines
                        ? tx.preparedQuery(LINES).execute(Params.of(ids)).map(lines -> purchases(rows, lines(lines)))
                        : Uni.createFrom().item(purchases(rows, Map.of())));
    }

    private static Map<UUID, List<Purchase.Line>> lines(RowSet<Row> rows) {
        Map<UUID, List<Purchase.Line>> lines = new HashMap<>();
        rows.forEach(row -> lines.computeIfAbsent(row.getUUID("order_id"), _ -> new ArrayList<>())
                .add(new Purchase.Line(row.getLong("amount"), Set.of(row.getArrayOfStrings("categories")))));
        return lines;
    }

    private static List<Purchase> purchases(RowSet<Row> rows, Map<UUID, List<Purchase.Line>> lines) {
        return Rows.list(rows, row -> {
            String state = row.getString("state");
            boolean paid = state.equals("PAID") || state.equals("PARTLY_RETURNED");
            UUID id = row.getUUID("id");
            return new Purchase(
                    id,
                    row.getString("external_id"),
                    row.getUUID("customer_id"),
                    row.getOffsetDateTime("ordered_at").toInstant(),
                    paid,
                    state.equals("CANCELLED") || state.equals("RETURNED"),
                    paid ? Math.max(0, row.getLong("amount")) : 0,
                    row.getInteger("earlier"),
                    row.getString("level"),
                    lines.getOrDefault(id, List.of()));
        });
    }
}
