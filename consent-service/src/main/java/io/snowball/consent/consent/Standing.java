package io.snowball.consent.consent;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where a consent stands (requirement r07); only {@code GIVEN} allows anything. */
@Schema(name = "ConsentStanding")
public enum Standing {
    /** Said, but not yet shown to be said by the owner of the address (r19). */
    PENDING_CONFIRMATION,
    GIVEN,
    REFUSED,
    WITHDRAWN,
    EXPIRED,
    SUPERSEDED,
    INVALIDATED;

    /** Whether it can still end by running out, by a successor or by being found void. */
    boolean isOpen() {
        return this == GIVEN || this == PENDING_CONFIRMATION;
    }
}
