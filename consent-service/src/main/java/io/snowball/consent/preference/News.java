package io.snowball.consent.preference;

/** What has just happened, so that the page says it. */
public enum News {
    SAVED,
    STOPPED,
    ASKED,
    /** Enough requests are open already. */
    ENOUGH
}
