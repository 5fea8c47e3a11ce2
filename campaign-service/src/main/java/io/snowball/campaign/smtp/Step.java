package io.snowball.campaign.smtp;

/** Where in the conversation an outcome was decided. At RCPT it speaks of the recipient's address; at MAIL of the sender. */
public enum Step {
    /** Our own check, before anything was written. */
    CHECK,
    /** Connecting, greeting, TLS, authentication. */
    CONNECT,
    MAIL,
    RCPT,
    DATA,
    /** After the end of the message. */
    END
}
