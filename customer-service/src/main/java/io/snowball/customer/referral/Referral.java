package io.snowball.customer.referral;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Somebody invited somebody.
 *
 * @param orderId that both are rewarded for
 */
public record Referral(
        UUID id,
        String code,
        UUID invitedId,
        UUID inviterId,
        State state,
        @Nullable UUID orderId,
        Instant createdAt) {

    @Schema(name = "ReferralState")
    public enum State {
        PENDING,
        REWARDED,
        /** It turned out to be nobody else, or another invitation was first. */
        VOID
    }

    public Referral settled(State as, @Nullable UUID order) {
        return new Referral(id, code, invitedId, inviterId, as, order, createdAt);
    }
}
