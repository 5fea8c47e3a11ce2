package io.snowball.consent.consent;

/** What was said, and so the state afterwards. */
public enum ConsentAction {
    GIVEN,
    WITHDRAWN
}
