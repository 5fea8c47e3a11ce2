package io.snowball.customer.points;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.points.Redemption.State;
import io.snowball.customer.points.Redemption.Use;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Redemptions in SQL. */
@ApplicationScoped
class RedemptionSql {
    /* language=PostgreSQL */
    private static final String STORE = """
            with stored as (
              insert into points_redemption as r
                (id, customer_id, order_id, points, captured, refunded, state, expires_at, created_at, captured_at)
              select x.id, x.customer_id, x.order_id, x.points, x.captured, x.refunded, x.state, x.expires_at, x.created_at,
                     x.captured_at
              from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[],
                          $8::timestamptz[], $9::timestamptz[], $10::timestamptz[])
                as x (id, customer_id, order_id, points, captured, refunded, state, expires_at, created_at, captured_at)
              on conflict (id) do update set
                captured = excluded.captured, refunded = excluded.refunded, state = excluded.state, captured_at = excluded.captured_at
            )
            insert into points_use as u (redemption_id, lot_id, points, returned)
            select x.redemption_id, x.lot_id, x.points, x.returned
            from unnest($11::uuid[], $12::uuid[], $13::bigint[], $14::bigint[]) as x (redemption_id, lot_id, points, returned)
            on conflict (redemption_id, lot_id) do update set returned = excluded.returned
            """;

    /* language=PostgreSQL */
    private static final String GET = """
            select id, customer_id, order_id, points, captured, refunded, state, expires_at, created_at, captured_at
            from points_redemption
            where id = any($1)
            """;

    // In the order in which the lots were spent.
    /* language=PostgreSQL */
    private static final String USES = """
            select u.redemption_id, u.lot_id, l.expires_at, u.points, u.returned
            from points_use u
            left join points_lot l on l.id = u.lot_id
            where u.redemption_id = any($1)
            order by u.redemption_id, l.expires_at nulls last, l.accrued_at, l.id
            """;

    /* language=PostgreSQL */
    private static final String OVERDUE = """
            select id, customer_id
            from points_redemption
            where state = 'HELD' and expires_at <= $1
            order by expires_at
            limit $2
            """;

    /* language=PostgreSQL */
    private static final String OF_ORDERS = """
            select id, customer_id
            from points_redemption
            where order_id = any($1) and state = 'CAPTURED' and refunded < captured
            """;

    record Reference(UUID id, UUID customerId) {}

    Uni<Void> store(SqlConnection tx, Collection<Redemption> redemptions) {
        record Owned(UUID redemption, Use use) {}
        if (redemptions.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Owned> uses = new ArrayList<>();
        redemptions.forEach(one -> one.uses().forEach(use -> uses.add(new Owned(one.id(), use))));
        return tx.preparedQuery(STORE)
                .execute(Params.of(
                        Params.uuids(redemptions, Redemption::id),
                        Params.uuids(redemptions, Redemption::customerId),
                        Params.texts(redemptions, Redemption::orderId),
                        Params.longs(redemptions, Redemption::points),
                        Params.longs(redemptions, Redemption::captured),
                        Params.longs(redemptions, Redemption::refunded),
                        Params.texts(redemptions, one -> one.state().name()),
                        redemptions.stream()
                                .map(one -> PointsSql.time(one.expiresAt()))
                                .toArray(OffsetDateTime[]::new),
                        redemptions.stream()
                                .map(one -> PointsSql.time(one.createdAt()))
                                .toArray(OffsetDateTime[]::new),
                        redemptions.stream()
                                .map(one -> PointsSql.time(one.capturedAt()))
                                .toArray(OffsetDateTime[]::new),
                        Params.uuids(uses, Owned::redemption),
                        Params.uuids(uses, owned -> owned.use().lotId()),
                        Params.longs(uses, owned -> owned.use().points()),
                        Params.longs(uses, owned -> owned.use().returned())))
                .replaceWithVoid();
    }

    /** With their uses only after the customer's wallet is locked: until then somebody may be changing them. */
    Uni<List<Redemption>> get(SqlClient client, Collection<UUID> ids) {
        Object given = ids.toArray(UUID[]::new);
        return client.preparedQuery(USES).execute(Params.of(given)).chain(rows -> {
            Map<UUID, List<Use>> uses = new HashMap<>();
            rows.forEach(row -> uses.computeIfAbsent(row.getUUID("redemption_id"), _ -> new ArrayList<>())
                    .add(new Use(
                            row.getUUID("lot_id"),
                            PointsSql.instant(row, "expires_at"),
                            row.getLong("points"),
                            row.getLong("returned"))));
            return client.preparedQuery(GET)
                    .execute(Params.of(given))
                    .map(found ->
                            Rows.list(found, row -> redemption(row, uses.getOrDefault(row.getUUID("id"), List.of()))));
        });
    }

    Uni<List<Reference>> overdue(SqlClient client, Instant now, int limit) {
        return client.preparedQuery(OVERDUE)
                .execute(Params.of(now.atOffset(ZoneOffset.UTC), limit))
                .map(rows -> Rows.list(rows, RedemptionSql::reference));
    }

    Uni<List<Reference>> ofOrders(SqlClient client, Collection<String> orders) {
        return client.preparedQuery(OF_ORDERS)
                .execute(Params.of((Object) orders.toArray(String[]::new)))
                .map(rows -> Rows.list(rows, RedemptionSql::reference));
    }

    private static Reference reference(Row row) {
        return new Reference(row.getUUID("id"), row.getUUID("customer_id"));
    }

    private static Redemption redemption(Row row, List<Use> uses) {
        return new Redemption(
                row.getUUID("id"),
                row.getUUID("customer_id"),
                row.getString("order_id"),
                row.getLong("points"),
                row.getLong("captured"),
                row.getLong("refunded"),
                State.valueOf(row.getString("state")),
                PointsSql.instant(row, "expires_at"),
                row.getOffsetDateTime("created_at").toInstant(),
                PointsSql.instant(row, "captured_at"),
                uses);
    }
}
