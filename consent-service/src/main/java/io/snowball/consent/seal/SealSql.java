package io.snowball.consent.seal;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.seal.Leaves.Leaf;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class SealSql {
    /** One seal is one transaction, and a long one would hold the feed back. */
    private static final int EVENTS_MAX = 100_000;

    // Two replicas never seal at once: the second finds the lock taken and leaves it to the first.
    /* language=PostgreSQL */
    private static final String LOCK =
            "select pg_try_advisory_xact_lock(hashtextextended('consent_seal', 0)) as locked";

    // Below the oldest running transaction nothing can appear any more. A span ends between two transactions.
    /* language=PostgreSQL */
    private static final String SPAN = """
            select coalesce(
              (select greatest(tx, $1::bigint + 1) from consent_event
               where tx >= $1 and tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
               order by tx, customer_id, sequence
               offset $2 limit 1),
              pg_snapshot_xmin(pg_current_snapshot())::text::bigint) as to_tx
            """;

    /* language=PostgreSQL */
    private static final String LEAVES = """
            select tx, customer_id, sequence, hash
            from consent_event
            where tx < $1 and (tx, customer_id, sequence) > ($2, $3, $4)
            order by tx, customer_id, sequence
            limit $5
            """;

    /* language=PostgreSQL */
    private static final String INSERT = """
            insert into consent_seal (number, from_tx, to_tx, events, root, previous_hash, sealed_at, hash, signature)
            values ($1, $2, $3, $4, decode($5, 'hex'), decode($6, 'hex'), $7, decode($8, 'hex'), $9)
            """;

    /* language=PostgreSQL */
    private static final String INSERT_CHUNK = """
            insert into consent_seal_chunk (seal, chunk, root, leaves) values ($1, $2, $3, $4)
            """;

    /* language=PostgreSQL */
    private static final String SEAL = """
            select number, from_tx, to_tx, events, encode(root, 'hex') as root, encode(previous_hash, 'hex') as previous_hash,
              sealed_at, encode(hash, 'hex') as hash, signature
            from consent_seal
            """;

    /* language=PostgreSQL */
    private static final String LAST = SEAL + "order by number desc limit 1";

    /* language=PostgreSQL */
    private static final String LIST = SEAL + "where number < $1 order by number desc limit $2";

    /* language=PostgreSQL */
    private static final String NEXT = SEAL + "where number > $1 order by number limit 1";

    /* language=PostgreSQL */
    private static final String OF_TX = SEAL + "where from_tx <= $1 and to_tx > $1 order by number limit 1";

    /* language=PostgreSQL */
    private static final String CHUNKS =
            "select chunk, root, leaves from consent_seal_chunk where seal = $1 order by chunk";

    /* language=PostgreSQL */
    private static final String PLACE = "select tx, customer_id, sequence from consent_event where record_id = $1";

    /** Where a page of leaves goes on. */
    record After(long tx, UUID customerId, int sequence) {
        static After before(long tx) {
            return new After(tx - 1, new UUID(-1, -1), Integer.MAX_VALUE);
        }
    }

    record Page(List<Leaf> leaves, @Nullable After next) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Chunk(int number, byte[] root, List<Leaf> leaves) {}

    Uni<Boolean> lock(SqlConnection tx) {
        return tx.query(LOCK).execute().map(rows -> rows.iterator().next().getBoolean("locked"));
    }

    Uni<Long> end(SqlConnection tx, long fromTx) {
        return tx.preparedQuery(SPAN)
                .execute(Params.of(fromTx, EVENTS_MAX))
                .map(rows -> rows.iterator().next().getLong("to_tx"));
    }

    /** A chunk's worth of events of the span, in the order of the tree. */
    Uni<Page> leaves(SqlClient client, After after, long toTx) {
        return client.preparedQuery(LEAVES)
                .execute(Params.of(toTx, after.tx(), after.customerId(), after.sequence(), MerkleTree.CHUNK))
                .map(rows -> {
                    List<After> places = Rows.list(
                            rows,
                            row -> new After(
                                    row.getLong("tx"), row.getUUID("customer_id"), row.getInteger("sequence")));
                    return new Page(Rows.list(rows, SealSql::leaf), places.isEmpty() ? null : places.getLast());
                });
    }

    Uni<Void> insert(SqlConnection tx, Seal seal) {
        return tx.preparedQuery(INSERT)
                .execute(Params.of(
                        seal.number(),
                        seal.fromTx(),
                        seal.toTx(),
                        seal.events(),
                        seal.root(),
                        seal.previousHash(),
                        seal.sealedAt().atOffset(ZoneOffset.UTC),
                        seal.hash(),
                        seal.signature()))
                .replaceWithVoid();
    }

    Uni<Void> insertChunk(SqlConnection tx, int seal, int chunk, byte[] root, List<Leaf> leaves) {
        return tx.preparedQuery(INSERT_CHUNK)
                .execute(Params.of(seal, chunk, Buffer.buffer(root), Buffer.buffer(Leaves.pack(leaves))))
                .replaceWithVoid();
    }

    Uni<Optional<Seal>> last(SqlClient client) {
        return client.preparedQuery(LAST).execute().map(rows -> Rows.first(rows, SealSql::seal));
    }

    Uni<List<Seal>> list(SqlClient client, int below, int limit) {
        return client.preparedQuery(LIST).execute(Params.of(below, limit)).map(rows -> Rows.list(rows, SealSql::seal));
    }

    Uni<Optional<Seal>> next(SqlClient client, int after) {
        return client.preparedQuery(NEXT).execute(Params.of(after)).map(rows -> Rows.first(rows, SealSql::seal));
    }

    Uni<List<Chunk>> chunks(SqlClient client, int seal) {
        return client.preparedQuery(CHUNKS)
                .execute(Params.of(seal))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Chunk(
                                row.getInteger("chunk"),
                                row.getBuffer("root").getBytes(),
                                Leaves.unpack(row.getBuffer("leaves").getBytes()))));
    }

    /** The place of a record and the seal over it; empty where it is not sealed yet. */
    Uni<Optional<Sealed>> sealOf(SqlClient client, UUID recordId) {
        return client.preparedQuery(PLACE)
                .execute(Params.of(recordId))
                .map(rows -> Rows.first(
                        rows,
                        row -> new After(row.getLong("tx"), row.getUUID("customer_id"), row.getInteger("sequence"))))
                .chain(place ->
                        place.isEmpty() ? Uni.createFrom().item(Optional.empty()) : sealOf(client, place.get()));
    }

    /** The seal over a place, of an event that may have left the ledger. */
    Uni<Optional<Sealed>> sealOf(SqlClient client, After place) {
        return client.preparedQuery(OF_TX)
                .execute(Params.of(place.tx()))
                .map(rows -> Rows.first(rows, SealSql::seal)
                        .map(seal -> new Sealed(seal, new Leaves.Place(place.customerId(), place.sequence()))));
    }

    record Sealed(Seal seal, Leaves.Place place) {}

    private static Leaf leaf(Row row) {
        return new Leaf(
                row.getUUID("customer_id"),
                row.getInteger("sequence"),
                row.getLong("tx"),
                row.getBuffer("hash").getBytes());
    }

    private static Seal seal(Row row) {
        return new Seal(
                row.getInteger("number"),
                row.getLong("from_tx"),
                row.getLong("to_tx"),
                row.getLong("events"),
                row.getString("root"),
                row.getString("previous_hash"),
                row.getOffsetDateTime("sealed_at").toInstant(),
                row.getString("hash"),
                row.getString("signature"));
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
