package io.snowball.customer.feedback;

import io.snowball.platform.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;

/** From, which is in it, to, which is not. */
record Period(Instant from, Instant to) {
    Period {
        if (!from.isBefore(to)) {
            throw ProblemException.invalidField("to", "before-from", "must be after from");
        }
    }

    /** Of the same length, right before it. */
    Period previous() {
        return new Period(from.minus(Duration.between(from, to)), from);
    }
}
