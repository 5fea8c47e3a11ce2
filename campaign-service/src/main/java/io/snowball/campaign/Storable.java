package io.snowball.campaign;

import io.snowball.platform.problem.ProblemException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What texts and times must be for PostgreSQL to keep them: else a request would end in an error of ours. */
public final class Storable {
    /** For {@code @Pattern}. */
    public static final String NO_NUL = "[^\\x00]*";

    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private Storable() {}

    public static void check(String pointer, @Nullable Instant at) {
        if (at != null && (at.isBefore(EARLIEST) || at.isAfter(LATEST))) {
            throw ProblemException.invalidField(pointer, "range", "Choose a time between the years 1900 and 2200");
        }
    }
}
