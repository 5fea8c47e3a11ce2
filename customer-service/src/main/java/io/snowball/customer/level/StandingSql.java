package io.snowball.customer.level;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who is on which level, in SQL. */
@ApplicationScoped
class StandingSql {
    // The one of them that ranks highest, where two people were merged.
    /* language=PostgreSQL */
    private static final String HELD = """
            select distinct on (h.customer_id) h.customer_id, h.level, h.changed_at
            from loyalty_level_change h
            left join loyalty_level l on l.code = h.level
            where h.customer_id = any($1) and h.review_at is not null
            order by h.customer_id, l.rank desc nulls last, h.changed_at desc
            """;

    // All levels whose conditions hold. A level has one window, so what counts is summed for each level.
    /* language=PostgreSQL */
    private static final String REACHED = """
            select c.id, l.code
            from unnest($1::uuid[]) as c (id)
            cross join loyalty_level l
            cross join lateral (
              select count(*) as orders, coalesce(sum(o.amount - o.returned), 0) as spent
              from orders o
              where o.customer_id = c.id and o.ordered_at > $2::timestamptz - make_interval(days => l.window_days)
                and o.ordered_at <= $2 and o.state in ('PAID', 'PARTLY_RETURNED')) bought
            where (l.min_spent is null or bought.spent >= l.min_spent)
              and (l.min_orders is null or bought.orders >= l.min_orders)
              and (l.min_points is null or l.min_points <= (
                select coalesce(sum(case e.kind when 'ACCRUAL' then e.points else -e.points end), 0)
                from points_entry e
                where e.customer_id = c.id and e.kind in ('ACCRUAL', 'TAKE_BACK')
                  and e.made_at > $2::timestamptz - make_interval(days => l.window_days)))
            """;

    // Of who has two, both are settled by one new row.
    /* language=PostgreSQL */
    private static final String CHANGE = """
            with settled as (
              update loyalty_level_change set review_at = null where customer_id = any($1) and review_at is not null
            )
            insert into loyalty_level_change (id, customer_id, level, previous, changed_at, review_at)
            select c.id, c.customer_id, c.level, c.previous, $5, case when c.level is not null then $6::timestamptz end
            from unnest($2::uuid[], $1::uuid[], $3::text[], $4::text[]) as c (id, customer_id, level, previous)
            """;

    /* language=PostgreSQL */
    private static final String POSTPONE =
            "update loyalty_level_change set review_at = $2 where customer_id = any($1) and review_at is not null";

    /* language=PostgreSQL */
    private static final String DUE = """
            select distinct d.customer_id
            from (
              select h.customer_id from loyalty_level_change h where h.review_at <= $1 order by h.review_at limit $2) d
            """;

    /* language=PostgreSQL */
    private static final String HISTORY = """
            select id, level, previous, changed_at, review_at
            from loyalty_level_change
            where customer_id = $1 and ($2::uuid is null or id < $2)
            order by id desc
            limit $3
            """;

    record Change(
            UUID id,
            UUID customerId,
            @Nullable String level,
            @Nullable String previous) {}

    record Past(UUID id, @Nullable String level, @Nullable String previous, Instant changedAt) {}

    Uni<Map<UUID, Level.Held>> held(SqlClient client, Collection<UUID> customers) {
        return client.preparedQuery(HELD)
                .execute(Params.of((Object) customers.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, Level.Held> held = new HashMap<>();
                    rows.forEach(row -> held.put(
                            row.getUUID("customer_id"),
                            new Level.Held(
                                    row.getString("level"),
                                    row.getOffsetDateTime("changed_at").toInstant())));
                    return held;
                });
    }

    Uni<Map<UUID, Set<String>>> reached(SqlConnection tx, Collection<UUID> customers, Instant now) {
        return tx.preparedQuery(REACHED)
                .execute(Params.of(customers.toArray(UUID[]::new), time(now)))
                .map(rows -> {
                    Map<UUID, Set<String>> reached = new HashMap<>();
                    rows.forEach(row -> reached.computeIfAbsent(row.getUUID("id"), _ -> new HashSet<>())
                            .add(row.getString("code")));
                    return reached;
                });
    }

    Uni<Void> change(SqlConnection tx, List<Change> changes, Instant now, Instant review) {
        return changes.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(CHANGE)
                        .execute(Params.of(
                                Params.uuids(changes, Change::customerId),
                                Params.uuids(changes, Change::id),
                                Params.texts(changes, Change::level),
                                Params.texts(changes, Change::previous),
                                time(now),
                                time(review)))
                        .replaceWithVoid();
    }

    Uni<Void> postpone(SqlConnection tx, Collection<UUID> customers, Instant review) {
        return tx.preparedQuery(POSTPONE)
                .execute(Params.of(customers.toArray(UUID[]::new), time(review)))
                .replaceWithVoid();
    }

    Uni<List<UUID>> due(SqlClient client, Instant now, int limit) {
        return client.preparedQuery(DUE)
                .execute(Params.of(time(now), limit))
                .map(rows -> Rows.list(rows, row -> row.getUUID("customer_id")));
    }

    Uni<List<Past>> history(SqlClient client, UUID customer, @Nullable UUID before, int limit) {
        return client.preparedQuery(HISTORY)
                .execute(Params.of(customer, before, limit))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Past(
                                row.getUUID("id"),
                                row.getString("level"),
                                row.getString("previous"),
                                row.getOffsetDateTime("changed_at").toInstant())));
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
