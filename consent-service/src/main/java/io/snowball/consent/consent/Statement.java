package io.snowball.consent.consent;

import java.time.Instant;
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
        boolean once) {}
