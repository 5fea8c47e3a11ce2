package io.snowball.consent.seal;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.consent.PurgedEvents.Purged;
import io.snowball.consent.seal.Leaves.Leaf;
import io.snowball.consent.seal.SealSql.Chunk;
import io.snowball.consent.seal.SealSql.Sealed;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What shows that an event is under a seal: the hashes beside its way to the root. */
@ApplicationScoped
public class SealProofs {
    private final Pool pool;
    private final SealSql sql;

    SealProofs(Pool pool, SealSql sql) {
        this.pool = pool;
        this.sql = sql;
    }

    /**
     * @param content what was hashed and signed
     * @param leaf in hexadecimal
     * @param path from the leaf up: {@code left} or {@code right}, where the other node stands, and its hash
     */
    public record SealProof(int number, String content, String signature, String leaf, List<String> path) {}

    /** Nothing for an event that is not sealed yet. */
    public Uni<Optional<SealProof>> of(UUID recordId) {
        return sql.sealOf(pool, recordId).chain(this::proof);
    }

    /** Of an event that left when its term was over: its hash is under the seal still. */
    public Uni<Optional<SealProof>> of(Purged event) {
        return sql.sealOf(pool, new SealSql.After(event.tx(), event.customerId(), event.sequence()))
                .chain(this::proof);
    }

    private Uni<Optional<SealProof>> proof(Optional<Sealed> found) {
        return found.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : sql.chunks(pool, found.get().seal().number()).map(chunks -> proof(found.get(), chunks));
    }

    private static Optional<SealProof> proof(Sealed sealed, List<Chunk> chunks) {
        for (Chunk chunk : chunks) {
            for (int i = 0; i < chunk.leaves().size(); i++) {
                Leaf leaf = chunk.leaves().get(i);
                if (leaf.place().equals(sealed.place())) {
                    return Optional.of(proof(sealed.seal(), chunks, chunk, i));
                }
            }
        }
        return Optional.empty();
    }

    private static SealProof proof(Seal seal, List<Chunk> chunks, Chunk chunk, int index) {
        List<MerkleTree.Step> path = new ArrayList<>(MerkleTree.path(index, Leaves.nodes(chunk.leaves())));
        path.addAll(
                MerkleTree.path(chunk.number(), chunks.stream().map(Chunk::root).toList()));
        return new SealProof(
                seal.number(),
                seal.content(),
                seal.signature(),
                SealSql.hex(Leaves.pack(List.of(chunk.leaves().get(index)))),
                path.stream()
                        .map(step -> (step.left() ? "left " : "right ") + SealSql.hex(step.hash()))
                        .toList());
    }
}
