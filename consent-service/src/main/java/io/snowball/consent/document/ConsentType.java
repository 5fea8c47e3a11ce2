package io.snowball.consent.document;

/** Consents that the law keeps apart: each has its own text, its own tick box and its own record (requirement r03). */
public enum ConsentType {
    /** 38-FZ art. 18: to advertising over one channel. The only type that is given per channel. */
    ADVERTISING,
    /** 152-FZ art. 9: to the processing of personal data for a purpose. */
    PD_PROCESSING,
    /** 126-FZ art. 44.1: to SMS mailings. */
    SMS_44_1,
    /** 126-FZ art. 44.1-1: to mass and automatic calls. */
    MASS_CALL_44_1_1,
    /** 152-FZ art. 10.1: to publishing. */
    DISSEMINATION,
    /** To handing data to a third party. */
    TRANSFER,
    /** 152-FZ art. 12. */
    CROSS_BORDER,
    /** 152-FZ art. 10 and 11: special categories and biometrics. */
    SPECIAL_CATEGORIES
}
