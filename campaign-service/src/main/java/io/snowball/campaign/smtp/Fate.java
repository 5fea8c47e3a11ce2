package io.snowball.campaign.smtp;

/** What became of a message. */
public enum Fate {
    /** The server has taken it (2xx after the end of the message). */
    ACCEPTED,
    /** The server, or our own check before it, refused for good: trying again won't help. */
    REJECTED,
    /** The server said to try later (4xx). It has not taken the message. */
    DEFERRED,
    /** The end of the message was never written: the server can't have taken it, sending again is safe. */
    NOT_SENT,
    /** The end of the message was written and no answer came: the server may have taken it. Never send again by itself. */
    UNKNOWN
}
