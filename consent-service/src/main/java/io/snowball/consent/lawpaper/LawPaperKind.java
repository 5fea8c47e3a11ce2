package io.snowball.consent.lawpaper;

/** Which paper. */
enum LawPaperKind {
    /** 152-FZ art. 18.1: the policy. */
    POLICY,
    /** What is processed for what, on what ground. */
    PROCESSING_REGISTER,
    /** What people asked for, by when it was due and what came of it. */
    REQUEST_REGISTER,
    /** Order 180: the sheet for the notice to Roskomnadzor, purpose by purpose. */
    NOTICE_SHEET,
    /** Order 178: the harm that people may suffer. */
    HARM_ACT,
    /** Art. 22 p. 3 n. 10.2: who has access to the data. */
    PERSONS_WITH_ACCESS,
    /** Art. 6 p. 3: the annex to a contract with who processes for the operator. */
    ENTRUSTMENT_ANNEX,
    CONSENT_PROCESSING,
    CONSENT_ADVERTISING,
    CONSENT_SMS,
    CONSENT_CALLS,
    /** Order 18: to publish. */
    CONSENT_DISSEMINATION,
    WITHDRAWAL_FORM
}
