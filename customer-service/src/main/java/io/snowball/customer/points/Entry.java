package io.snowball.customer.points;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Points that went from one account to another. */
record Entry(
        UUID id, UUID customerId, EntryKind kind, Account from, Account to, long points, Cause cause, Instant madeAt) {

    /** Why. A source is an order, event, registration or referral, never a person. */
    record Cause(
            @Nullable UUID ruleId,
            @Nullable String source,
            @Nullable UUID redemptionId,
            @Nullable String reason,
            String by) {
        static final Cause TIME = new Cause(null, null, null, null, "clock");

        static Cause rule(UUID rule, String source) {
            return new Cause(rule, source, null, null, "rule");
        }

        static Cause redemption(UUID id, @Nullable String order, String by) {
            return new Cause(null, order, id, null, by);
        }
    }

    /** How it changes what the customer can spend. */
    long change() {
        return effectOn(Account.AVAILABLE);
    }

    long effectOn(Account account) {
        if (to == account) {
            return points;
        }
        return from == account ? -points : 0;
    }
}
