package io.snowball.customer.calllist;

/** What came of a call. */
enum CallResult {
    NO_ANSWER,
    CALL_BACK,
    ACCEPTED,
    /** The offer, not being called. */
    REFUSED,
    WRONG_NUMBER,
    /** The person wants no calls: said aloud it counts like any withdrawal. */
    DO_NOT_CALL
}
