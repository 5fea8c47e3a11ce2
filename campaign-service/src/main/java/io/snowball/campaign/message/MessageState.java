package io.snowball.campaign.message;

/** Where a message stands. */
enum MessageState {
    /** Waits for its time and a dispatcher. */
    DUE,
    /** A dispatcher has it. Whether it is being offered to the provider at this moment, the dispatcher's lease says. */
    CLAIMED,
    SENT,
    /** May not be written to, or can't be: the reason says why. */
    SUPPRESSED,
    /** May be written to, and is not: the control group. */
    HELD_OUT,
    FAILED,
    /** Was being offered when its dispatcher died, or the server's answer did not come: may have been sent. */
    UNCERTAIN,
    CANCELLED
}
