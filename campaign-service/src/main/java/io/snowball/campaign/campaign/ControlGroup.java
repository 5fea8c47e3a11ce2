package io.snowball.campaign.campaign;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Who gets nothing, so that we learn what the others would have done anyway. Drawn by SHA-256 of the campaign's salt and the
 * customer's id: evenly, independently of every other campaign, and the same however often it is asked.
 */
public record ControlGroup(UUID salt, double share) {
    private static final double RANGE = 0x1p53;

    public boolean contains(UUID customerId) {
        byte[] input = ByteBuffer.allocate(32)
                .putLong(salt.getMostSignificantBits())
                .putLong(salt.getLeastSignificantBits())
                .putLong(customerId.getMostSignificantBits())
                .putLong(customerId.getLeastSignificantBits())
                .array();
        long bits = ByteBuffer.wrap(sha256(input)).getLong() >>> 11;
        return bits / RANGE < share;
    }

    private static byte[] sha256(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(input);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
