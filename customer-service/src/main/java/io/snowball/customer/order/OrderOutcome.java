package io.snowball.customer.order;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of one order; {@code field} and {@code reason} say why one was refused. */
public record OrderOutcome(
        Status status,
        @Nullable UUID id,
        @Nullable String field,
        @Nullable String reason) {
    public enum Status {
        ACCEPTED,
        UPDATED,
        DUPLICATE,
        REJECTED
    }

    static OrderOutcome stored(Status status, @Nullable UUID id) {
        return new OrderOutcome(status, id, null, null);
    }

    static OrderOutcome rejected(String field, String reason) {
        return new OrderOutcome(Status.REJECTED, null, field, reason);
    }
}
