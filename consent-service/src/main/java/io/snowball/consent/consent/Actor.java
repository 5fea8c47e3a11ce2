package io.snowball.consent.consent;

/** Who spoke. */
public enum Actor {
    SUBJECT,
    REPRESENTATIVE,
    /** Our own staff, for the subject, such as after a call. */
    OPERATOR
}
