package io.snowball.platform.time;

import java.time.Instant;

/** The times that a request may name: what lies outside is a mistake, and at the far end no table could hold it. */
public final class TimeBounds {
    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private TimeBounds() {}

    public static boolean hold(Instant at) {
        return !at.isBefore(EARLIEST) && !at.isAfter(LATEST);
    }

    /** @throws IllegalArgumentException with a sentence for the user */
    public static Instant check(Instant at) {
        if (!hold(at)) {
            throw new IllegalArgumentException("must be between the years 1900 and 2200");
        }
        return at;
    }
}
