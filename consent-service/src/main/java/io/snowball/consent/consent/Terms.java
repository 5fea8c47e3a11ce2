package io.snowball.consent.consent;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a statement is bound to.
 *
 * @param awaitsConfirmation for GIVEN: whether it counts only when confirmed, as the rule of the purpose was at that moment
 * @param refersTo the record that is confirmed or ended; without effect where the consent rests on another by now
 * @param validUntil when the consent ends by itself
 * @param identifierHash {@link IdentifierHash} of the address or number that it was given for
 * @param legacyBundled for GIVEN: whether it was asked for inside another document, as was done before 01.09.2025 (r10)
 */
record Terms(
        @Nullable Boolean awaitsConfirmation,
        @Nullable UUID refersTo,
        @Nullable Instant validUntil,
        @Nullable String identifierHash,
        boolean legacyBundled) {
    static final Terms NONE = new Terms(null, null, null, null, false);

    /** Of what is said about one record. */
    static Terms about(UUID recordId) {
        return new Terms(null, recordId, null, null, false);
    }

    static Terms confirming(UUID recordId, @Nullable String identifierHash) {
        return new Terms(null, recordId, null, identifierHash, false);
    }

    Terms awaiting(boolean awaits) {
        return new Terms(awaits, refersTo, validUntil, identifierHash, legacyBundled);
    }
}
