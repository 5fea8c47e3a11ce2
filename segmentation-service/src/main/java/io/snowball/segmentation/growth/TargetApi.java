package io.snowball.segmentation.growth;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of a year's goals. */
final class TargetApi {
    private TargetApi() {}

    @Schema(
            name = "TargetKind",
            description =
                    "BASE: customers who ever ordered; TRANSACTIONS_PER_CLIENT: orders / paying clients; BILL: revenue / orders; "
                            + "LIFETIME: mean days from the first order to the last; REPEAT_CLIENTS: customers with two orders or more; "
                            + "CHURN: of clients at the start (an order in the 90 days before), per cent who are none at the end; REVENUE")
    enum TargetKind {
        BASE("База", 10, 100),
        TRANSACTIONS_PER_CLIENT("Транзакции на клиента", 15, 400),
        BILL("Средний чек", 5, 30),
        LIFETIME("Длительность жизни", 10, 200),
        REPEAT_CLIENTS("Повторные клиенты", 10, 20),
        CHURN("Отток", -20, -20),
        REVENUE("Выручка", 5, 200);

        private final String nameRu;
        private final int usualLow;
        private final int usualHigh;

        TargetKind(String nameRu, int usualLow, int usualHigh) {
            this.nameRu = nameRu;
            this.usualLow = usualLow;
            this.usualHigh = usualHigh;
        }

        String nameRu() {
            return nameRu;
        }

        int usualLow() {
            return usualLow;
        }

        int usualHigh() {
            return usualHigh;
        }
    }

    @Schema(name = "GrowthGoal")
    record Goal(
            @NotNull TargetKind kind,

            @Schema(
                    examples = "15",
                    description = "Per cent of the value of the year before, also for CHURN (X7): -20 is a fifth less")
            @NotNull
            @DecimalMin("-100")
            @DecimalMax("1000")
            @Digits(integer = 4, fraction = 2)
            BigDecimal growthPercent) {}

    @Schema(name = "GrowthTargets")
    record TargetsBody(@NotNull @Size(min = 1, max = 7) List<@Valid @NotNull Goal> goals) {}

    @Schema(name = "GrowthTargetPage")
    record TargetPage(@NotNull List<TargetSummary> items) {}

    @Schema(name = "GrowthTargetSummary")
    record TargetSummary(
            @NotNull LocalDate startOn, @NotNull List<Goal> goals) {}

    @Schema(
            name = "GrowthTargetReport",
            description =
                    "G12: like for like. What is so far of the year from startOn beside the same days a year before, and how the whole "
                            + "year before was")
    record TargetReport(
            @NotNull LocalDate startOn,

            @Schema(
                    description =
                            "The last day counted: yesterday, or the last of the year; absent before the first is over")
            @Nullable
            LocalDate until,

            @NotNull String formula,
            @NotNull String population,
            @NotNull List<TargetRow> rows) {}

    @Schema(name = "GrowthTargetRow")
    record TargetRow(
            @NotNull TargetKind kind,

            @Schema(examples = "Средний чек") @NotNull String nameRu,

            @Schema(examples = "15", description = "The goal") @NotNull
            BigDecimal growthPercent,

            @Schema(examples = "5", description = "What the lectures call usual in a year, from") @NotNull
            int usualLow,

            @Schema(examples = "30", description = "To") @NotNull
            int usualHigh,

            @Schema(description = "The goal lies outside of what is usual") @NotNull
            boolean unusual,

            @Schema(description = "Of the whole year before; absent where there is nothing to divide by") @Nullable
            BigDecimal yearBefore,

            @Schema(description = "yearBefore x (1 + growthPercent / 100)") @Nullable
            BigDecimal target,

            @Schema(description = "So far") @Nullable BigDecimal value,

            @Schema(description = "The same days a year before") @Nullable
            BigDecimal before,

            @Schema(examples = "9.4", description = "(value - before) / before") @Nullable
            BigDecimal growthSoFarPercent,

            @Schema(
                    description =
                            "growthSoFarPercent is at least growthPercent, for CHURN at most; absent where that can't be told")
            @Nullable
            Boolean onTrack) {}
}
