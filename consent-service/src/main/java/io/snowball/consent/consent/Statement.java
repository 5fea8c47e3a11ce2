package io.snowball.consent.consent;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something said that has passed the checks and waits to be written down.
 *
 * @param at when it was said; null: this moment, decided under the lock, so that it comes after all that is written
 * @param once for a withdrawal: nothing is written where it is withdrawn already
 */
record Statement(
        ConsentKey key,
        ConsentAction action,
        @Nullable Instant at,
        @Nullable SignedText signed,
        Terms terms,
        Evidence evidence,
        boolean once) {

    /** The same of another customer. */
    Statement of(UUID customerId) {
        ConsentKey theirs = new ConsentKey(customerId, key.type(), key.purpose(), key.channel());
        return new Statement(theirs, action, at, signed, terms, evidence, once);
    }
}
