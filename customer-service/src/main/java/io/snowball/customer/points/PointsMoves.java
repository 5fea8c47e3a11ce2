package io.snowball.customer.points;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.id.Ids;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Accounts of two people who are one, and of one who are two. The rows of the ledger go over and back by themselves (package merge);
 * this makes the accounts agree with them. After an unmerge the books of both may differ from what they hold, since they spent from
 * one purse meanwhile: transfers between them say by how much.
 */
@ApplicationScoped
class PointsMoves {
    /* language=PostgreSQL */
    private static final String JOIN = """
            with gone as (
              delete from points_account where customer_id = $1 returning available, held, debt
            )
            insert into points_account as a (customer_id, available, held, debt)
            select $2, g.available, g.held, g.debt from gone g
            on conflict (customer_id) do update set
              available = a.available + excluded.available, held = a.held + excluded.held, debt = a.debt + excluded.debt
            """;

    // What the entries say, and what is there; nothing where neither ever had points.
    /* language=PostgreSQL */
    private static final String BOOKS = """
            select c.id,
                   coalesce(sum(e.points) filter (where e.to_account = 'AVAILABLE'), 0)::bigint
                     - coalesce(sum(e.points) filter (where e.from_account = 'AVAILABLE'), 0)::bigint as available,
                   coalesce(sum(e.points) filter (where e.to_account = 'HELD'), 0)::bigint
                     - coalesce(sum(e.points) filter (where e.from_account = 'HELD'), 0)::bigint as held,
                   coalesce(sum(e.points) filter (where e.from_account = 'DEBT'), 0)::bigint
                     - coalesce(sum(e.points) filter (where e.to_account = 'DEBT'), 0)::bigint as debt,
                   coalesce((select sum(l.remaining) from points_lot l where l.customer_id = c.id), 0)::bigint as in_lots,
                   coalesce((select sum(r.points) from points_redemption r where r.customer_id = c.id and r.state = 'HELD'), 0)::bigint
                     as in_holds
            from unnest($1::uuid[]) as c (id)
            left join points_entry e on e.customer_id = c.id
            where exists (select from points_account a where a.customer_id = any($1))
            group by c.id
            """;

    /* language=PostgreSQL */
    private static final String SET = """
            insert into points_account as a (customer_id, available, held, debt)
            select s.customer_id, s.available, s.held, s.debt
            from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[]) as s (customer_id, available, held, debt)
            on conflict (customer_id) do update set available = excluded.available, held = excluded.held, debt = excluded.debt
            """;

    /* language=PostgreSQL */
    private static final String TRANSFER = """
            insert into points_entry (id, customer_id, kind, from_account, to_account, points, made_by, made_at)
            select e.id, e.customer_id, 'TRANSFER', e.from_account, e.to_account, e.points, 'unmerge', $6
            from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::bigint[])
              as e (id, customer_id, from_account, to_account, points)
            """;

    private final Wallets wallets;

    PointsMoves(Wallets wallets) {
        this.wallets = wallets;
    }

    /** What one customer has and owes. */
    record Books(UUID customerId, long available, long held, long debt, long inLots, long inHolds) {}

    record Transfer(UUID customerId, Account from, Account to, long points) {}

    Uni<Void> merge(SqlConnection tx, UUID from, UUID to, Instant now) {
        return tx.preparedQuery(JOIN)
                .execute(Params.of(from, to))
                .chain(rows -> rows.rowCount() == 0 ? Uni.createFrom().voidItem() : settle(tx, List.of(to), now));
    }

    Uni<Void> unmerge(SqlConnection tx, UUID one, UUID other, Instant now) {
        UUID[] both = {one, other};
        return tx.preparedQuery(BOOKS)
                .execute(Params.of((Object) both))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Books(
                                row.getUUID("id"),
                                row.getLong("available"),
                                row.getLong("held"),
                                row.getLong("debt"),
                                row.getLong("in_lots"),
                                row.getLong("in_holds"))))
                .chain(books -> books.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : store(tx, books, now).chain(() -> settle(tx, List.of(one, other), now)));
    }

    /** Debts of one are paid by what is available now. */
    private Uni<Void> settle(SqlConnection tx, List<UUID> customers, Instant now) {
        return wallets.change(
                        tx, customers, List.of(), now, _ -> Uni.createFrom().voidItem())
                .replaceWithVoid();
    }

    private static Uni<Void> store(SqlConnection tx, List<Books> books, Instant now) {
        List<Transfer> transfers = transfers(books);
        long owed = books.stream().mapToLong(Books::debt).sum();
        boolean paidForTheOther = books.stream().anyMatch(each -> each.debt() < 0);
        return tx.preparedQuery(SET)
                .execute(Params.of(
                        Params.uuids(books, Books::customerId),
                        Params.longs(books, Books::inLots),
                        Params.longs(books, Books::inHolds),
                        Params.longs(books, each -> paidForTheOther ? each.debt() < 0 ? 0 : owed : each.debt())))
                .chain(() -> tx.preparedQuery(TRANSFER)
                        .execute(Params.of(
                                Params.uuids(transfers, _ -> Ids.next()),
                                Params.uuids(transfers, Transfer::customerId),
                                Params.texts(transfers, each -> each.from().name()),
                                Params.texts(transfers, each -> each.to().name()),
                                Params.longs(transfers, Transfer::points),
                                now.atOffset(ZoneOffset.UTC))))
                .replaceWithVoid();
    }

    /** What makes the books of two say what is there. All of them together are zero, since nothing was lost. */
    static List<Transfer> transfers(List<Books> books) {
        List<Transfer> transfers = new ArrayList<>();
        long paid = books.stream().mapToLong(each -> Math.min(each.debt(), 0)).sum();
        for (Books each : books) {
            add(transfers, each.customerId(), Account.AVAILABLE, each.inLots() - each.available());
            add(transfers, each.customerId(), Account.HELD, each.inHolds() - each.held());
            add(transfers, each.customerId(), Account.DEBT, each.debt() < 0 ? each.debt() : -paid);
        }
        return transfers;
    }

    /** @param more by which the account grows; a debt grows by being taken from */
    private static void add(List<Transfer> transfers, UUID customer, Account account, long more) {
        if (more > 0) {
            transfers.add(new Transfer(customer, Account.TRANSFER, account, more));
        } else if (more < 0) {
            transfers.add(new Transfer(customer, account, Account.TRANSFER, -more));
        }
    }
}
