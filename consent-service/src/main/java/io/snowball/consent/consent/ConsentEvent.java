package io.snowball.consent.consent;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of the ledger.
 *
 * @param format which fields the seal covers, see {@link EventHash}
 * @param sequence 1 for the customer's first event
 * @param operatorSince from when on the operator's requisites hold that were in force when this was said; null where none were recorded
 * @param hash {@link EventHash} of everything else here
 */
record ConsentEvent(
        int format,
        UUID recordId,
        int sequence,
        ConsentKey key,
        ConsentAction action,
        Instant at,
        Instant recordedAt,
        @Nullable SignedText signed,
        Terms terms,
        Evidence evidence,
        @Nullable Instant operatorSince,
        @Nullable String previousHash,
        String hash) {

    ConsentEvent sealed() {
        return new ConsentEvent(
                format,
                recordId,
                sequence,
                key,
                action,
                at,
                recordedAt,
                signed,
                terms,
                evidence,
                operatorSince,
                previousHash,
                EventHash.of(this));
    }
}
