package io.snowball.consent.consent;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger comes to for one key.
 *
 * @param recordId the event that it rests on
 * @param legacyBundled see {@link Terms}; of the consent that there was last
 */
record ConsentState(
        ConsentKey key,
        Standing standing,
        UUID recordId,
        Instant at,
        @Nullable Instant validUntil,
        @Nullable String identifierHash,
        boolean legacyBundled) {

    /** What an event makes of a key about which nothing is known; null where it says nothing about the state. */
    static @Nullable ConsentState first(ConsentKey key, ConsentEvent event) {
        Standing standing = switch (event.action()) {
            case GIVEN -> given(event);
            case REFUSED -> Standing.REFUSED;
            case WITHDRAWN -> Standing.WITHDRAWN;
            case SHOWN, CONFIRMED, EXPIRED, SUPERSEDED, INVALIDATED -> null;
        };
        return standing == null
                ? null
                : new ConsentState(
                        key,
                        standing,
                        event.recordId(),
                        event.at(),
                        event.terms().validUntil(),
                        event.terms().identifierHash(),
                        event.terms().legacyBundled());
    }

    /** The state after the event; this one where the event does not change it. */
    ConsentState after(ConsentEvent event) {
        UUID refersTo = event.terms().refersTo();
        if (refersTo != null && !refersTo.equals(recordId)) {
            return this;
        }
        Standing next = switch (event.action()) {
            case SHOWN -> standing;
            case GIVEN -> given(event);
            case CONFIRMED -> standing == Standing.PENDING_CONFIRMATION ? Standing.GIVEN : standing;
            case REFUSED -> Standing.REFUSED;
            case WITHDRAWN -> Standing.WITHDRAWN;
            case EXPIRED -> standing.isOpen() ? Standing.EXPIRED : standing;
            case SUPERSEDED -> standing.isOpen() ? Standing.SUPERSEDED : standing;
            case INVALIDATED -> standing.isOpen() ? Standing.INVALIDATED : standing;
        };
        boolean says = next != standing || event.action() == ConsentAction.GIVEN || ends(event);
        return says && yieldsTo(next, event) ? resting(next, event) : this;
    }

    private static Standing given(ConsentEvent event) {
        return Boolean.TRUE.equals(event.terms().awaitsConfirmation()) ? Standing.PENDING_CONFIRMATION : Standing.GIVEN;
    }

    private static boolean ends(ConsentEvent event) {
        return event.action() == ConsentAction.REFUSED || event.action() == ConsentAction.WITHDRAWN;
    }

    private ConsentState resting(Standing next, ConsentEvent event) {
        boolean anew = event.action() == ConsentAction.GIVEN;
        return new ConsentState(
                key,
                next,
                event.recordId(),
                event.at(),
                anew ? event.terms().validUntil() : validUntil,
                anew ? event.terms().identifierHash() : identifierHash,
                anew ? event.terms().legacyBundled() : legacyBundled);
    }

    /** The later statement counts; of two at the same moment the one that silences, because silence can be made good. */
    private boolean yieldsTo(Standing next, ConsentEvent event) {
        if (event.at().equals(at)) {
            return standing.isOpen() || !next.isOpen();
        }
        return event.at().isAfter(at);
    }
}
