package io.snowball.consent.seal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The events of one chunk of a seal as they were sealed. A leaf is 16 bytes of the customer's id, 4 of the sequence, 8 of the
 * transaction and 32 of the event's hash, all big-endian.
 */
final class Leaves {
    private static final int HASH_LENGTH = 32;
    private static final int LENGTH = 3 * Long.BYTES + Integer.BYTES + HASH_LENGTH;

    private Leaves() {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Leaf(UUID customerId, int sequence, long tx, byte[] hash) {
        private static Leaf read(ByteBuffer bytes) {
            UUID customerId = new UUID(bytes.getLong(), bytes.getLong());
            int sequence = bytes.getInt();
            long tx = bytes.getLong();
            byte[] hash = new byte[HASH_LENGTH];
            bytes.get(hash);
            return new Leaf(customerId, sequence, tx, hash);
        }

        private void write(ByteBuffer bytes) {
            bytes.putLong(customerId.getMostSignificantBits())
                    .putLong(customerId.getLeastSignificantBits())
                    .putInt(sequence)
                    .putLong(tx)
                    .put(hash);
        }

        Place place() {
            return new Place(customerId, sequence);
        }
    }

    record Place(UUID customerId, int sequence) {}

    static byte[] pack(List<Leaf> leaves) {
        ByteBuffer bytes = ByteBuffer.allocate(leaves.size() * LENGTH);
        leaves.forEach(leaf -> leaf.write(bytes));
        return bytes.array();
    }

    static List<Leaf> unpack(byte[] packed) {
        ByteBuffer bytes = ByteBuffer.wrap(packed);
        List<Leaf> leaves = new ArrayList<>(packed.length / LENGTH);
        while (bytes.remaining() >= LENGTH) {
            leaves.add(Leaf.read(bytes));
        }
        return leaves;
    }

    static List<byte[]> nodes(List<Leaf> leaves) {
        return leaves.stream().map(leaf -> MerkleTree.leaf(pack(List.of(leaf)))).toList();
    }
}
