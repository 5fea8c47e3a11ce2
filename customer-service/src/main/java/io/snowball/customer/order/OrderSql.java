package io.snowball.customer.order;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Orders in SQL. One statement writes a whole batch: orders, lines and the feed. */
@ApplicationScoped
class OrderSql {
    // One statement for thousands of orders: two of them at a time are about as fast as COPY into the same tables.
    // Look-ups are sub-selects and not joins: a join would read all customers for each batch. "(x in (select ...)) is
    // true" is
    // always a hashed look-up, whereas the planner of a prepared statement may guess ten rows for an array and join
    // thousands
    // by nested loops. Lines are inserted plainly, since ON CONFLICT checks each row twice; changed orders get theirs
    // by MERGE_LINES.
    // Answers what is not simply new: not written (id is null), or changed.
    /* language=PostgreSQL */
    private static final String WRITE = """
            with sent as materialized (
              select s.*,
                     case when s.given_customer_id is null
                       then (select i.customer_id from identity i where i.kind = 'EXTERNAL_ID' and i.key = s.customer_external_id)
                       else (select c.id from customer c where c.id = s.given_customer_id) end as customer_id
              from unnest($1::int[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::timestamptz[], $7::text[], $8::bigint[],
                          $9::text[], $10::bigint[], $19::text[], $20::text[])
                as s (n, id, external_id, given_customer_id, customer_external_id, ordered_at, status, amount,
                      channel, fingerprint, shop, payment_method)
            ), written as (
              insert into orders as o
                (id, external_id, customer_id, ordered_at, status, amount, channel, shop, payment_method, version, fingerprint,
                 recorded_at)
              select s.id, s.external_id, s.customer_id, s.ordered_at, s.status, s.amount, s.channel, s.shop, s.payment_method,
                     1, s.fingerprint, $17
              from sent s
              where s.customer_id is not null
              on conflict (external_id) do update set
                ordered_at = excluded.ordered_at,
                status = excluded.status,
                amount = excluded.amount,
                channel = excluded.channel,
                shop = excluded.shop,
                payment_method = excluded.payment_method,
                version = o.version + 1,
                fingerprint = excluded.fingerprint,
                recorded_at = excluded.recorded_at
                where o.customer_id = excluded.customer_id
                  and o.fingerprint <> excluded.fingerprint
                  and o.recorded_at < $18
              returning o.id, o.external_id, o.customer_id, o.ordered_at, o.state, o.amount, o.returned, o.channel, o.shop,
                        o.payment_method, o.version
            ), new_lines as (
              insert into order_line (order_id, position, sku, quantity, price, discount)
              select l.order_id, l.position, l.sku, l.quantity, l.price, l.discount
              from unnest($11::uuid[], $12::int[], $13::text[], $14::int[], $15::bigint[], $16::bigint[])
                as l (order_id, position, sku, quantity, price, discount)
              where (l.order_id in (select w.id from written w where w.version = 1)) is true
            ), announced as (
              insert into feed_event (subject, type, occurred_at, data)
              select w.customer_id, 'order.changed', $17, jsonb_strip_nulls(jsonb_build_object(
                'orderId', w.id,
                'customerId', w.customer_id,
                'orderedAt', to_char(w.ordered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                'status', w.state,
                'amount', case w.state when 'PARTLY_RETURNED' then w.amount - w.returned else w.amount end,
                'returned', nullif(w.returned, 0),
                'channel', w.channel,
                'shop', w.shop,
                'paymentMethod', w.payment_method,
                'version', w.version,
                -- One object of all lines by order: looked up by key, where a join might be planned as a nested loop.
                'lines', (select $21::text::jsonb) -> w.external_id))
              from written w
            )
            select s.n, w.id
            from sent s
            left join written w on w.external_id = s.external_id and w.version > 1
            where (s.id in (select f.id from written f where f.version = 1)) is not true
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

    // Why an order was not written. Only ever asked for those few.
    /* language=PostgreSQL */
    private static final String EXPLAIN = """
            with sent as materialized (
              select s.n, s.external_id, s.fingerprint,
                     case when s.customer_id is null
                       then (select i.customer_id from identity i where i.kind = 'EXTERNAL_ID' and i.key = s.customer_external_id)
                       else (select c.id from customer c where c.id = s.customer_id) end as customer_id
              from unnest($1::int[], $2::text[], $3::uuid[], $4::text[], $5::bigint[])
                as s (n, external_id, customer_id, customer_external_id, fingerprint)
            )
            select s.n, o.id, o.fingerprint = s.fingerprint as unchanged, s.customer_id is not null as customer_known,
                   o.customer_id = s.customer_id as same_customer
            from sent s
            left join orders o on o.external_id = s.external_id
            """;

    /* language=PostgreSQL */
    private static final String ORDER = """
            select id, external_id, customer_id, ordered_at, state, amount, returned, channel, shop, payment_method, version
            from orders
            """;

    private static final String GET = ORDER + "where id = $1";

    /* language=PostgreSQL */
    private static final String PAGE = ORDER + """
            where customer_id = $1
              and ($2::timestamptz is null or (ordered_at, id) < ($2, $3::uuid))
            order by ordered_at desc, id desc
            limit $4
            """;

    /* language=PostgreSQL */
    private static final String LINES = """
            select order_id, sku, quantity, price, discount
            from order_line
            where order_id = any($1)
            order by order_id, position
            limit 200000
            """;

    private static final OffsetDateTime NEVER = OffsetDateTime.parse("9999-12-31T00:00:00Z");

    /** An order of a batch; {@code n} is its place in what the caller sent, the id is minted for it or the stored one. */
    record Numbered(int n, UUID id, OrderDraft draft, long fingerprint) {
        Numbered storedAs(UUID stored) {
            return new Numbered(n, stored, draft, fingerprint);
        }
    }

    /** An order that is not new: {@code id} is the stored one that was changed, or null where nothing was written. */
    record Unusual(int n, @Nullable UUID id) {}

    record Explanation(int n, @Nullable UUID id, boolean unchanged, boolean customerKnown, boolean sameCustomer) {}

    private record NumberedLine(UUID orderId, int position, OrderLine line) {}

    Uni<List<Unusual>> write(SqlClient client, List<Numbered> orders, Instant now, @Nullable Instant unlessSince) {
        return client.preparedQuery(WRITE)
                .execute(parameters(orders, now, unlessSince))
                .map(rows -> Rows.list(rows, row -> new Unusual(row.getInteger("n"), row.getUUID("id"))));
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

    Uni<List<Explanation>> explain(SqlClient client, List<Numbered> orders) {
        return client.preparedQuery(EXPLAIN)
                .execute(Params.of(
                        Params.integers(orders, Numbered::n),
                        Params.texts(orders, order -> order.draft().externalId()),
                        Params.uuids(orders, order -> order.draft().customerId()),
                        Params.texts(orders, order -> order.draft().customerExternalId()),
                        Params.longs(orders, Numbered::fingerprint)))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Explanation(
                                row.getInteger("n"),
                                row.getUUID("id"),
                                isTrue(row, "unchanged"),
                                isTrue(row, "customer_known"),
                                isTrue(row, "same_customer"))));
    }

    Uni<List<StoredOrder>> get(SqlClient client, UUID id) {
        return client.preparedQuery(GET).execute(Params.of(id)).map(rows -> Rows.list(rows, StoredOrder::of));
    }

    Uni<List<StoredOrder>> page(
            SqlClient client, UUID customerId, @Nullable Instant beforeTime, @Nullable UUID beforeId, int limit) {
        OffsetDateTime before = beforeTime == null ? null : beforeTime.atOffset(ZoneOffset.UTC);
        return client.preparedQuery(PAGE)
                .execute(Params.of(customerId, before, beforeId, limit))
                .map(rows -> Rows.list(rows, StoredOrder::of));
    }

    Uni<List<StoredOrder.Line>> lines(SqlClient client, List<StoredOrder> orders) {
        return client.preparedQuery(LINES)
                .execute(Params.of((Object) Params.uuids(orders, StoredOrder::id)))
                .map(rows -> Rows.list(rows, StoredOrder.Line::of));
    }

    private static Tuple parameters(List<Numbered> orders, Instant now, @Nullable Instant unlessSince) {
        List<NumberedLine> lines = lines(orders);
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
                Params.longs(orders, Numbered::fingerprint),
                Params.uuids(lines, NumberedLine::orderId),
                Params.integers(lines, NumberedLine::position),
                Params.texts(lines, line -> line.line().sku()),
                Params.integers(lines, line -> line.line().quantity()),
                Params.longs(lines, line -> line.line().price()),
                Params.longs(lines, line -> line.line().discount()),
                now.atOffset(ZoneOffset.UTC),
                unlessSince == null ? NEVER : unlessSince.atOffset(ZoneOffset.UTC),
                Params.texts(orders, order -> order.draft().shop()),
                Params.texts(orders, order -> order.draft().paymentMethod()),
                FeedLines.byOrder(orders));
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

    private static boolean isTrue(Row row, String column) {
        return Boolean.TRUE.equals(row.getBoolean(column));
    }
}
