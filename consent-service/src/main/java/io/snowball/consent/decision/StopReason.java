package io.snowball.consent.decision;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why somebody must not be written to, whatever they consented to. */
@Schema(name = "StopReason")
public enum StopReason {
    /** The person wants no advertising, said in whatever way (38-FZ art. 18: at once). A consent given later counts again. */
    SUBJECT_DEMAND,
    COMPLAINT,
    /** The provider's code that the subscriber has refused all mailings at the operator (126-FZ art. 44.1 p. 1.1): it delivers none. */
    OPERATOR_REFUSAL,
    /** The number may be somebody else's by now (r20). A consent confirmed later counts again. */
    NUMBER_REISSUED,
    /** 152-FZ art. 21 p. 1: blocked while a complaint is looked into. */
    BLOCKED,
    /** The data were destroyed; the hash stays so that the address is not mailed again (r28). A consent given later counts again. */
    DESTROYED;

    boolean stops(MessageClass messageClass) {
        return switch (this) {
            case SUBJECT_DEMAND, COMPLAINT, DESTROYED -> messageClass == MessageClass.ADVERTISING;
            case OPERATOR_REFUSAL, NUMBER_REISSUED -> true;
            case BLOCKED -> messageClass != MessageClass.LEGAL;
        };
    }

    boolean yieldsToALaterConsent() {
        return switch (this) {
            case SUBJECT_DEMAND, NUMBER_REISSUED, DESTROYED -> true;
            case COMPLAINT, OPERATOR_REFUSAL, BLOCKED -> false;
        };
    }
}
