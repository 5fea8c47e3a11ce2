package io.snowball.consent.decision;

/** What a rule says about a channel. */
enum ChannelVerdict {
    PERMITTED,
    /** Permitted, at a risk that somebody has to answer for. */
    WARNED,
    FORBIDDEN
}
