package io.snowball.consent.consent;

/** What happened to a consent (requirement r06). What it comes to is a {@link Standing}. */
public enum ConsentAction {
    /** The form was seen; nothing was said yet. */
    SHOWN,
    GIVEN,
    /** The person proved that the address or number is theirs: the second half of a double opt-in. */
    CONFIRMED,
    REFUSED,
    WITHDRAWN,
    /** The term for which it was given is over. */
    EXPIRED,
    /** Another consent took its place. */
    SUPERSEDED,
    /** It turned out to be none: somebody else's address, a form with a fault. */
    INVALIDATED
}
