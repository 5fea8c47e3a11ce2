package io.snowball.customer.event;

import org.jspecify.annotations.Nullable;

/** What became of one event; {@code reason} says why one was refused. */
record EventOutcome(Status status, @Nullable String reason) {
    enum Status {
        ACCEPTED,
        DUPLICATE,
        REJECTED
    }

    static EventOutcome rejected(String reason) {
        return new EventOutcome(Status.REJECTED, reason);
    }
}
