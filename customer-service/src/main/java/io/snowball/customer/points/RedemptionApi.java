package io.snowball.customer.points;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.snowball.customer.CleanText;
import io.snowball.customer.FieldErrors;
import io.snowball.customer.points.PointsSql.Settings;
import io.snowball.customer.points.Redemption.State;
import io.snowball.platform.access.Accessed;
import io.snowball.platform.money.Money;
import io.snowball.platform.problem.ProblemException;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Paying with points, on the wire. */
final class RedemptionApi {
    private static final Duration LONGEST_HOLD = Duration.ofDays(30);

    private RedemptionApi() {}

    @Schema(name = "RedeemPoints")
    record RedeemPoints(
            @NotNull UUID customerId,

            @Schema(examples = "300", maximum = "1000000000") @NotNull @Min(1) @Max(PointsApi.MAX_POINTS)
            Long points,

            @Schema(
                    examples = "web-10042",
                    description =
                            "The shop's id of the order: the order may come later. If it is cancelled or returned, the points come back")
            @Nullable
            @Size(max = 200)
            String orderExternalId,

            @Schema(
                    examples = "1499.90",
                    description = "Required where only a share of an order can be paid with points")
            @Nullable
            Money orderAmount,

            @Schema(
                    examples = "900",
                    description =
                            "Set the points aside for so many seconds, until the order is paid, and capture them then; captured at once, if "
                                    + "left out. At most 30 days")
            @Nullable
            @Min(1)
            @Max(2_592_000)
            Integer holdSeconds) {
        Redemptions.Order toOrder(Instant now) {
            FieldErrors errors = new FieldErrors();
            String order = errors.read("/orderExternalId", () -> CleanText.optional(orderExternalId, 200));
            if (orderAmount != null
                    && (orderAmount.kopecks() < 0 || orderAmount.kopecks() > PointsApi.MAX_POINTS * 1_000_000)) {
                throw ProblemException.invalidField("/orderAmount", "out-of-range", "must be a decent amount");
            }
            errors.throwIfAny();
            return new Redemptions.Order(
                    customerId,
                    points,
                    order,
                    orderAmount == null ? null : orderAmount.kopecks(),
                    holdSeconds == null ? null : now.plusSeconds(Math.min(holdSeconds, LONGEST_HOLD.toSeconds())));
        }
    }

    @Schema(name = "SettlePoints", description = "All, if points is left out")
    record SettlePoints(
            @Schema(examples = "300", maximum = "1000000000") @Nullable @Min(0) @Max(PointsApi.MAX_POINTS)
            Long points) {}

    @RegisterForReflection
    @Schema(name = "PointsRedemption")
    record RedemptionView(
            @NotNull UUID id,
            @NotNull UUID customerId,
            @Schema(examples = "web-10042") @Nullable String orderExternalId,

            @Schema(examples = "300", description = "Set aside") @NotNull
            long points,

            @Schema(examples = "300", description = "Paid with") @NotNull
            long captured,

            @Schema(examples = "0", description = "Given back of these") @NotNull
            long refunded,

            @Schema(examples = "300.00", description = "What the order costs less") @NotNull
            Money discount,

            @NotNull State state,

            @Schema(description = "When a hold ends by itself") @Nullable
            Instant expiresAt,

            @NotNull Instant createdAt)
            implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return List.of(customerId);
        }

        static RedemptionView of(Redemption one, Settings settings) {
            return new RedemptionView(
                    one.id(),
                    one.customerId(),
                    one.orderId(),
                    one.points(),
                    one.captured(),
                    one.refunded(),
                    new Money(settings.pointValue())
                            .times(one.state() == State.HELD ? one.points() : one.captured() - one.refunded()),
                    one.state(),
                    one.expiresAt(),
                    one.createdAt());
        }
    }
}
