package io.snowball.customer.loyalty;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.loyalty.Giving.Accrual;
import io.snowball.customer.loyalty.Giving.Difference;
import io.snowball.customer.loyalty.Giving.Given;
import io.snowball.customer.loyalty.Giving.Owner;
import io.snowball.customer.loyalty.Giving.Tally;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.id.Ids;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What has happened, and what was given for it, in SQL. */
@ApplicationScoped
class AccrualSql {
    static final int PAGE = 500;

    /* language=PostgreSQL */
    private static final String START =
            "insert into feed_cursor (feed, last_event_id, moved_at) values ('loyalty', '0-0', $1) on conflict do nothing";

    // Replicas take turns here.
    /* language=PostgreSQL */
    private static final String CURSOR = """
            select split_part(last_event_id, '-', 1)::bigint as tx, split_part(last_event_id, '-', 2)::bigint as position
            from feed_cursor
            where feed = 'loyalty'
            for update
            """;

    /* language=PostgreSQL */
    private static final String MOVE =
            "update feed_cursor set last_event_id = $1 || '-' || $2, moved_at = $3 where feed = 'loyalty'";

    // Our own outbox, as siblings see it: below the oldest running transaction nothing can be added any more.
    /* language=PostgreSQL */
    private static final String READ = """
            select e.tx, e.position, e.type, e.subject, e.data ->> 'orderId' as order_id, e.data ->> 'eventId' as event_id,
                   e.data ->> 'type' as event_type, coalesce(e.data ->> 'occurredAt', e.data ->> 'registeredAt')::timestamptz as at
            from feed_event e
            where (e.tx, e.position) > ($1, $2)
              and e.tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
            order by e.tx, e.position
            limit $3
            """;

    // Nothing hangs on what happens: there are no rules, no levels, and nothing to give back.
    /* language=PostgreSQL */
    private static final String IDLE = """
            select not exists (select from loyalty_rule) and not exists (select from loyalty_level)
              and not exists (select from points_redemption) as idle
            """;

    /* language=PostgreSQL */
    private static final String LATEST = """
            select e.tx, e.position
            from feed_event e
            where (e.tx, e.position) > ($1, $2)
              and e.tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
            order by e.tx desc, e.position desc
            limit 1
            """;

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

    /* language=PostgreSQL */
    private static final String RECOGNISED = """
            select distinct i.customer_id
            from identity i
            where i.customer_id = any($1) and i.kind not in ('COOKIE', 'PUSH', 'WEB_PUSH')
            """;

    /* language=PostgreSQL */
    private static final String STORED =
            "select rule_id, source, customer_id, points from loyalty_accrual where source = any($1)";

    /* language=PostgreSQL */
    private static final String TALLIES = """
            select rule_id, customer_id, sum(points)::bigint as points, count(*) filter (where points > 0)::int as times
            from loyalty_accrual
            where customer_id = any($1) and rule_id = any($2)
            group by rule_id, customer_id
            """;

    /* language=PostgreSQL */
    private static final String STORE = """
            insert into loyalty_accrual (id, rule_id, source, customer_id, points)
            select a.id, a.rule_id, a.source, a.customer_id, a.points
            from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::bigint[]) as a (id, rule_id, source, customer_id, points)
            on conflict (rule_id, source) do update set points = excluded.points
            """;

    record Position(long tx, long position) {}

    /** An event of the outbox. */
    record Happening(
            Position place,
            String type,
            UUID subject,
            @Nullable UUID orderId,
            @Nullable UUID eventId,
            @Nullable String eventType,
            @Nullable Instant at) {}

    Uni<Position> cursor(SqlConnection tx, Instant now) {
        return tx.preparedQuery(START)
                .execute(Params.of(now.atOffset(ZoneOffset.UTC)))
                .chain(() -> tx.preparedQuery(CURSOR).execute())
                .map(rows -> position(rows.iterator().next()));
    }

    Uni<Void> move(SqlConnection tx, Position to, Instant now) {
        return tx.preparedQuery(MOVE)
                .execute(
                        Params.of(String.valueOf(to.tx()), String.valueOf(to.position()), now.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    Uni<List<Happening>> read(SqlConnection tx, Position after) {
        return tx.preparedQuery(READ)
                .execute(Params.of(after.tx(), after.position(), PAGE))
                .map(rows -> Rows.list(rows, AccrualSql::happening));
    }

    Uni<Boolean> isIdle(SqlConnection tx) {
        return tx.preparedQuery(IDLE)
                .execute()
                .map(rows -> rows.iterator().next().getBoolean("idle"));
    }

    Uni<List<Position>> latest(SqlConnection tx, Position after) {
        return tx.preparedQuery(LATEST)
                .execute(Params.of(after.tx(), after.position()))
                .map(rows -> Rows.list(rows, AccrualSql::position));
    }

    /** As they stand now, oldest first: what has happened to them since comes again and changes nothing. */
    Uni<List<Purchase>> purchases(SqlConnection tx, Collection<UUID> orders, boolean withLines) {
        Object ids = orders.toArray(UUID[]::new);
        return tx.preparedQuery(ORDERS)
                .execute(Params.of(ids))
                .chain(rows -> withLines
                        ? tx.preparedQuery(LINES).execute(Params.of(ids)).map(lines -> purchases(rows, lines(lines)))
                        : Uni.createFrom().item(purchases(rows, Map.of())));
    }

    /** Who of them is more than a visitor. */
    Uni<Set<UUID>> recognised(SqlConnection tx, Collection<UUID> customers) {
        return tx.preparedQuery(RECOGNISED)
                .execute(Params.of((Object) customers.toArray(UUID[]::new)))
                .map(rows -> new HashSet<>(Rows.list(rows, row -> row.getUUID("customer_id"))));
    }

    Uni<Map<Given, Accrual>> stored(SqlConnection tx, Collection<String> sources) {
        return tx.preparedQuery(STORED)
                .execute(Params.of((Object) sources.toArray(String[]::new)))
                .map(rows -> {
                    Map<Given, Accrual> stored = new HashMap<>();
                    rows.forEach(row -> stored.put(
                            new Given(row.getUUID("rule_id"), row.getString("source")),
                            new Accrual(row.getUUID("customer_id"), row.getLong("points"))));
                    return stored;
                });
    }

    Uni<Map<Owner, Tally>> tallies(SqlConnection tx, Collection<UUID> customers, Collection<UUID> rules) {
        return tx.preparedQuery(TALLIES)
                .execute(Params.of(customers.toArray(UUID[]::new), rules.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<Owner, Tally> tallies = new HashMap<>();
                    rows.forEach(row -> tallies.put(
                            new Owner(row.getUUID("rule_id"), row.getUUID("customer_id")),
                            new Tally(row.getLong("points"), row.getInteger("times"))));
                    return tallies;
                });
    }

    Uni<Void> store(SqlConnection tx, List<Difference> differences) {
        return differences.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(STORE)
                        .execute(Params.of(
                                Params.uuids(differences, _ -> Ids.next()),
                                Params.uuids(differences, each -> each.rule().id()),
                                Params.texts(differences, Difference::source),
                                Params.uuids(differences, Difference::customerId),
                                Params.longs(differences, Difference::points)))
                        .replaceWithVoid();
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

    private static Position position(Row row) {
        return new Position(row.getLong("tx"), row.getLong("position"));
    }

    private static Happening happening(Row row) {
        var at = row.getOffsetDateTime("at");
        return new Happening(
                position(row),
                row.getString("type"),
                row.getUUID("subject"),
                uuid(row.getString("order_id")),
                uuid(row.getString("event_id")),
                row.getString("event_type"),
                at == null ? null : at.toInstant());
    }

    private static @Nullable UUID uuid(@Nullable String text) {
        return text == null ? null : UUID.fromString(text);
    }
}
