package io.snowball.campaign.message;

import io.snowball.campaign.sibling.ConsentDecisions.Decisions;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/**
 * Decisions and until when they are good. Counted from before they were asked for, on a clock that nobody sets: what was
 * withdrawn after that may not be in them.
 *
 * @param addresses what they were asked for, and are asked for again
 */
record Fresh(Decisions decisions, Map<UUID, String> addresses, long askedAt, Duration valid, NanoClock nanoClock) {
    boolean isGood() {
        return nanoClock.nanos() - askedAt < valid.toNanos();
    }

    /** Personal data: not even by accident in a log. */
    @Override
    public String toString() {
        return "Fresh[" + addresses.size() + "]";
    }
}
