package io.snowball.consent.consent;

import io.snowball.consent.document.ConsentType;
import java.util.UUID;

/** What one consent is about. */
record ConsentKey(UUID customerId, ConsentType type, String purpose, Channel channel) {
    /** Only for withdrawals: whatever the purpose. No purpose has this code. */
    static final String ALL_PURPOSES = "*";

    boolean isForAllPurposes() {
        return purpose.equals(ALL_PURPOSES);
    }

    /** Whether a withdrawal of this is also one of the other. */
    boolean covers(ConsentKey other) {
        return isForAllPurposes()
                && !equals(other)
                && customerId.equals(other.customerId)
                && type == other.type
                && (channel == Channel.ANY || channel == other.channel);
    }
}
