package io.snowball.customer.points;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.points.Entry.Cause;
import io.snowball.customer.points.PointsApi.CorrectPoints;
import io.snowball.customer.points.PointsApi.PointsBalance;
import io.snowball.customer.points.PointsSql.Settings;
import io.snowball.customer.profile.People;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one customer has, how that came about, and corrections by people. */
@ApplicationScoped
class CustomerPoints {
    private final PointsSql sql;
    private final Wallets wallets;
    private final People people;
    private final Pool pool;
    private final Clock clock;

    CustomerPoints(PointsSql sql, Wallets wallets, People people, Pool pool, Clock clock) {
        this.sql = sql;
        this.wallets = wallets;
        this.people = people;
        this.pool = pool;
        this.clock = clock;
    }

    Uni<PointsBalance> balance(UUID id) {
        return people.existing(pool, id)
                .chain(customer -> sql.balance(pool, customer, clock.instant())
                        .chain(balance ->
                                sql.settings(pool).map(settings -> PointsBalance.of(customer, balance, settings))));
    }

    /** Newest first. */
    Uni<Keyset<Entry>> statement(UUID id, @Nullable String cursor, int limit) {
        List<String> after = Cursor.decode(cursor, 1, "points", id);
        UUID before = after == null ? null : Cursor.asUuid(after.getFirst());
        return people.existing(pool, id)
                .chain(customer -> sql.page(pool, customer, before, limit + 1))
                .map(rows -> Keyset.of(rows, limit, entry -> List.of(entry.id().toString()), "points", id));
    }

    Uni<PointsBalance> correct(SqlConnection tx, UUID id, CorrectPoints correction, String by) {
        Cause cause = new Cause(null, null, null, correction.cleanReason(), by);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Integer days = correction.lifetimeDays();
        Instant expiresAt = days == null ? null : now.plus(Duration.ofDays(days));
        return wallets.hold(tx, id)
                .call(customer -> wallets.change(tx, List.of(customer), List.of(), now, found -> {
                    found.values().forEach(wallet -> wallet.correct(correction.points(), cause, expiresAt));
                    return Uni.createFrom().voidItem();
                }))
                .chain(customer -> sql.balance(tx, customer, now)
                        .chain(balance ->
                                sql.settings(tx).map(settings -> PointsBalance.of(customer, balance, settings))));
    }

    Uni<Settings> settings(SqlClient client) {
        return sql.settings(client);
    }

    Uni<Settings> settings() {
        return sql.settings(pool);
    }

    Uni<Settings> change(Settings settings) {
        return sql.change(pool, settings).replaceWith(settings);
    }
}
