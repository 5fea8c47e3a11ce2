package io.snowball.consent.consent;

/** How a person was shown to be the owner of the address or number (requirement r02; FAS order 410/24: a filled form does not). */
public enum ConfirmationMethod {
    /** A link that was sent to the address was followed and its button pressed. */
    EMAIL_LINK,
    /** A code that was sent to the number was entered. */
    OTP,
    /** The state's identification system. */
    ESIA,
    /** A signature, on paper or electronic. */
    SIGNATURE,
    /** A call that the person made or took, recorded. */
    CALL_RECORDING,
    /** An account whose address or number had been confirmed before. */
    LOGIN,
    /** It had been confirmed in the system that it was imported from; the reference says where the proof lies. */
    IMPORTED_PROOF;

    /** Whether the proof lies somewhere else. */
    boolean needsReference() {
        return this == IMPORTED_PROOF || this == CALL_RECORDING;
    }
}
