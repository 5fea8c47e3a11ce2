package io.snowball.consent.consent;

import java.time.Instant;
import java.util.UUID;

/** What the ledger comes to for one key. */
record ConsentState(ConsentKey key, ConsentAction state, UUID recordId, Instant at) {
    static ConsentState of(ConsentEvent event) {
        return new ConsentState(event.key(), event.action(), event.recordId(), event.at());
    }

    /** The later statement counts; of two at the same moment the withdrawal, because silence can be made good. */
    boolean yieldsTo(ConsentEvent event) {
        if (event.at().equals(at)) {
            return state == ConsentAction.GIVEN || event.action() == ConsentAction.WITHDRAWN;
        }
        return event.at().isAfter(at);
    }
}
