package io.snowball.consent.decision;

import io.snowball.consent.consent.Standing;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why a message may go or may not. */
@Schema(name = "DecisionReason")
enum Reason {
    GIVEN,
    /** The class of the message needs no consent. */
    NOT_NEEDED,
    NO_CONSENT,
    /** Given, but the owner of the address has not confirmed it; or given for another address. */
    NOT_CONFIRMED,
    REFUSED,
    WITHDRAWN,
    EXPIRED,
    SUPERSEDED,
    INVALIDATED,
    /** The consent to the processing itself, or to mailings to the number, was ended. */
    BASIS_ENDED,
    /** Asked for inside another document before 01.09.2025; the legacy consent rule says whether that is allowed. */
    LEGACY_BUNDLED,
    /** Not over this channel, for nobody: see the channel rules. */
    CHANNEL_FORBIDDEN,
    /** Nobody is called from a number that is not in the register of ours, or by a robot from one that people dial. */
    NUMBER_NOT_REGISTERED,
    /** 38-FZ art. 18 p. 2. */
    DIALLED_BY_PEOPLE_ONLY,
    SUBJECT_DEMAND,
    COMPLAINT,
    OPERATOR_REFUSAL,
    NUMBER_REISSUED,
    BLOCKED,
    DESTROYED,
    /** The customer lives on under another id: ask about that one. */
    MERGED;

    static Reason of(Standing standing) {
        return switch (standing) {
            case PENDING_CONFIRMATION -> NOT_CONFIRMED;
            case GIVEN -> GIVEN;
            case REFUSED -> REFUSED;
            case WITHDRAWN -> WITHDRAWN;
            case EXPIRED -> EXPIRED;
            case SUPERSEDED -> SUPERSEDED;
            case INVALIDATED -> INVALIDATED;
        };
    }

    static Reason of(StopReason stop) {
        return switch (stop) {
            case SUBJECT_DEMAND -> SUBJECT_DEMAND;
            case COMPLAINT -> COMPLAINT;
            case OPERATOR_REFUSAL -> OPERATOR_REFUSAL;
            case NUMBER_REISSUED -> NUMBER_REISSUED;
            case BLOCKED -> BLOCKED;
            case DESTROYED -> DESTROYED;
        };
    }
}
