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
    // One round trip and one transaction for thousands of orders: as fast as COPY into the same tables (docs/adr on
    // imports).
    // "(x in (select ...)) is true" instead of a join: it is always a hashed look-up, whereas the planner of a prepared
    // statement
    // guesses ten rows for every array and would join thousands of lines by nested loops.
    // Lines of new orders are inserted plainly, since ON CONFLICT checks each row twice; only those of changed orders,
    // whose id is
    // the stored one and not the one minted here, are merged.
    /* language=PostgreSQL */
    private static final String WRITE = """
            with sent as materialized (
              select s.*, coalesce(s.given_customer_id, i.customer_id) as customer_id
              from unnest($1::int[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::timestamptz[], $7::text[], $8::bigint[],
                          $9::text[], $10::bigint[], $11::int[])
                as s (n, id, external_id, given_customer_id, customer_external_id, ordered_at, status, amount,
                      channel, fingerprint, line_count)
              left join identity i on i.kind = 'EXTERNAL_ID' and i.key = s.customer_external_id
            ), line as materialized (
              select *
              from unnest($12::uuid[], $13::int[], $14::text[], $15::int[], $16::bigint[], $17::bigint[])
                as l (order_id, position, sku, quantity, price, discount)
            ), written as (
              insert into orders as o
                (id, external_id, customer_id, ordered_at, status, amount, channel, version, fingerprint, recorded_at)
              select s.id, s.external_id, s.customer_id, s.ordered_at, s.status, s.amount, s.channel, 1, s.fingerprint, $18
              from sent s
              where s.customer_id is not null
                and (s.given_customer_id is null or exists (select from customer c where c.id = s.given_customer_id))
              on conflict (external_id) do update set
                ordered_at = excluded.ordered_at,
                status = excluded.status,
                amount = excluded.amount,
                channel = excluded.channel,
                version = o.version + 1,
                fingerprint = excluded.fingerprint,
                recorded_at = excluded.recorded_at
                where o.customer_id = excluded.customer_id
                  and o.fingerprint <> excluded.fingerprint
                  and o.recorded_at < $19
              returning o.id, o.external_id, o.customer_id, o.ordered_at, o.status, o.amount, o.channel, o.version
            ), new_lines as (
              insert into order_line (order_id, position, sku, quantity, price, discount)
              select l.order_id, l.position, l.sku, l.quantity, l.price, l.discount
              from line l
              where (l.order_id in (select w.id from written w where w.version = 1)) is true
            ), changed as (
              select w.id, s.id as minted_id, s.line_count
              from written w
              join sent s on s.external_id = w.external_id
              where w.version > 1
            ), changed_lines as (
              insert into order_line (order_id, position, sku, quantity, price, discount)
              select c.id, l.position, l.sku, l.quantity, l.price, l.discount
              from changed c
              join line l on l.order_id = c.minted_id
              on conflict (order_id, position) do update set
                sku = excluded.sku,
                quantity = excluded.quantity,
                price = excluded.price,
                discount = excluded.discount
            ), dropped_lines as (
              delete from order_line l
              using changed c
              where l.order_id = c.id and l.position > c.line_count
            ), announced as (
              insert into feed_event (subject, type, occurred_at, data)
              select w.customer_id, 'order.changed', $18, jsonb_strip_nulls(jsonb_build_object(
                'orderId', w.id,
                'customerId', w.customer_id,
                'orderedAt', to_char(w.ordered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                'status', w.status,
                'amount', w.amount,
                'channel', w.channel,
                'version', w.version))
              from written w
            )
            select s.n, w.id
            from sent s
            left join written w on w.external_id = s.external_id
            where w.id is null or w.version > 1
            """;

    // Why an order was not written. Only ever asked for those few.
    /* language=PostgreSQL */
    private static final String EXPLAIN = """
            select s.n, o.id, o.fingerprint = s.fingerprint as unchanged, c.id is not null as customer_known,
                   o.customer_id = c.id as same_customer
            from unnest($1::int[], $2::text[], $3::uuid[], $4::text[], $5::bigint[])
              as s (n, external_id, customer_id, customer_external_id, fingerprint)
            left join identity i on i.kind = 'EXTERNAL_ID' and i.key = s.customer_external_id
            left join customer c on c.id = coalesce(s.customer_id, i.customer_id)
            left join orders o on o.external_id = s.external_id
            """;

    /* language=PostgreSQL */
    private static final String ORDER = """
            select id, external_id, customer_id, ordered_at, status, amount, channel, version
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

    /** An order of a batch that has a minted id; {@code n} is its place in what the caller sent. */
    record Numbered(int n, UUID id, OrderDraft draft, long fingerprint) {}

    /** Among the written ones only those that existed before: {@code id} is theirs. Null: not written. */
    record Unusual(int n, @Nullable UUID id) {}

    record Explanation(int n, @Nullable UUID id, boolean unchanged, boolean customerKnown, boolean sameCustomer) {}

    private record NumberedLine(UUID orderId, int position, OrderLine line) {}

    Uni<List<Unusual>> write(SqlClient client, List<Numbered> orders, Instant now, @Nullable Instant unlessSince) {
        return client.preparedQuery(WRITE)
                .execute(parameters(orders, now, unlessSince))
                .map(rows -> Rows.list(rows, row -> new Unusual(row.getInteger("n"), row.getUUID("id"))));
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
                Params.integers(orders, order -> order.draft().lines().size()),
                Params.uuids(lines, NumberedLine::orderId),
                Params.integers(lines, NumberedLine::position),
                Params.texts(lines, line -> line.line().sku()),
                Params.integers(lines, line -> line.line().quantity()),
                Params.longs(lines, line -> line.line().price()),
                Params.longs(lines, line -> line.line().discount()),
                now.atOffset(ZoneOffset.UTC),
                unlessSince == null ? NEVER : unlessSince.atOffset(ZoneOffset.UTC));
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
