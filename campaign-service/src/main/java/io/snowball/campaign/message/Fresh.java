package io.snowball.campaign.message;

import io.snowball.campaign.sibling.ConsentDecisions.Decisions;
import java.time.Duration;

/**
 * Decisions and until when they are good. Counted from before they were asked for, on a clock that nobody sets: what was
 * withdrawn after that may not be in them.
 */
record Fresh(Decisions decisions, long askedAt, Duration valid, NanoClock nanoClock) {
    boolean isGood() {
        return nanoClock.nanos() - askedAt < valid.toNanos();
    }
}
