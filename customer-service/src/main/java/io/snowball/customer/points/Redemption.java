package io.snowball.customer.points;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Points set aside for an order, and what became of them.
 *
 * @param uses the lots they came from, in the order in which they were taken
 */
record Redemption(
        UUID id,
        UUID customerId,
        @Nullable String orderId,
        long points,
        long captured,
        long refunded,
        State state,
        @Nullable Instant expiresAt,
        Instant createdAt,
        @Nullable Instant capturedAt,
        List<Use> uses) {
    @Schema(name = "PointsRedemptionState")
    enum State {
        HELD,
        CAPTURED,
        RELEASED,
        EXPIRED
    }

    /** @param returned what went back to the lot, or to a new one in its place */
    record Use(UUID lotId, @Nullable Instant lotExpiresAt, long points, long returned) {
        Use returning(long more) {
            return new Use(lotId, lotExpiresAt, points, returned + more);
        }
    }

    Redemption captured(long taken, Instant at, List<Use> after) {
        return new Redemption(
                id, customerId, orderId, points, taken, 0, State.CAPTURED, expiresAt, createdAt, at, after);
    }

    Redemption released(State as, List<Use> after) {
        return new Redemption(id, customerId, orderId, points, 0, 0, as, expiresAt, createdAt, null, after);
    }

    Redemption refunded(long more, List<Use> after) {
        return new Redemption(
                id,
                customerId,
                orderId,
                points,
                captured,
                refunded + more,
                state,
                expiresAt,
                createdAt,
                capturedAt,
                after);
    }
}
