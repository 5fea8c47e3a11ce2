package io.snowball.customer.order;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writing what shops tell of orders, in SQL. One statement writes a whole batch of new ones: orders, lines and the feed. */
@ApplicationScoped
class OrderBatchSql {
    /* language=PostgreSQL */
    private static final String CATEGORIES =
            "select sku, category_code from product where sku = any($1) and category_code is not null";

    private static final String STORED_ID = "(select o.id from orders o where o.external_id = s.external_id)";

    // The orders of a batch, with their customers. Look-ups are scalar sub-selects: as joins, or as EXISTS, the planner
    // may read all customers and all orders for each batch.
    /* language=PostgreSQL */
    private static final String SENT = """
            with sent as materialized (
              select s.*,
                     case when s.given_customer_id is null
                       then (select i.customer_id from identity i where i.kind = 'EXTERNAL_ID' and i.key = s.customer_external_id
                               and i.system = '')
                       else coalesce(
                         (select c.id from customer c where c.id = s.given_customer_id),
                         (select a.customer_id from customer_alias a where a.id = s.given_customer_id)) end as customer_id,
            """ + STORED_ID + """
             as stored_id
              from unnest($1::int[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::timestamptz[], $7::text[], $8::bigint[],
                          $9::text[], $10::text[], $11::text[], $12::bigint[], $13::text[])
                as s (n, id, external_id, given_customer_id, customer_external_id, ordered_at, status, amount,
                      channel, shop, payment_method, fingerprint, facts)
            """;

    // Nearly all orders of nearly all batches are new, and this is all that these need. ON CONFLICT would check each
    // row twice, a foreign key each order's customer by itself: the gate keeps them from being taken away.
    // "(x in (select ...)) is true" is always a hashed look-up, whereas the planner of a prepared statement may guess
    // ten rows for an array and join thousands by nested loops. Answers what it left alone: orders that are stored, and
    // orders of nobody.
    /* language=PostgreSQL */
    private static final String INSERT_NEW = SENT + """
            ), fresh as materialized (
              select s.n, s.id, s.external_id, s.customer_id, s.ordered_at, s.status, s.amount, s.channel, s.shop,
                     s.payment_method, s.fingerprint, s.facts
              from sent s
              where s.stored_id is null and s.customer_id is not null
            ), written as (
              insert into orders
                (id, external_id, customer_id, ordered_at, status, amount, channel, shop, payment_method, version, fingerprint,
                 recorded_at)
              select f.id, f.external_id, f.customer_id, f.ordered_at, f.status, f.amount, f.channel, f.shop, f.payment_method,
                     1, f.fingerprint, $14
              from fresh f
            ), written_lines as (
              insert into order_line (order_id, position, sku, quantity, price, discount)
              select l.order_id, l.position, l.sku, l.quantity, l.price, l.discount
              from unnest($15::uuid[], $16::int[], $17::text[], $18::int[], $19::bigint[], $20::bigint[])
                as l (order_id, position, sku, quantity, price, discount)
              where (l.order_id in (select f.id from fresh f)) is true
            ), announced as (
              insert into feed_event (subject, type, occurred_at, data)
              select f.customer_id, 'order.changed', $14,
                     ('{"orderId":"' || f.id || '","customerId":"' || f.customer_id || '","version":1,"status":"' || f.status
                       || '","amount":' || f.amount || ',' || f.facts)::jsonb
              from fresh f
            )
            select s.n
            from sent s
            where (s.n in (select f.n from fresh f)) is not true
            """;

    // For orders that are new: the unique index finds out anyway, and to look for them first is a tenth of the
    // statement. One that is stored makes it fail.
    private static final String INSERT_UNSEEN = INSERT_NEW.replace(STORED_ID, "null::uuid");

    // For what INSERT_NEW left alone. Answers the orders that were changed; their lines are for MERGE_LINES.
    /* language=PostgreSQL */
    private static final String CHANGE = SENT + """
            ), changed as (
              update orders o
              set ordered_at = s.ordered_at,
                  status = s.status,
                  amount = s.amount,
                  channel = s.channel,
                  shop = s.shop,
                  payment_method = s.payment_method,
                  version = o.version + 1,
                  fingerprint = s.fingerprint,
                  recorded_at = $14
              from sent s
              where o.id = s.stored_id
                and o.customer_id = s.customer_id
                and o.fingerprint <> s.fingerprint
                and o.recorded_at < $15
              returning s.n, o.id, o.customer_id, o.version, o.state, o.amount, o.returned, s.facts
            ), announced as (
              insert into feed_event (subject, type, occurred_at, data)
              select c.customer_id, 'order.changed', $14,
                     ('{"orderId":"' || c.id || '","customerId":"' || c.customer_id || '","version":' || c.version
                       || ',"status":"' || c.state
                       || '","amount":' || case c.state when 'PARTLY_RETURNED' then c.amount - c.returned else c.amount end
                       || case c.returned when 0 then '' else ',"returned":' || c.returned end
                       || ',' || c.facts)::jsonb
              from changed c
            )
            select c.n, c.id
            from changed c
            """;

    /* language=PostgreSQL */
    private static final String MERGE_LINES = """
            with changed as (
              select c.id, c.line_count
              from unnest($1::uuid[], $2::int[]) as c (id, line_count)
            ), dropped as (
              delete from order_line l
              using changed c
              where l.order_id = c.id and l.position > c.line_count
            )
            insert into order_line as o (order_id, position, sku, quantity, price, discount)
            select l.order_id, l.position, l.sku, l.quantity, l.price, l.discount
            from unnest($3::uuid[], $4::int[], $5::text[], $6::int[], $7::bigint[], $8::bigint[])
              as l (order_id, position, sku, quantity, price, discount)
            on conflict (order_id, position) do update set
              sku = excluded.sku,
              quantity = excluded.quantity,
              price = excluded.price,
              discount = excluded.discount
            """;

    private static final OffsetDateTime NEVER = OffsetDateTime.parse("9999-12-31T00:00:00Z");

    /** An order of a batch; {@code n} is its place in what the caller sent, the id is minted for it or the stored one. */
    record Numbered(int n, UUID id, OrderDraft draft, long fingerprint) {
        Numbered storedAs(UUID stored) {
            return new Numbered(n, stored, draft, fingerprint);
        }
    }

    record Changed(int n, UUID id) {}

    private record NumberedLine(UUID orderId, int position, OrderLine line) {}

    /** Of the products of these orders, by sku; absent where the catalogue knows none. */
    Uni<Map<String, String>> categories(SqlClient client, List<Numbered> orders) {
        String[] skus = orders.stream()
                .flatMap(order -> order.draft().lines().stream())
                .map(OrderLine::sku)
                .distinct()
                .toArray(String[]::new);
        return client.preparedQuery(CATEGORIES)
                .execute(Params.of((Object) skus))
                .map(rows -> {
                    Map<String, String> categories = HashMap.newHashMap(rows.size());
                    rows.forEach(row -> categories.put(row.getString("sku"), row.getString("category_code")));
                    return categories;
                });
    }

    /**
     * @param unseen whether to take it that none of them is stored: fails where one is
     * @return the places of what was not written, because it is stored already or because there is no such customer
     */
    Uni<Set<Integer>> insertNew(
            SqlClient client, List<Numbered> orders, Map<String, String> categories, Instant now, boolean unseen) {
        List<NumberedLine> lines = lines(orders);
        Tuple parameters = parameters(orders, categories)
                .addValue(now.atOffset(ZoneOffset.UTC))
                .addValue(Params.uuids(lines, NumberedLine::orderId))
                .addValue(Params.integers(lines, NumberedLine::position))
                .addValue(Params.texts(lines, line -> line.line().sku()))
                .addValue(Params.integers(lines, line -> line.line().quantity()))
                .addValue(Params.longs(lines, line -> line.line().price()))
                .addValue(Params.longs(lines, line -> line.line().discount()));
        return client.preparedQuery(unseen ? INSERT_UNSEEN : INSERT_NEW)
                .execute(parameters)
                .map(rows -> new HashSet<>(Rows.list(rows, row -> row.getInteger("n"))));
    }

    /** @param unlessSince what was written at or after this time is left alone */
    Uni<List<Changed>> change(
            SqlClient client,
            List<Numbered> orders,
            Map<String, String> categories,
            Instant now,
            @Nullable Instant unlessSince) {
        Tuple parameters = parameters(orders, categories)
                .addValue(now.atOffset(ZoneOffset.UTC))
                .addValue(unlessSince == null ? NEVER : unlessSince.atOffset(ZoneOffset.UTC));
        return client.preparedQuery(CHANGE)
                .execute(parameters)
                .map(rows -> Rows.list(rows, row -> new Changed(row.getInteger("n"), row.getUUID("id"))));
    }

    /** @param orders with their stored ids */
    Uni<Void> mergeLines(SqlClient client, List<Numbered> orders) {
        List<NumberedLine> lines = lines(orders);
        return client.preparedQuery(MERGE_LINES)
                .execute(Params.of(
                        Params.uuids(orders, Numbered::id),
                        Params.integers(orders, order -> order.draft().lines().size()),
                        Params.uuids(lines, NumberedLine::orderId),
                        Params.integers(lines, NumberedLine::position),
                        Params.texts(lines, line -> line.line().sku()),
                        Params.integers(lines, line -> line.line().quantity()),
                        Params.longs(lines, line -> line.line().price()),
                        Params.longs(lines, line -> line.line().discount())))
                .replaceWithVoid();
    }

    /** Of {@link #SENT}. */
    private static Tuple parameters(List<Numbered> orders, Map<String, String> categories) {
        return Params.of(
                Params.integers(orders, Numbered::n),
                Params.uuids(orders, Numbered::id),
                Params.texts(orders, order -> order.draft().externalId()),
                Params.uuids(orders, order -> order.draft().customerId()),
                Params.texts(orders, order -> order.draft().customerExternalId()),
                orders.stream()
                        .map(order -> order.draft().orderedAt().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new),
                Params.texts(orders, order -> order.draft().status().name()),
                Params.longs(orders, order -> order.draft().amount()),
                Params.texts(orders, order -> order.draft().channel()),
                Params.texts(orders, order -> order.draft().shop()),
                Params.texts(orders, order -> order.draft().paymentMethod()),
                Params.longs(orders, Numbered::fingerprint),
                Params.texts(orders, order -> FeedFacts.of(order.draft(), categories)));
    }

    private static List<NumberedLine> lines(List<Numbered> orders) {
        List<NumberedLine> lines = new ArrayList<>(orders.size() * 2);
        for (Numbered order : orders) {
            int position = 0;
            for (OrderLine line : order.draft().lines()) {
                lines.add(new NumberedLine(order.id(), ++position, line));
            }
        }
        return lines;
    }
}
