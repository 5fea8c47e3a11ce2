package io.snowball.customer.points;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Wallets in SQL: loaded under their lock, and stored by one statement however many they are. */
@ApplicationScoped
class WalletSql {
    // A held customer can't be merged into another or erased before the commit.
    /* language=PostgreSQL */
    private static final String HOLD = """
            with given as materialized (
              select g.id, coalesce((select a.customer_id from customer_alias a where a.id = g.id), g.id) as current_id
              from unnest($1::uuid[]) as g (id)
            ), held as materialized (
              select c.id
              from customer c
              where c.id in (select g.current_id from given g)
              order by c.id
              for key share
            )
            select g.id, h.id as current_id
            from given g
            join held h on h.id = g.current_id
            """;

    /* language=PostgreSQL */
    private static final String OPEN = """
            insert into points_account (customer_id)
            select c.id from unnest($1::uuid[]) as c (id) order by c.id
            on conflict do nothing
            """;

    /* language=PostgreSQL */
    private static final String LOCK =
            "select customer_id, debt from points_account where customer_id = any($1) order by customer_id for update";

    // After the lock, by a statement of its own: it sees what those before have left.
    /* language=PostgreSQL */
    private static final String LOTS = """
            select l.id, l.customer_id, l.rule_id, l.source, l.accrued_at, l.expires_at, l.points, l.remaining
            from points_lot l
            where l.customer_id = any($1)
              and (l.remaining > 0 or l.id in (select u.lot_id from points_use u where u.redemption_id = any($2)))
            """;

    /* language=PostgreSQL */
    private static final String STORE = """
            with account as (
              update points_account a
              set available = a.available + d.available, held = a.held + d.held, debt = a.debt + d.debt
              from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[]) as d (customer_id, available, held, debt)
              where a.customer_id = d.customer_id
            ), entered as (
              insert into points_entry
                (id, customer_id, kind, from_account, to_account, points, rule_id, source, redemption_id, reason, made_by, made_at)
              select e.id, e.customer_id, e.kind, e.from_account, e.to_account, e.points, e.rule_id, e.source, e.redemption_id,
                     e.reason, e.made_by, e.made_at
              from unnest($5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::text[], $10::bigint[], $11::uuid[], $12::text[],
                          $13::uuid[], $14::text[], $15::text[], $16::timestamptz[])
                as e (id, customer_id, kind, from_account, to_account, points, rule_id, source, redemption_id, reason, made_by,
                      made_at)
            ), opened as (
              insert into points_lot (id, customer_id, rule_id, source, accrued_at, expires_at, points, remaining)
              select l.id, l.customer_id, l.rule_id, l.source, l.accrued_at, l.expires_at, l.points, l.remaining
              from unnest($17::uuid[], $18::uuid[], $19::uuid[], $20::text[], $21::timestamptz[], $22::timestamptz[],
                          $23::bigint[], $24::bigint[])
                as l (id, customer_id, rule_id, source, accrued_at, expires_at, points, remaining)
            )
            update points_lot l
            set remaining = l.remaining + d.change
            from unnest($25::uuid[], $26::bigint[]) as d (id, change)
            where l.id = d.id
            """;

    /** Who the customers are now; who is unknown is absent. */
    Uni<Map<UUID, UUID>> hold(SqlConnection tx, Collection<UUID> ids) {
        return tx.preparedQuery(HOLD)
                .execute(Params.of((Object) ids.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, UUID> current = new HashMap<>();
                    rows.forEach(row -> current.put(row.getUUID("id"), row.getUUID("current_id")));
                    return current;
                });
    }

    /** @param redemptions whose lots are loaded even if nothing is left of them */
    Uni<Map<UUID, Wallet>> load(SqlConnection tx, Collection<UUID> held, Collection<UUID> redemptions, Instant now) {
        UUID[] ids = held.stream().distinct().sorted().toArray(UUID[]::new);
        Map<UUID, Long> debts = new LinkedHashMap<>();
        return tx.preparedQuery(OPEN)
                .execute(Params.of((Object) ids))
                .chain(() -> tx.preparedQuery(LOCK).execute(Params.of((Object) ids)))
                .invoke(rows -> rows.forEach(row -> debts.put(row.getUUID("customer_id"), row.getLong("debt"))))
                .chain(() -> tx.preparedQuery(LOTS).execute(Params.of(ids, redemptions.toArray(UUID[]::new))))
                .map(rows -> {
                    Map<UUID, List<Lot>> lots = new HashMap<>();
                    rows.forEach(row -> lots.computeIfAbsent(row.getUUID("customer_id"), _ -> new ArrayList<>())
                            .add(lot(row)));
                    Map<UUID, Wallet> wallets = new LinkedHashMap<>();
                    debts.forEach((id, debt) ->
                            wallets.put(id, new Wallet(id, lots.getOrDefault(id, List.of()), debt, now)));
                    return wallets;
                });
    }

    Uni<Void> store(SqlConnection tx, Collection<Wallet> all) {
        List<Wallet> wallets =
                all.stream().filter(wallet -> !wallet.entries().isEmpty()).toList();
        if (wallets.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        record Owned(UUID customer, Lot lot) {}
        record Changed(UUID id, long change) {}
        List<Entry> entries =
                wallets.stream().flatMap(wallet -> wallet.entries().stream()).toList();
        List<Owned> opened = new ArrayList<>();
        List<Changed> changed = new ArrayList<>();
        for (Wallet wallet : wallets) {
            wallet.opened().forEach(lot -> opened.add(new Owned(wallet.customerId(), lot)));
            wallet.touched()
                    .forEach(lot -> changed.add(new Changed(lot.id(), lot.remaining() - wallet.storedRemaining(lot))));
        }
        return tx.preparedQuery(STORE)
                .execute(Params.of(
                        Params.uuids(wallets, Wallet::customerId),
                        Params.longs(wallets, wallet -> wallet.change(Account.AVAILABLE)),
                        Params.longs(wallets, wallet -> wallet.change(Account.HELD)),
                        Params.longs(wallets, wallet -> -wallet.change(Account.DEBT)),
                        Params.uuids(entries, Entry::id),
                        Params.uuids(entries, Entry::customerId),
                        Params.texts(entries, entry -> entry.kind().name()),
                        Params.texts(entries, entry -> entry.from().name()),
                        Params.texts(entries, entry -> entry.to().name()),
                        Params.longs(entries, Entry::points),
                        Params.uuids(entries, entry -> entry.cause().ruleId()),
                        Params.texts(entries, entry -> entry.cause().source()),
                        Params.uuids(entries, entry -> entry.cause().redemptionId()),
                        Params.texts(entries, entry -> entry.cause().reason()),
                        Params.texts(entries, entry -> entry.cause().by()),
                        times(entries.stream().map(Entry::madeAt).toList()),
                        Params.uuids(opened, owned -> owned.lot().id()),
                        Params.uuids(opened, Owned::customer),
                        Params.uuids(opened, owned -> owned.lot().ruleId()),
                        Params.texts(opened, owned -> owned.lot().source()),
                        times(opened.stream()
                                .map(owned -> owned.lot().accruedAt())
                                .toList()),
                        opened.stream()
                                .map(owned -> PointsSql.time(owned.lot().expiresAt()))
                                .toArray(OffsetDateTime[]::new),
                        Params.longs(opened, owned -> owned.lot().points()),
                        Params.longs(opened, owned -> owned.lot().remaining()),
                        Params.uuids(changed, Changed::id),
                        Params.longs(changed, Changed::change)))
                .replaceWithVoid();
    }

    private static OffsetDateTime[] times(List<Instant> times) {
        return times.stream().map(at -> at.atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new);
    }

    private static Lot lot(Row row) {
        return new Lot(
                row.getUUID("id"),
                row.getUUID("rule_id"),
                row.getString("source"),
                row.getOffsetDateTime("accrued_at").toInstant(),
                PointsSql.instant(row, "expires_at"),
                row.getLong("points"),
                row.getLong("remaining"));
    }
}
