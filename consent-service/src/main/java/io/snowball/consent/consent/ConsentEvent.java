package io.snowball.consent.consent;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of the ledger.
 *
 * @param sequence 1 for the customer's first event
 * @param hash {@link EventHash} of everything else here
 */
record ConsentEvent(
        UUID recordId,
        int sequence,
        ConsentKey key,
        ConsentAction action,
        Instant at,
        Instant recordedAt,
        @Nullable SignedText signed,
        Evidence evidence,
        @Nullable String previousHash,
        String hash) {

    ConsentEvent sealed() {
        return new ConsentEvent(
                recordId, sequence, key, action, at, recordedAt, signed, evidence, previousHash, EventHash.of(this));
    }
}
