package io.snowball.customer.referral;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.snowball.customer.referral.Referral.State;
import io.snowball.customer.referral.ReferralSql.Code;
import io.snowball.platform.access.Accessed;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Referrals on the wire. */
final class ReferralApi {
    private static final String REFERRAL_CODE = "[A-Z0-9]{4,20}";

    private ReferralApi() {}

    @Schema(name = "CreateReferralCode")
    record CreateReferralCode(
            @NotNull UUID customerId,

            @Schema(
                    examples = "ANNA2026",
                    description =
                            "4 to 20 capital letters and digits; it names nobody, so no name in it. Made up, if left out")
            @Nullable
            @Pattern(regexp = REFERRAL_CODE)
            String code) {}

    @RegisterForReflection
    @Schema(name = "ReferralCode")
    record ReferralCodeView(
            @Schema(examples = "K7M2QX4TRA") @NotNull String code,
            @NotNull UUID customerId,
            @NotNull Instant createdAt) implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return List.of(customerId);
        }

        static ReferralCodeView of(Code code) {
            return new ReferralCodeView(code.code(), code.customerId(), code.createdAt());
        }
    }

    @Schema(name = "ReferralCodeList")
    record ReferralCodeList(@NotNull List<ReferralCodeView> items) implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return items.stream().map(ReferralCodeView::customerId).toList();
        }
    }

    @Schema(name = "CreateReferral")
    record CreateReferral(
            @Schema(examples = "K7M2QX4TRA") @NotNull @Pattern(regexp = REFERRAL_CODE)
            String code,

            @Schema(description = "Who was invited and has not bought yet") @NotNull
            UUID customerId) {}

    @RegisterForReflection
    @Schema(name = "Referral")
    record ReferralView(
            @NotNull UUID id,
            @Schema(examples = "K7M2QX4TRA") @NotNull String code,
            @NotNull UUID inviterId,
            @NotNull UUID invitedId,

            @Schema(
                    description =
                            "PENDING until the first paid order; VOID where the two turned out to be one person, or another invitation was first")
            @NotNull
            State state,

            @Schema(description = "The order that both are rewarded for; if it comes back, the points are taken back")
            @Nullable
            UUID orderId,

            @NotNull Instant createdAt)
            implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return List.of(inviterId, invitedId);
        }

        static ReferralView of(Referral referral) {
            return new ReferralView(
                    referral.id(),
                    referral.code(),
                    referral.inviterId(),
                    referral.invitedId(),
                    referral.state(),
                    referral.orderId(),
                    referral.createdAt());
        }
    }

    @Schema(name = "ReferralPage")
    record ReferralPage(
            @NotNull List<ReferralView> items, @Nullable String nextCursor) implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return items.stream()
                    .flatMap(one -> one.whoseData().stream())
                    .distinct()
                    .toList();
        }
    }
}
