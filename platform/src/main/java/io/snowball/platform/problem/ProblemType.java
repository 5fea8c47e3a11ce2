package io.snowball.platform.problem;

import org.jspecify.annotations.Nullable;

/**
 * One kind of error of the API. Each feature lists its own in an enum that implements this; {@code type} in the answer is
 * {@code /problems/<slug>} and never changes, {@code title} is for people.
 */
public interface ProblemType {
    String slug();

    int status();

    String title();

    /** The database constraint whose violation means this problem, so that uniqueness is decided by the database alone. */
    default @Nullable String constraint() {
        return null;
    }

    /** @param detail a sentence for the caller; never a submitted value, which may be personal */
    default ProblemException with(String detail) {
        return new ProblemException(this, detail);
    }
}
