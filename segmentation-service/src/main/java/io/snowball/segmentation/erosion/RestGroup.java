package io.snowball.segmentation.erosion;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Who rests, and when. A cycle begins with rest: its group gets no advertising then. After it everybody is written to as usual, and
 * the first message to a customer after the rest of a cycle is the probe.
 */
record RestGroup(String salt, double share, int restDays, int cycleDays, int responseDays, Instant startedAt) {
    private static final double NUMBERS = 0x1p32;

    /** The same as {@link ErosionSql} has it. */
    boolean contains(UUID customerId) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest((salt + customerId).getBytes(StandardCharsets.UTF_8));
            return HexFormat.fromHexDigitsToLong(HexFormat.of().formatHex(hash, 0, 4)) < share * NUMBERS;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    boolean isRest(Instant at) {
        long days = Duration.between(startedAt, at).toDays();
        return !at.isBefore(startedAt) && days % cycleDays < restDays;
    }

    /** When the cycle that this moment is in goes over from rest to probes. */
    Instant restUntil(Instant at) {
        long cycle = Duration.between(startedAt, at).toDays() / cycleDays;
        return startedAt.plus(Duration.ofDays(cycle * cycleDays + restDays));
    }
}
