package io.snowball.customer.points;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.snowball.customer.CleanText;
import io.snowball.customer.FieldErrors;
import io.snowball.customer.points.PointsSql.Balance;
import io.snowball.customer.points.PointsSql.Settings;
import io.snowball.platform.access.Accessed;
import io.snowball.platform.money.Money;
import io.snowball.platform.problem.ProblemException;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Points on the wire. */
final class PointsApi {
    /** Far above any balance, and far below what a sum of sums can hold. */
    static final long MAX_POINTS = 1_000_000_000L;

    private PointsApi() {}

    @RegisterForReflection
    @Schema(name = "PointsBalance", description = "Whole points")
    record PointsBalance(
            @Schema(description = "Another id than asked for, where the two were merged") @NotNull
            UUID customerId,

            @Schema(examples = "480", description = "Can be spent now: what has expired by now is not in it") @NotNull
            long available,

            @Schema(examples = "0", description = "Set aside for orders that are not paid yet") @NotNull
            long held,

            @Schema(
                    examples = "0",
                    description =
                            "Was taken back for returned orders after it had been spent; the next points pay it. The balance itself is "
                                    + "never below zero")
            @NotNull
            long debt,

            @Schema(examples = "480.00", description = "Of the available points, in the installation's currency")
            @NotNull
            Money worth,

            @Schema(description = "When the next points expire; absent, if none do") @Nullable
            Instant nextExpiryAt,

            @Schema(examples = "100", description = "How many expire then; absent, if none do") @Nullable
            Long expiring)
            implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return List.of(customerId);
        }

        static PointsBalance of(UUID customer, Balance balance, Settings settings) {
            return new PointsBalance(
                    customer,
                    balance.available(),
                    balance.held(),
                    balance.debt(),
                    new Money(settings.pointValue()).times(balance.available()),
                    balance.nextExpiry(),
                    balance.nextExpiry() == null ? null : balance.expiring());
        }
    }

    @RegisterForReflection
    @Schema(name = "PointsEntry", description = "Points that went from one account to another")
    record PointsEntry(
            @NotNull UUID id,
            @NotNull EntryKind kind,
            @NotNull Account from,
            @NotNull Account to,
            @Schema(examples = "50") @NotNull long points,

            @Schema(examples = "-50", description = "How the available points changed") @NotNull
            long change,

            @NotNull Instant madeAt,

            @Schema(examples = "rule", description = "A user's id, or rule, order, clock, unmerge") @NotNull
            String madeBy,

            @Nullable UUID ruleId,

            @Schema(examples = "order/01890a5d-ac96-774b-bcce-b302099a8057", description = "What it was for") @Nullable
            String source,

            @Nullable UUID redemptionId,

            @Schema(description = "Of a correction; for roles that may see personal data") @Nullable
            String reason) {
        static PointsEntry of(Entry entry, boolean reason) {
            return new PointsEntry(
                    entry.id(),
                    entry.kind(),
                    entry.from(),
                    entry.to(),
                    entry.points(),
                    entry.change(),
                    entry.madeAt(),
                    entry.cause().by(),
                    entry.cause().ruleId(),
                    entry.cause().source(),
                    entry.cause().redemptionId(),
                    reason ? entry.cause().reason() : null);
        }
    }

    @Schema(name = "PointsStatement")
    record PointsStatement(
            @NotNull List<PointsEntry> items, @Nullable String nextCursor) {}

    @Schema(name = "CorrectPoints")
    record CorrectPoints(
            @Schema(
                    examples = "-100",
                    description = "Given; below zero: taken away, at most what is available",
                    minimum = "-1000000000",
                    maximum = "1000000000")
            @NotNull
            @Min(-MAX_POINTS)
            @Max(MAX_POINTS)
            Long points,

            @Schema(examples = "The till was offline on 1 March") @NotNull @Size(max = 500)
            String reason,

            @Schema(examples = "365", description = "Days after which points that are given expire; never, if left out")
            @Nullable
            @Min(1)
            @Max(3650)
            Integer lifetimeDays) {
        String cleanReason() {
            FieldErrors errors = new FieldErrors();
            String clean = errors.read("/reason", () -> CleanText.required(reason, 500));
            if (points == 0) {
                throw ProblemException.invalidField("/points", "zero", "must not be zero");
            }
            errors.throwIfAny();
            return clean == null ? "" : clean;
        }
    }

    @Schema(name = "PointsSettings")
    record PointsSettings(
            @Schema(examples = "1.00", description = "What a point is worth in the installation's currency") @NotNull
            Money pointValue,

            @Schema(
                    examples = "30",
                    description = "So much of an order can be paid with points, per cent with two decimal places")
            @NotNull
            @DecimalMin("0.01")
            @DecimalMax("100")
            BigDecimal maxShare) {
        Settings toSettings() {
            if (pointValue.kopecks() < 1 || pointValue.kopecks() > 1_000_000) {
                throw ProblemException.invalidField("/pointValue", "out-of-range", "must be between 0.01 and 10000");
            }
            if (maxShare.stripTrailingZeros().scale() > 2) {
                throw ProblemException.invalidField("/maxShare", "precision", "must have at most two decimal places");
            }
            return new Settings(pointValue.kopecks(), maxShare.movePointRight(2).intValueExact());
        }

        static PointsSettings of(Settings settings) {
            return new PointsSettings(new Money(settings.pointValue()), BigDecimal.valueOf(settings.maxShare(), 2));
        }
    }
}
