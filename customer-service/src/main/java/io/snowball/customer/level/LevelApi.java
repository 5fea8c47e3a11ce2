package io.snowball.customer.level;

import io.snowball.customer.CleanText;
import io.snowball.customer.FieldErrors;
import io.snowball.platform.money.Money;
import io.snowball.platform.problem.ProblemException;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Levels on the wire. */
final class LevelApi {
    static final String CODE = "[A-Za-z0-9_-]{1,50}";
    private static final long MAX_POINTS = 1_000_000_000L;

    private LevelApi() {}

    @Schema(name = "DefineLoyaltyLevel", description = "All conditions that are given must hold; one at least")
    record DefineLoyaltyLevel(
            @Schema(examples = "Gold") @NotNull @Size(max = 100)
            String name,

            @Schema(examples = "3", description = "The higher the better; no two levels have the same")
            @NotNull
            @Min(1)
            @Max(1000)
            Integer rank,

            @Schema(examples = "50000.00", description = "Paid in the window, without what came back") @Nullable
            Money minSpent,

            @Schema(examples = "5", description = "Paid orders in the window") @Nullable @Min(1) @Max(1_000_000)
            Integer minOrders,

            @Schema(examples = "1000", description = "Given by rules in the window") @Nullable @Min(1) @Max(MAX_POINTS)
            Long minPoints,

            @Schema(examples = "365") @NotNull @Min(1) @Max(36_500)
            Integer windowDays,

            @Schema(
                    examples = "365",
                    description =
                            "So many days a level is kept once it is reached; then down, if the conditions no longer hold")
            @NotNull
            @Min(0)
            @Max(36_500)
            Integer keepDays) {
        Level toLevel(String code) {
            FieldErrors errors = new FieldErrors();
            String clean = errors.read("/name", () -> CleanText.required(name, 100));
            errors.throwIfAny();
            if (minSpent == null && minOrders == null && minPoints == null) {
                throw ProblemException.invalidField("/minSpent", "required", "Give one condition at least");
            }
            if (minSpent != null && minSpent.kopecks() < 1) {
                throw ProblemException.invalidField("/minSpent", "too-small", "must be above zero");
            }
            return new Level(
                    code,
                    clean == null ? "" : clean,
                    rank,
                    minSpent == null ? null : minSpent.kopecks(),
                    minOrders,
                    minPoints,
                    windowDays,
                    keepDays);
        }
    }

    @Schema(name = "LoyaltyLevel")
    record LoyaltyLevelView(
            @Schema(examples = "gold") @NotNull String code,
            @Schema(examples = "Gold") @NotNull String name,
            @Schema(examples = "3") @NotNull int rank,

            @Nullable Money minSpent,
            @Nullable Integer minOrders,
            @Nullable Long minPoints,
            @Schema(examples = "365") @NotNull int windowDays,

            @Schema(examples = "365") @NotNull int keepDays) {
        static LoyaltyLevelView of(Level level) {
            return new LoyaltyLevelView(
                    level.code(),
                    level.name(),
                    level.rank(),
                    level.minSpent() == null ? null : new Money(level.minSpent()),
                    level.minOrders(),
                    level.minPoints(),
                    level.windowDays(),
                    level.keepDays());
        }
    }

    @Schema(name = "LoyaltyLevelList")
    record LoyaltyLevelList(
            @Schema(description = "The lowest first") @NotNull
            List<LoyaltyLevelView> items) {}

    @Schema(name = "LoyaltyStanding")
    record LoyaltyStanding(
            @NotNull UUID customerId,

            @Schema(examples = "gold", description = "Absent for who is on none") @Nullable
            String level,

            @Nullable Instant since) {
        static LoyaltyStanding of(Levels.Standing standing) {
            return new LoyaltyStanding(
                    standing.customerId(),
                    standing.held() == null ? null : standing.held().code(),
                    standing.held() == null ? null : standing.held().since());
        }
    }

    @Schema(name = "LoyaltyLevelChange")
    record LoyaltyLevelChange(
            @NotNull UUID id,

            @Schema(examples = "gold", description = "Absent: none from then on") @Nullable
            String level,

            @Schema(examples = "silver", description = "Absent: none before") @Nullable
            String previousLevel,

            @NotNull Instant changedAt) {}

    @Schema(name = "LoyaltyLevelChangePage")
    record LoyaltyLevelChangePage(
            @NotNull List<LoyaltyLevelChange> items,
            @Nullable String nextCursor) {}
}
