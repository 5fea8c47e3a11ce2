package io.snowball.segmentation.report;

import io.snowball.platform.money.Money;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of the reports. */
final class ReportApi {
    private ReportApi() {}

    @Schema(name = "MetricUnit")
    enum Unit {
        CUSTOMERS,
        ORDERS,
        MONEY,
        DAYS,
        PERCENT
    }

    @Schema(name = "MetricReport")
    record MetricReport(
            @NotNull LocalDate from,
            @NotNull LocalDate to,

            @Schema(description = "The period compared with; absent without comparison") @Nullable
            LocalDate comparedFrom,

            @Nullable LocalDate comparedTo,

            @Schema(
                    examples = "90",
                    description = "Who ordered within so many days before a moment is a client at that moment")
            @NotNull
            int activeDays,

            @NotNull List<MetricView> metrics) {}

    @Schema(name = "Metric")
    record MetricView(
            @Schema(
                    examples = "M2",
                    description = "The number in the lectures' list; a letter behind it tells variants apart")
            @NotNull
            String code,

            @Schema(examples = "Средний чек") @NotNull String nameRu,

            @Schema(examples = "Average bill") @NotNull String nameEn,

            @NotNull Unit unit,

            @Schema(examples = "476.19", description = "Absent where there is nothing to divide by") @Nullable
            BigDecimal value,

            @Schema(examples = "revenue / orders") @NotNull String formula,

            @Schema(examples = "Orders of the period") @NotNull
            String population,

            @Schema(examples = "4004", description = "How many of that population there are") @NotNull
            long populationSize,

            @Schema(description = "Of the period compared with") @Nullable
            BigDecimal before,

            @Schema(
                    examples = "9.95",
                    description =
                            "Percentage points where the unit is PERCENT, otherwise per cent of the value before (X7)")
            @Nullable
            BigDecimal change) {}

    @Schema(name = "CohortReport", description = "Customers by the month of their first order (UTC)")
    record CohortReport(
            @NotNull LocalDate from,
            @NotNull LocalDate to,
            @NotNull String formula,
            @NotNull String population,
            @NotNull List<CohortView> cohorts) {}

    @Schema(name = "Cohort")
    record CohortView(
            @Schema(description = "The first day of the month") @NotNull
            LocalDate month,

            @Schema(examples = "885") @NotNull long customers,

            @Schema(description = "From the month of the first order on; months without an order are there with zeros")
            @NotNull
            List<CohortMonth> months) {}

    @Schema(name = "CohortMonth")
    record CohortMonth(
            @Schema(examples = "1", description = "Months after the first") @NotNull
            int offset,

            @Schema(examples = "324") @NotNull long customers,

            @Schema(examples = "36.61", description = "customers / customers of the cohort, per cent") @NotNull
            BigDecimal retentionPercent,

            @NotNull Money revenue) {}

    @Schema(name = "ParetoReport", description = "E10: which share of revenue the best customers bring")
    record ParetoReport(
            @NotNull LocalDate from,
            @NotNull LocalDate to,

            @Schema(examples = "4338", description = "With an order in the period") @NotNull
            long customers,

            @NotNull Money revenue,

            @Schema(examples = "1133", description = "The fewest customers that bring 80 % of the revenue") @NotNull
            long customersOf80Percent,

            @Schema(examples = "26.12") @Nullable BigDecimal shareOf80Percent,

            @Schema(description = "Of the period compared with") @Nullable
            BigDecimal shareOf80PercentBefore,

            @NotNull String formula,
            @NotNull String population,
            @NotNull List<ParetoRow> rows) {}

    @Schema(name = "ParetoRow")
    record ParetoRow(
            @Schema(examples = "20", description = "The best so many per cent of customers, rounded up") @NotNull
            int topPercent,

            @Schema(examples = "868") @NotNull long customers,

            @NotNull Money revenue,

            @Schema(examples = "74.62") @Nullable BigDecimal revenuePercent,

            @Schema(description = "Of the period compared with") @Nullable
            BigDecimal revenuePercentBefore) {}

    @Schema(
            name = "SecondPurchaseReport",
            description =
                    "A9: customers whose first order lies in the period, and what they did within windowDays of it")
    record SecondPurchaseReport(
            @NotNull LocalDate from,
            @NotNull LocalDate to,

            @Schema(examples = "180") @NotNull int windowDays,

            @Schema(examples = "1682", description = "First orders in the period") @NotNull
            long customers,

            @Schema(examples = "1187", description = "Of those, with a second order within windowDays") @NotNull
            long returned,

            @Schema(examples = "70.57", description = "returned / customers, per cent") @Nullable
            BigDecimal conversionPercent,

            @Schema(description = "The same with its interval") @NotNull
            ShareView conversion,

            @Schema(description = "Of the period compared with") @Nullable
            BigDecimal conversionPercentBefore,

            @Schema(
                    examples = "0",
                    description = "Of the customers, whose windowDays are not over yet: they may still return")
            @NotNull
            long undecided,

            @NotNull String formula,
            @NotNull String population,

            @Schema(description = "Of all their orders within windowDays") @NotNull
            Money turnover,

            @Schema(description = "Of those orders, all after the first ones") @NotNull
            Money furtherRevenue,

            @Schema(description = "furtherRevenue / returned") @Nullable
            Money furtherRevenuePerReturned,

            @Schema(description = "Absent where nobody returned") @Nullable
            SecondPurchaseWhatIf whatIf) {}

    @Schema(
            name = "SecondPurchaseWhatIf",
            description = "More of them return, and bring what those who return bring (X12)")
    record SecondPurchaseWhatIf(
            @Schema(examples = "5", description = "Percentage points of conversion") @NotNull
            BigDecimal points,

            @Schema(examples = "84.1", description = "customers x points / 100") @NotNull
            BigDecimal moreReturned,

            @Schema(description = "moreReturned x furtherRevenuePerReturned") @NotNull
            Money moreTurnover,

            @Schema(examples = "3", description = "Per cent of turnover") @NotNull
            BigDecimal moreTurnoverPercent) {}
}
