package io.snowball.customer.level;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** What levels there are, in SQL. */
@ApplicationScoped
class LevelSql {
    static final int MOST = 20;

    /* language=PostgreSQL */
    private static final String ALL = """
            select code, name, rank, min_spent, min_orders, min_points, window_days, keep_days
            from loyalty_level
            order by rank
            limit 20
            """;

    /* language=PostgreSQL */
    private static final String STORE = """
            insert into loyalty_level as l (code, name, rank, min_spent, min_orders, min_points, window_days, keep_days)
            select $1, $2, $3, $4, $5, $6, $7, $8
            where exists (select from loyalty_level x where x.code = $1) or (select count(*) from loyalty_level) < $9
            on conflict (code) do update set
              name = excluded.name, rank = excluded.rank, min_spent = excluded.min_spent, min_orders = excluded.min_orders,
              min_points = excluded.min_points, window_days = excluded.window_days, keep_days = excluded.keep_days
            """;

    /* language=PostgreSQL */
    private static final String DELETE = "delete from loyalty_level where code = $1";

    // Who is of the level is looked at anew.
    /* language=PostgreSQL */
    private static final String REVIEW_SOON =
            "update loyalty_level_change set review_at = $2 where level = $1 and review_at > $2";

    Uni<List<Level>> all(SqlClient client) {
        return client.preparedQuery(ALL).execute().map(rows -> Rows.list(rows, LevelSql::level));
    }

    /** @return whether there was room for it */
    Uni<Boolean> store(SqlConnection tx, Level level, Instant now) {
        return tx.preparedQuery(STORE)
                .execute(Params.of(
                        level.code(),
                        level.name(),
                        level.rank(),
                        level.minSpent(),
                        level.minOrders(),
                        level.minPoints(),
                        level.windowDays(),
                        level.keepDays(),
                        MOST))
                .map(rows -> rows.rowCount() == 1)
                .call(() -> reviewSoon(tx, level.code(), now));
    }

    Uni<Boolean> delete(SqlConnection tx, String code, Instant now) {
        return tx.preparedQuery(DELETE)
                .execute(Params.of(code))
                .map(rows -> rows.rowCount() == 1)
                .call(() -> reviewSoon(tx, code, now));
    }

    private static Uni<Void> reviewSoon(SqlConnection tx, String code, Instant now) {
        return tx.preparedQuery(REVIEW_SOON).execute(Params.of(code, time(now))).replaceWithVoid();
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static Level level(Row row) {
        return new Level(
                row.getString("code"),
                row.getString("name"),
                row.getInteger("rank"),
                row.getLong("min_spent"),
                row.getInteger("min_orders"),
                row.getLong("min_points"),
                row.getInteger("window_days"),
                row.getInteger("keep_days"));
    }
}
