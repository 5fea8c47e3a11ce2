package io.snowball.platform.id;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * UUIDv7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then 12 bits that count within the millisecond, so that ids
 * made by one process sort in the order they were made, then 62 random bits.
 */
public final class Ids {
    private static final long COUNTER_BITS = 12;
    private static final AtomicLong LAST = new AtomicLong();

    private Ids() {}

    public static UUID next() {
        // The counter may borrow from the future under a burst of more than 4,096 ids a millisecond; order is what
        // matters.
        long stamp = LAST.updateAndGet(last -> Math.max(last + 1, System.currentTimeMillis() << COUNTER_BITS));
        long millis = stamp >>> COUNTER_BITS;
        long counter = stamp & ((1 << COUNTER_BITS) - 1);
        long high = (millis << 16) | 0x7000L | counter;
        long low = (Randomness.SOURCE.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** In a holder of its own, so that a native executable seeds it when it runs and not when it is built. */
    private static final class Randomness {
        private static final SecureRandom SOURCE = new SecureRandom();
    }
}
