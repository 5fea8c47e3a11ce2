package io.snowball.consent.access;

import io.quarkus.logging.Log;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.access.AccessSql.Head;
import io.snowball.consent.signature.Signer;
import io.snowball.consent.signature.SigningKeys;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.feed.Outbox;
import io.snowball.platform.id.Ids;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signs the ends of the chains, every hour while they grow, and tells the siblings and the log of them. */
@ApplicationScoped
class AccessSeals {
    // Whose end has moved since it was last signed.
    /* language=PostgreSQL */
    private static final String GROWN = """
            select c.source, c.sequence, encode(c.hash, 'hex') as hash
            from access_chain c
            where c.sequence > coalesce((select max(s.sequence) from access_seal s where s.source = c.source), 0)
            order by c.source
            """;

    /* language=PostgreSQL */
    private static final String INSERT = """
            insert into access_seal (source, sequence, hash, sealed_at, signature) values ($1, $2, decode($3, 'hex'), $4, $5)
            on conflict do nothing
            """;

    /* language=PostgreSQL */
    private static final String OF = """
            select source, sequence, encode(hash, 'hex') as hash, sealed_at, signature
            from access_seal
            where source = $1
            order by sequence
            """;

    private final Pool pool;
    private final Signer signer;
    private final SigningKeys keys;
    private final Outbox outbox;
    private final Clock clock;

    AccessSeals(Pool pool, Signer signer, SigningKeys keys, Outbox outbox, Clock clock) {
        this.pool = pool;
        this.signer = signer;
        this.keys = keys;
        this.outbox = outbox;
        this.clock = clock;
    }

    record AccessSeal(String source, long sequence, String hash, Instant sealedAt, String signature) {
        static AccessSeal of(Row row) {
            return new AccessSeal(
                    row.getString("source"),
                    row.getLong("sequence"),
                    row.getString("hash"),
                    row.getOffsetDateTime("sealed_at").toInstant(),
                    row.getString("signature"));
        }

        static String content(String source, long sequence, @Nullable String hash, Instant sealedAt) {
            return """
                    snowball-access-seal 1
                    source %s
                    sequence %d
                    hash %s
                    sealedAt %s
                    """.formatted(source, sequence, hash, sealedAt);
        }

        byte[] content() {
            return content(source, sequence, hash, sealedAt).getBytes(StandardCharsets.UTF_8);
        }
    }

    /** The data of {@code access.sealed} on our feed (docs/architecture.md). */
    @RegisterForReflection
    record AccessSealed(
            String source, long sequence, @Nullable String hash, Instant sealedAt) {}

    @Scheduled(every = "1h", delayed = "3m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> seal() {
        return pool.withTransaction(tx -> tx.query(GROWN)
                .execute()
                .map(rows -> Rows.list(rows, Head::of))
                .chain(grown -> grown.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : keys.remember(tx).chain(() -> seal(tx, grown, 0))));
    }

    private Uni<Void> seal(SqlConnection tx, List<Head> heads, int index) {
        if (index == heads.size()) {
            return Uni.createFrom().voidItem();
        }
        Head head = heads.get(index);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        byte[] content = AccessSeal.content(head.source(), head.sequence(), head.hash(), now)
                .getBytes(StandardCharsets.UTF_8);
        return tx.preparedQuery(INSERT)
                .execute(Params.of(
                        head.source(),
                        head.sequence(),
                        head.hash(),
                        AccessSql.utc(now),
                        signer.sign("access-seal", content)))
                .chain(() -> outbox.append(
                        tx,
                        Ids.next(),
                        "access.sealed",
                        new AccessSealed(head.source(), head.sequence(), head.hash(), now)))
                .invoke(() -> Log.infof(
                        "Sealed the access log, source=%s sequence=%d hash=%s",
                        head.source(), head.sequence(), head.hash()))
                .chain(() -> seal(tx, heads, index + 1));
    }

    Uni<List<AccessSeal>> of(SqlClient client, String source) {
        return client.preparedQuery(OF).execute(Params.of(source)).map(rows -> Rows.list(rows, AccessSeal::of));
    }
}
