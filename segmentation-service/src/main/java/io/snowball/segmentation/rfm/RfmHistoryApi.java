package io.snowball.segmentation.rfm;

import io.snowball.platform.money.Money;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of the grid's past. */
final class RfmHistoryApi {
    private RfmHistoryApi() {}

    @Schema(name = "RfmStep")
    enum RfmStep {
        DAY(Period.ofDays(1)),
        WEEK(Period.ofWeeks(1)),
        MONTH(Period.ofMonths(1)),
        QUARTER(Period.ofMonths(3));

        private final Period period;

        RfmStep(Period period) {
            this.period = period;
        }

        Period times(int n) {
            return period.multipliedBy(n);
        }
    }

    @Schema(name = "RfmHistory")
    record RfmHistory(@NotNull List<RfmHistoryPoint> points) {}

    @Schema(name = "RfmHistoryPoint")
    record RfmHistoryPoint(
            @Schema(description = "Orders before this moment, recency as seen from it") @NotNull
            Instant asOf,

            @Schema(examples = "2357", description = "Who had bought by then: the sum over the cells") @NotNull
            long customers,

            @Schema(description = "Cells that somebody was in") @NotNull
            List<RfmCellCount> cells) {}

    @Schema(name = "RfmCellCount")
    record RfmCellCount(
            @NotNull RfmCell cell,

            @Schema(examples = "310") @NotNull long customers,

            @NotNull Money revenue) {}

    @Schema(name = "RfmTransitions")
    record RfmTransitions(
            @NotNull Instant from,
            @NotNull Instant to,

            @Schema(description = "Pairs of cells that somebody moved between, or stayed in") @NotNull
            List<RfmTransition> transitions) {}

    @Schema(name = "RfmTransition")
    record RfmTransition(
            @Schema(description = "Absent for who had not bought yet") @Nullable
            RfmCell from,

            @NotNull RfmCell to,

            @Schema(examples = "41") @NotNull long customers,

            @Schema(
                    examples = "0.1320",
                    description = "Part of those who were in the first cell, four decimal places: a row sums to 1")
            @NotNull
            BigDecimal share) {}

    @Schema(name = "CustomerRfmHistory")
    record CustomerRfmHistory(
            @NotNull UUID customerId,

            @Schema(description = "Newest first, up to 200") @NotNull
            List<CustomerRfmCell> cells) {}

    @Schema(name = "CustomerRfmCell")
    record CustomerRfmCell(@NotNull RfmCell cell, @NotNull Instant since) {}
}
