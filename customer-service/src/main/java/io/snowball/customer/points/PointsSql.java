package io.snowball.customer.points;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Balances, the ledger and the settings of points in SQL. {@link WalletSql} is how they are changed. */
@ApplicationScoped
class PointsSql {
    // What has expired counts no more, even if the clock's worker has not come to it yet.
    /* language=PostgreSQL */
    private static final String BALANCE = """
            select coalesce(sum(l.remaining), 0)::bigint as available,
                   coalesce((select a.held from points_account a where a.customer_id = $1), 0) as held,
                   coalesce((select a.debt from points_account a where a.customer_id = $1), 0) as debt,
                   min(l.expires_at) as next_expiry,
                   coalesce((
                     select sum(n.remaining)
                     from points_lot n
                     where n.customer_id = $1 and n.remaining > 0
                       and n.expires_at = (select min(x.expires_at) from points_lot x
                                           where x.customer_id = $1 and x.remaining > 0 and x.expires_at > $2)), 0)::bigint as expiring
            from points_lot l
            where l.customer_id = $1 and l.remaining > 0 and (l.expires_at is null or l.expires_at > $2)
            """;

    /* language=PostgreSQL */
    private static final String PAGE = """
            select id, customer_id, kind, from_account, to_account, points, rule_id, source, redemption_id, reason, made_by, made_at
            from points_entry
            where customer_id = $1 and ($2::uuid is null or id < $2)
            order by id desc
            limit $3
            """;

    /* language=PostgreSQL */
    private static final String EXPIRED = """
            select distinct l.customer_id
            from (
              select x.customer_id from points_lot x
              where x.remaining > 0 and x.expires_at <= $1
              order by x.expires_at
              limit $2) l
            """;

    /* language=PostgreSQL */
    private static final String SETTINGS = "select point_value, max_share from points_settings";

    /* language=PostgreSQL */
    private static final String CHANGE_SETTINGS = "update points_settings set point_value = $1, max_share = $2";

    record Balance(
            long available, long held, long debt, @Nullable Instant nextExpiry, long expiring) {}

    /**
     * @param pointValue in kopecks
     * @param maxShare of an order in hundredths of a per cent
     */
    record Settings(long pointValue, int maxShare) {}

    Uni<Balance> balance(SqlClient client, UUID customer, Instant now) {
        return client.preparedQuery(BALANCE)
                .execute(Params.of(customer, time(now)))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new Balance(
                            row.getLong("available"),
                            row.getLong("held"),
                            row.getLong("debt"),
                            instant(row, "next_expiry"),
                            row.getLong("expiring"));
                });
    }

    Uni<List<Entry>> page(SqlClient client, UUID customer, @Nullable UUID before, int limit) {
        return client.preparedQuery(PAGE)
                .execute(Params.of(customer, before, limit))
                .map(rows -> Rows.list(rows, PointsSql::entry));
    }

    Uni<List<UUID>> expired(SqlClient client, Instant now, int limit) {
        return client.preparedQuery(EXPIRED)
                .execute(Params.of(time(now), limit))
                .map(rows -> Rows.list(rows, row -> row.getUUID("customer_id")));
    }

    Uni<Settings> settings(SqlClient client) {
        return client.preparedQuery(SETTINGS)
                .execute()
                .map(rows -> Rows.first(
                                rows, row -> new Settings(row.getLong("point_value"), row.getInteger("max_share")))
                        .orElseThrow(() -> new IllegalStateException("The settings of points are gone")));
    }

    Uni<Void> change(SqlClient client, Settings settings) {
        return client.preparedQuery(CHANGE_SETTINGS)
                .execute(Params.of(settings.pointValue(), settings.maxShare()))
                .replaceWithVoid();
    }

    static @Nullable OffsetDateTime time(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime at = row.getOffsetDateTime(column);
        return at == null ? null : at.toInstant();
    }

    private static Entry entry(Row row) {
        return new Entry(
                row.getUUID("id"),
                row.getUUID("customer_id"),
                EntryKind.valueOf(row.getString("kind")),
                Account.valueOf(row.getString("from_account")),
                Account.valueOf(row.getString("to_account")),
                row.getLong("points"),
                new Entry.Cause(
                        row.getUUID("rule_id"),
                        row.getString("source"),
                        row.getUUID("redemption_id"),
                        row.getString("reason"),
                        row.getString("made_by")),
                row.getOffsetDateTime("made_at").toInstant());
    }
}
