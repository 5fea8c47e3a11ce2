package io.snowball.consent.block;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

@Schema(name = "BlockReason")
public enum BlockReason {
    /** 152-FZ art. 21 p. 1: for the time of the check. */
    CHECK,
    /** Art. 21 p. 6: until it can be destroyed, six months at most. */
    CAN_NOT_BE_DESTROYED,
    OTHER
}
