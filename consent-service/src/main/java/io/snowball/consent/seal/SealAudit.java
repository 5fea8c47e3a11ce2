package io.snowball.consent.seal;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.consent.ChainAudit.Fault;
import io.snowball.consent.consent.ChainAudit.Kind;
import io.snowball.consent.consent.PurgedEvents;
import io.snowball.consent.consent.PurgedEvents.Purged;
import io.snowball.consent.document.Sha256;
import io.snowball.consent.seal.Leaves.Leaf;
import io.snowball.consent.seal.Leaves.Place;
import io.snowball.consent.seal.SealSql.After;
import io.snowball.consent.seal.SealSql.Chunk;
import io.snowball.consent.signature.SigningKeys;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Compares each seal with itself, with the one before and with the ledger. */
@ApplicationScoped
class SealAudit {
    private final Pool pool;
    private final SealSql sql;
    private final SigningKeys keys;
    private final PurgedEvents purged;

    SealAudit(Pool pool, SealSql sql, SigningKeys keys, PurgedEvents purged) {
        this.pool = pool;
        this.sql = sql;
        this.keys = keys;
        this.purged = purged;
    }

    /** @param brokenSeal the number of a seal that is not what was signed */
    record Finding(
            List<Fault> faults,
            @Nullable Integer brokenSeal,
            @Nullable Seal seal) {}

    /** The seal after the one given; no seal in the finding where there is none. */
    Uni<Finding> next(@Nullable Seal before) {
        int number = before == null ? 0 : before.number();
        return sql.next(pool, number)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(new Finding(List.of(), null, null))
                        : audit(before, found.get()));
    }

    private Uni<Finding> audit(@Nullable Seal before, Seal seal) {
        return sql.chunks(pool, seal.number())
                .chain(chunks -> keys.verified(seal.signature()).chain(signed -> {
                    boolean intact = isIntact(before, seal, signed) && isRootOf(chunks, seal);
                    Map<Place, Leaf> sealed = new LinkedHashMap<>();
                    chunks.forEach(chunk -> chunk.leaves().forEach(leaf -> sealed.put(leaf.place(), leaf)));
                    return compare(seal, After.before(seal.fromTx()), sealed, new ArrayList<>())
                            .call(faults -> explain(seal, sealed, faults))
                            .map(faults -> new Finding(faults, intact ? null : seal.number(), seal));
                }));
    }

    private static boolean isIntact(@Nullable Seal before, Seal seal, Optional<byte[]> signed) {
        boolean follows = before == null
                ? seal.number() == 1 && seal.previousHash() == null
                : seal.number() == before.number() + 1
                        && seal.fromTx() == before.toTx()
                        && Objects.equals(seal.previousHash(), before.hash());
        return follows
                && Sha256.hex(seal.content()).equals(seal.hash())
                && signed.filter(
                                content -> Arrays.equals(content, seal.content().getBytes(StandardCharsets.UTF_8)))
                        .isPresent();
    }

    private static boolean isRootOf(List<Chunk> chunks, Seal seal) {
        boolean rootsHold = chunks.stream()
                .allMatch(chunk -> Arrays.equals(chunk.root(), MerkleTree.root(Leaves.nodes(chunk.leaves()))));
        String root =
                SealSql.hex(MerkleTree.root(chunks.stream().map(Chunk::root).toList()));
        return rootsHold && root.equals(seal.root());
    }

    /** @param sealed what was sealed and has not been seen in the ledger yet */
    private Uni<List<Fault>> compare(Seal seal, After after, Map<Place, Leaf> sealed, List<Fault> faults) {
        return sql.leaves(pool, after, seal.toTx()).chain(page -> {
            for (Leaf leaf : page.leaves()) {
                Leaf wanted = sealed.remove(leaf.place());
                if (wanted == null) {
                    faults.add(fault(Kind.ADDED, leaf.place()));
                } else if (!Arrays.equals(wanted.hash(), leaf.hash())) {
                    faults.add(fault(Kind.ALTERED, leaf.place()));
                } else if (wanted.tx() != leaf.tx()) {
                    faults.add(fault(Kind.MOVED, leaf.place()));
                }
            }
            After next = page.next();
            if (next != null) {
                return compare(seal, next, sealed, faults);
            }
            return Uni.createFrom().item(faults);
        });
    }

    /**
     * What left by a purge that is what was signed, and was sealed before its term began, is not missing; all else is.
     *
     * @param missing what was sealed and is not in the ledger
     */
    private Uni<Void> explain(Seal seal, Map<Place, Leaf> missing, List<Fault> faults) {
        if (missing.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return purged.between(pool, seal.fromTx(), seal.toTx())
                .chain(events -> purged.reach(pool, events).invoke(reach -> {
                    events.stream()
                            .filter(event -> explains(event, reach, seal, missing))
                            .forEach(event -> missing.remove(new Place(event.customerId(), event.sequence())));
                    missing.keySet().forEach(place -> faults.add(fault(Kind.REMOVED, place)));
                }))
                .replaceWithVoid();
    }

    private static boolean explains(Purged event, Map<UUID, Instant> reach, Seal seal, Map<Place, Leaf> missing) {
        Leaf leaf = missing.get(new Place(event.customerId(), event.sequence()));
        Instant until = reach.get(event.purgeId());
        return leaf != null
                && until != null
                && seal.sealedAt().isBefore(until)
                && leaf.tx() == event.tx()
                && SealSql.hex(leaf.hash()).equals(event.hash());
    }

    private static Fault fault(Kind kind, Place place) {
        return new Fault(kind, place.customerId(), place.sequence(), null);
    }
}
