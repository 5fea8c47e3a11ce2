package io.snowball.consent.calendar;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the law sets a term for; the terms themselves are in the table {@code legal_term}. */
@Schema(name = "LegalTermCode")
public enum TermCode {
    ACCESS,
    REFUSAL,
    CORRECTION,
    DESTROY_ILLEGAL,
    CLARIFY,
    STOP_UNLAWFUL,
    DESTROY_UNLAWFUL,
    PURPOSE_REACHED,
    WITHDRAWAL,
    STOP_PROCESSING,
    DISSEMINATION_STOP,
    RKN_REQUEST,
    /** Where it can't be destroyed in time it is blocked, and destroyed within this. */
    DESTROY_BLOCKED,
    MARKETING_STOP,
    INCIDENT_NOTICE,
    INCIDENT_RESULT,
    DESTRUCTION_PROOF_KEPT,
    REQUEST_KEPT,
    INCIDENT_KEPT,
    ACCESS_LOG_KEPT,
    /** From the end of a consent, for the events about it. */
    CONSENT_KEPT,
    /** Who has the data from us hears of a correction, a destruction or a stop. */
    TELL_RECIPIENTS,
    EFFICIENCY_REVIEW
}
