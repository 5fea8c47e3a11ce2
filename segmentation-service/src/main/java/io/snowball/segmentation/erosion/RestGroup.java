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
 *
 * @param redrawn each cycle has a group of its own, so that what is left of earlier ones is the same in both arms; false only for a group
 *     drawn before there was a choice
 */
record RestGroup(
        String salt, double share, int restDays, int cycleDays, int responseDays, Instant startedAt, boolean redrawn) {
    private static final double NUMBERS = 0x1p32;

    /** The same as {@link ErosionSql} has it. */
    boolean contains(UUID customerId, long cycle) {
        try {
            String drawn = salt + (redrawn ? cycle + ":" : "") + customerId;
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(drawn.getBytes(StandardCharsets.UTF_8));
            return HexFormat.fromHexDigitsToLong(HexFormat.of().formatHex(hash, 0, 4)) < share * NUMBERS;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** 0 is the first. */
    long cycle(Instant at) {
        return Duration.between(startedAt, at).toDays() / cycleDays;
    }

    boolean isRest(Instant at) {
        long days = Duration.between(startedAt, at).toDays();
        return !at.isBefore(startedAt) && days % cycleDays < restDays;
    }

    /** When the cycle that this moment is in goes over from rest to probes. */
    Instant restUntil(Instant at) {
        return startedAt.plus(Duration.ofDays(cycle(at) * cycleDays + restDays));
    }
}
