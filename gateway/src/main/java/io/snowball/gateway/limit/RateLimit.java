package io.snowball.gateway.limit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * So many requests a second for each key, and what would be ten seconds of them at once (the generic cell rate algorithm: all that is
 * kept of a key is when its bucket will be empty again). Who makes up keys without end fills no memory: those beyond the last share one
 * bucket.
 */
final class RateLimit {
    private static final int KEYS_MAX = 100_000;
    private static final String ALL_OTHERS = "";
    private static final long SECOND = 1_000_000;
    private static final long BURST = 10 * SECOND;

    /** Microseconds since 1970, by key. */
    private final ConcurrentMap<String, Long> emptyAt = new ConcurrentHashMap<>();

    private final AtomicLong sweepAt = new AtomicLong();
    private final long each;
    private final Clock clock;

    RateLimit(int perSecond, Clock clock) {
        this.each = SECOND / perSecond;
        this.clock = clock;
    }

    /** @return how long to wait before the next try; zero where this one may pass */
    Duration take(String key) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        long[] wait = new long[1];
        emptyAt.compute(counted(key, now), (_, known) -> {
            long empty = known == null ? now : Math.max(known, now);
            wait[0] = empty + each - now - BURST;
            return wait[0] > 0 ? empty : empty + each;
        });
        return Duration.of(Math.max(0, wait[0]), ChronoUnit.MICROS);
    }

    private String counted(String key, long now) {
        if (emptyAt.size() < KEYS_MAX || emptyAt.containsKey(key)) {
            return key;
        }
        long sweep = sweepAt.get();
        if (now >= sweep && sweepAt.compareAndSet(sweep, now + SECOND)) {
            emptyAt.values().removeIf(empty -> empty <= now);
        }
        return emptyAt.size() < KEYS_MAX ? key : ALL_OTHERS;
    }
}
