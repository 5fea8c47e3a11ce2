package io.snowball.consent.seal;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.seal.SealSql.After;
import io.snowball.consent.signature.Signer;
import io.snowball.consent.signature.SigningKeys;
import io.snowball.platform.feed.Outbox;
import io.snowball.platform.id.Ids;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Seals what the ledger has gained: every hour while it grows, and once a day in any case. */
@ApplicationScoped
class Seals {
    private static final Duration AT_LEAST_EVERY = Duration.ofDays(1);

    private final Pool pool;
    private final SealSql sql;
    private final Signer signer;
    private final SigningKeys keys;
    private final Outbox outbox;
    private final Clock clock;

    Seals(Pool pool, SealSql sql, Signer signer, SigningKeys keys, Outbox outbox, Clock clock) {
        this.pool = pool;
        this.sql = sql;
        this.signer = signer;
        this.keys = keys;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** One after the other until all is sealed that can be. */
    @Scheduled(every = "1h", delayed = "2m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> sealAll() {
        return sealNext()
                .chain(seal -> seal.filter(made -> made.events() > 0).isPresent()
                        ? sealAll()
                        : Uni.createFrom().voidItem());
    }

    /** @return nothing where there was nothing to seal, or where another replica is at it */
    Uni<Optional<Seal>> sealNext() {
        return pool.withTransaction(tx -> sql.lock(tx)
                .chain(locked -> locked
                        ? sql.last(tx).chain(last -> seal(tx, last))
                        : Uni.createFrom().item(Optional.empty())));
    }

    private Uni<Optional<Seal>> seal(SqlConnection tx, Optional<Seal> last) {
        int number = last.map(Seal::number).orElse(0) + 1;
        long fromTx = last.map(Seal::toTx).orElse(0L);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return sql.end(tx, fromTx)
                .chain(toTx -> sealChunks(tx, number, After.before(fromTx), toTx, new Growing())
                        .chain(tree -> {
                            boolean due = last.isEmpty()
                                    || !last.get()
                                            .sealedAt()
                                            .plus(AT_LEAST_EVERY)
                                            .isAfter(now);
                            if (tree.events == 0 && !due) {
                                return Uni.createFrom().item(Optional.<Seal>empty());
                            }
                            String root = SealSql.hex(MerkleTree.root(tree.roots));
                            Seal seal = Seal.of(
                                    number,
                                    fromTx,
                                    toTx,
                                    tree.events,
                                    root,
                                    last.map(Seal::hash).orElse(null),
                                    now);
                            return publish(tx, seal).map(Optional::of);
                        }));
    }

    /** The tree so far: the roots of its chunks. */
    private static final class Growing {
        private final List<byte[]> roots = new ArrayList<>();
        private long events;
    }

    private Uni<Growing> sealChunks(SqlConnection tx, int seal, After after, long toTx, Growing tree) {
        return sql.leaves(tx, after, toTx).chain(page -> {
            After next = page.next();
            if (next == null) {
                return Uni.createFrom().item(tree);
            }
            byte[] root = MerkleTree.root(Leaves.nodes(page.leaves()));
            int chunk = tree.roots.size();
            tree.roots.add(root);
            tree.events += page.leaves().size();
            return sql.insertChunk(tx, seal, chunk, root, page.leaves())
                    .chain(() -> sealChunks(tx, seal, next, toTx, tree));
        });
    }

    /** Into the feed, which the siblings read, and into the log, which is shipped elsewhere: a root that only we have proves nothing. */
    private Uni<Seal> publish(SqlConnection tx, Seal open) {
        Seal seal = open.signed(signer.sign("consent-seal", open.content().getBytes(StandardCharsets.UTF_8)));
        return keys.remember(tx)
                .chain(() -> sql.insert(tx, seal))
                .chain(() -> outbox.append(tx, Ids.next(), LedgerSealed.EVENT, LedgerSealed.of(seal)))
                .invoke(() -> Log.infof(
                        "Sealed the consent ledger, seal=%d events=%d root=%s hash=%s",
                        seal.number(), seal.events(), seal.root(), seal.hash()))
                .replaceWith(seal);
    }
}
