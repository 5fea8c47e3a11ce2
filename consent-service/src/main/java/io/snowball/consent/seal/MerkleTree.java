package io.snowball.consent.seal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * RFC 6962, section 2.1: leaves are hashed with a zero before them and inner nodes with a one, so that neither can pass for the
 * other. Leaves are kept in chunks of a power of two, whose roots are nodes of the tree: a proof needs one chunk and the roots.
 */
public final class MerkleTree {
    static final int CHUNK = 1024;

    private MerkleTree() {}

    /** One step from a leaf to the root: the hash beside it, and whether that stands to the left. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Step(boolean left, byte[] hash) {}

    public static byte[] leaf(byte[] data) {
        return hash((byte) 0, data);
    }

    /** @param nodes hashed leaves, or the roots of chunks */
    static byte[] root(List<byte[]> nodes) {
        return switch (nodes.size()) {
            case 0 -> sha256().digest();
            case 1 -> nodes.getFirst();
            default -> {
                int split = split(nodes.size());
                yield hash((byte) 1, root(nodes.subList(0, split)), root(nodes.subList(split, nodes.size())));
            }
        };
    }

    /** From the node upwards. */
    static List<Step> path(int index, List<byte[]> nodes) {
        if (nodes.size() <= 1) {
            return new ArrayList<>();
        }
        int split = split(nodes.size());
        List<byte[]> left = nodes.subList(0, split);
        List<byte[]> right = nodes.subList(split, nodes.size());
        List<Step> steps = index < split ? path(index, left) : path(index - split, right);
        steps.add(index < split ? new Step(false, root(right)) : new Step(true, root(left)));
        return steps;
    }

    public static byte[] rootFrom(byte[] leaf, List<Step> path) {
        byte[] node = leaf;
        for (Step step : path) {
            node = step.left() ? hash((byte) 1, step.hash(), node) : hash((byte) 1, node, step.hash());
        }
        return node;
    }

    private static int split(int size) {
        return Integer.highestOneBit(size - 1);
    }

    private static byte[] hash(byte prefix, byte[]... parts) {
        MessageDigest digest = sha256();
        digest.update(prefix);
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
