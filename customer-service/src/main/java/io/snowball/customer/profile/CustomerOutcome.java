package io.snowball.customer.profile;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of one draft. */
public record CustomerOutcome(
        Status status, UUID id, int version, @Nullable String field) {
    public enum Status {
        ACCEPTED,
        UPDATED,
        UNCHANGED,
        /** The identity named by {@code field} belongs to another customer. */
        REJECTED
    }

    public static final String TAKEN = "belongs to another customer";
}
