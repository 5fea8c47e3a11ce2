package io.snowball.customer.exports;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How exports are written, in SQL. Each step asks whether the attempt is still the current one, and fails where it is not. */
@ApplicationScoped
class ExportWorkSql {
    private static final String CLAIM = """
            with due as (
              select d.id
              from export d
              where d.state in ('COLLECTING', 'WRITING') and (d.lease_until is null or d.lease_until <= $1)
              order by d.id
              limit 1
              for update skip locked
            )
            update export e
            set attempt = e.attempt + 1, tries = e.tries + 1, lease_until = $2
            from due
            where e.id = due.id
            returning
            """ + ExportSql.COLUMNS;

    /* language=PostgreSQL */
    private static final String RENEW =
            "update export set lease_until = $3 where id = $1 and attempt = $2 and state in ('COLLECTING', 'WRITING')";

    /* language=PostgreSQL */
    private static final String COLLECTED = """
            update export
            set customers = customers + $2, collected_after = $3
            where id = $1
            returning customers
            """;

    /* language=PostgreSQL */
    private static final String POSTPONE = """
            update export
            set lease_until = $3, tries = greatest(0, tries - $4)
            where id = $1 and attempt = $2
            """;

    // Who was merged since is read under the id where it lives on, once: not where that, or an earlier one that leads
    // there, is a
    // member too.
    /* language=PostgreSQL */
    private static final String MEMBERS = """
            select m.customer_id as place, case when a.id is null then m.customer_id else a.customer_id end as id,
                   a.id is null or not exists (
                     select from export_member s
                     where s.export_id = m.export_id
                       and (s.customer_id = a.customer_id or s.customer_id in (
                         select b.id from customer_alias b where b.customer_id = a.customer_id and b.id < m.customer_id))) as first
            from export_member m
            left join customer_alias a on a.id = m.customer_id
            where m.export_id = $1 and ($2::uuid is null or m.customer_id > $2)
            order by m.customer_id
            limit $3
            """;

    /* language=PostgreSQL */
    private static final String DROP_OLD_PIECES = "delete from export_piece where export_id = $1 and attempt < $2";

    /* language=PostgreSQL */
    private static final String STORE_PIECE =
            "insert into export_piece (export_id, attempt, n, bytes) values ($1, $2, $3, $4)";

    /* language=PostgreSQL */
    private static final String FINISH = """
            update export
            set state = 'READY', rows = $2, pieces = $3, bytes = $4, written_at = $5, expires_at = $6, lease_until = null
            where id = $1
            """;

    private static final String OUTDATED = "select " + ExportSql.COLUMNS + """
            from export e
            where (e.state = 'READY' and e.expires_at <= $1) or (e.state = 'AWAITING_APPROVAL' and e.requested_at <= $2)
            limit 100
            for update skip locked
            """;

    // In small bites, so that no transaction is long: a long one holds every feed back.
    /* language=PostgreSQL */
    private static final String SWEEP = """
            delete from export_member m
            using (
              select o.export_id, o.customer_id
              from export_member o
              join export e on e.id = o.export_id and e.state in ('REJECTED', 'FAILED', 'DELETED')
              limit $1) gone
            where m.export_id = gone.export_id and m.customer_id = gone.customer_id
            """;

    private final Pool pool;

    ExportWorkSql(Pool pool) {
        this.pool = pool;
    }

    /** Another one writes it now, or it is not to be written any more. */
    static final class SupersededException extends RuntimeException {
        SupersededException() {
            super("The export is not ours any more", null, false, false);
        }
    }

    /** Which work, and until when nobody else will take it over. */
    record Claim(UUID id, int attempt, Instant leaseUntil) {}

    Uni<Optional<Export>> claim(Instant now, Duration lease) {
        return pool.preparedQuery(CLAIM)
                .execute(Params.of(ExportSql.at(now), ExportSql.at(now.plus(lease))))
                .map(rows -> Rows.first(rows, Export::of));
    }

    /** Locks the export to the end of the transaction. */
    Uni<Void> renew(SqlConnection tx, Claim claim) {
        return tx.preparedQuery(RENEW)
                .execute(Params.of(claim.id(), claim.attempt(), ExportSql.at(claim.leaseUntil())))
                .invoke(rows -> {
                    if (rows.rowCount() == 0) {
                        throw new SupersededException();
                    }
                })
                .replaceWithVoid();
    }

    /** @return how many people are in it by now */
    Uni<Integer> collected(SqlConnection tx, UUID id, int more, @Nullable UUID after) {
        return tx.preparedQuery(COLLECTED)
                .execute(Params.of(id, more, after))
                .map(rows -> rows.iterator().next().getInteger("customers"));
    }

    /** @param forgiven whether it counts as a try: not where a sibling is to blame */
    Uni<Void> postpone(Export export, Instant until, boolean forgiven) {
        return pool.preparedQuery(POSTPONE)
                .execute(Params.of(export.id(), export.attempt(), ExportSql.at(until), forgiven ? 1 : 0))
                .replaceWithVoid();
    }

    /**
     * A page of members in their order.
     *
     * @param place the id as it was, after which the next page begins
     * @param id where the customer lives on
     * @param first false where the same customer is another member
     */
    record Member(UUID place, UUID id, boolean first) {}

    Uni<List<Member>> members(UUID id, @Nullable UUID after, int limit) {
        return pool.preparedQuery(MEMBERS)
                .execute(Params.of(id, after, limit))
                .map(rows -> Rows.list(
                        rows, row -> new Member(row.getUUID("place"), row.getUUID("id"), row.getBoolean("first"))));
    }

    Uni<Void> dropOldPieces(Export export) {
        return pool.preparedQuery(DROP_OLD_PIECES)
                .execute(Params.of(export.id(), export.attempt()))
                .replaceWithVoid();
    }

    Uni<Void> storePiece(Claim claim, int n, byte[] bytes) {
        return pool.withTransaction(tx -> renew(tx, claim)
                        .chain(() -> tx.preparedQuery(STORE_PIECE)
                                .execute(Params.of(claim.id(), claim.attempt(), n, ExportSql.bytes(bytes)))))
                .replaceWithVoid();
    }

    record Written(int rows, int pieces, long bytes, Instant at, Instant expiresAt) {}

    Uni<Void> finish(SqlConnection tx, UUID id, Written written) {
        return tx.preparedQuery(FINISH)
                .execute(Params.of(
                        id,
                        written.rows(),
                        written.pieces(),
                        written.bytes(),
                        ExportSql.at(written.at()),
                        ExportSql.at(written.expiresAt())))
                .replaceWithVoid();
    }

    /** Files that have been kept long enough, and requests that nobody approved. */
    Uni<List<Export>> outdated(SqlConnection tx, Instant now, Instant requestedBefore) {
        return tx.preparedQuery(OUTDATED)
                .execute(Params.of(ExportSql.at(now), ExportSql.at(requestedBefore)))
                .map(rows -> Rows.list(rows, Export::of));
    }

    /** Forgets who was in exports that have no file any more. */
    Uni<Integer> sweep(SqlClient client, int limit) {
        return client.preparedQuery(SWEEP).execute(Params.of(limit)).map(rows -> rows.rowCount());
    }
}
