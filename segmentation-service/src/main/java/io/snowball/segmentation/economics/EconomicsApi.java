package io.snowball.segmentation.economics;

import io.snowball.platform.money.Money;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of the models. Shares are parts of one: 0.2 is 20 %. */
final class EconomicsApi {
    private EconomicsApi() {}

    @Schema(name = "GrowthInputs")
    record GrowthInputs(
            @Schema(examples = "1000", description = "Clients at the start (Было клиентов)")
            @NotNull
            @DecimalMin("0")
            @Digits(integer = 9, fraction = 4)
            BigDecimal clients,

            @Schema(examples = "800", description = "New ones a month (Приток)")
            @NotNull
            @DecimalMin("0")
            @Digits(integer = 9, fraction = 4)
            BigDecimal inflow,

            @Schema(examples = "0.2", description = "Part of the new ones that stays (Удержанные)")
            @NotNull
            @DecimalMin("0")
            @DecimalMax("1")
            @Digits(integer = 1, fraction = 6)
            BigDecimal keptShare,

            @Schema(examples = "0.1", description = "Part of the old ones that leaves in a month (Отток старых)")
            @NotNull
            @DecimalMin("0")
            @DecimalMax("1")
            @Digits(integer = 1, fraction = 6)
            BigDecimal churnShare,

            @Schema(description = "Средний чек") @NotNull Money averageBill,

            @Schema(examples = "3", description = "Transactions of a client in a month")
            @NotNull
            @DecimalMin("0")
            @Digits(integer = 4, fraction = 6)
            BigDecimal transactions) {}

    @Schema(name = "GrowthScenario")
    record GrowthScenario(
            @Schema(examples = "Loyalty programme") @NotBlank @Size(max = 100)
            String name,

            @Schema(description = "Absent: as measured on the live base, see getLiveInputs") @Nullable @Valid
            GrowthInputs inputs) {}

    @Schema(name = "CompareScenarios")
    record CompareScenarios(
            @Schema(description = "The first is what the others are compared with") @NotNull @Size(min = 1, max = 10)
            List<@Valid @NotNull GrowthScenario> scenarios,

            @Schema(examples = "12", description = "Absent: 12; a thirteenth month is not part of the model")
            @Nullable
            @Min(1)
            @Max(12)
            Integer months) {}

    @Schema(name = "ScenarioComparison")
    record ScenarioComparison(@NotNull List<ScenarioView> scenarios) {}

    @Schema(name = "Scenario")
    record ScenarioView(
            @NotNull String name,
            @NotNull GrowthInputs inputs,
            @NotNull List<GrowthMonth> months,

            @Schema(description = "Clients at the first start and the last end; the others are sums") @NotNull
            GrowthMonth total,

            @Schema(description = "Against the first scenario; absent for itself") @Nullable
            ScenarioEffect effect) {}

    @Schema(
            name = "GrowthMonth",
            description =
                    "People are shown rounded and counted on unrounded. kept = inflow x keptShare, churned = start x churnShare, "
                            + "end = start + kept - churned, revenue = (start + inflow) x averageBill x transactions.")
    record GrowthMonth(
            @Schema(examples = "1", description = "0 for the total") @NotNull
            int month,

            @Schema(examples = "1000") @NotNull BigDecimal start,

            @Schema(examples = "800") @NotNull BigDecimal inflow,

            @Schema(examples = "160") @NotNull BigDecimal kept,

            @Schema(examples = "100") @NotNull BigDecimal churned,

            @Schema(examples = "1060") @NotNull BigDecimal end,

            @NotNull Money revenue) {}

    @Schema(
            name = "ScenarioEffect",
            description =
                    "Shares change by percentage points, everything else by per cent (X7); growth is ratio - 1 (X3)")
    record ScenarioEffect(
            @Schema(examples = "20", description = "Percentage points") @NotNull
            BigDecimal keptSharePoints,

            @Schema(examples = "-5", description = "Percentage points") @NotNull
            BigDecimal churnSharePoints,

            @NotNull Money averageBillDifference,

            @Schema(examples = "1") @NotNull BigDecimal transactionsDifference,

            @Schema(description = "Full units, of all months") @NotNull
            Money revenueDifference,

            @Schema(examples = "2.4011", description = "Absent where the first scenario has no revenue") @Nullable
            BigDecimal revenueRatio,

            @Schema(examples = "140.11") @Nullable BigDecimal revenueGrowthPercent) {}

    @Schema(name = "DoublingInputs")
    record DoublingInputs(
            @Schema(examples = "100", description = "People a month")
            @NotNull
            @DecimalMin("0")
            @Digits(integer = 9, fraction = 4)
            BigDecimal inflow,

            @Schema(examples = "0.1") @NotNull @DecimalMin("0") @DecimalMax("1") @Digits(integer = 1, fraction = 6)
            BigDecimal conversion,

            @NotNull Money averageBill,

            @Schema(examples = "10", description = "Of a client in a month")
            @NotNull
            @DecimalMin("0")
            @Digits(integer = 4, fraction = 6)
            BigDecimal transactions,

            @Schema(examples = "0.2", description = "By which each factor grows")
            @NotNull
            @DecimalMin("-1")
            @DecimalMax("10")
            @Digits(integer = 2, fraction = 6)
            BigDecimal growth) {}

    @Schema(
            name = "Doubling",
            description =
                    "Unit economics (M10): reach x conversion x bill x transactions, before and after all four factors grow, and as "
                            + "the lecture's text counts it, with the conversion left as it was (X1). Buyers are not rounded.")
    record DoublingView(
            @NotNull DoublingRow before,
            @NotNull DoublingRow after,
            @NotNull DoublingRow afterWithOldConversion) {}

    @Schema(name = "DoublingRow")
    record DoublingRow(
            @Schema(examples = "120") @NotNull BigDecimal inflow,

            @Schema(examples = "0.12") @NotNull BigDecimal conversion,

            @Schema(examples = "14.4", description = "inflow x conversion") @NotNull
            BigDecimal buyers,

            @NotNull Money averageBill,

            @Schema(examples = "12") @NotNull BigDecimal transactions,

            @Schema(description = "buyers x averageBill x transactions") @NotNull
            Money revenue) {}

    @Schema(name = "LoyaltyLevelInputs", description = "Who gets which discount, and what it is hoped to change")
    record LoyaltyLevelInputs(
            @Schema(examples = "Loyal") @NotBlank @Size(max = 100)
            String name,

            @Schema(examples = "1000") @Min(0) @Max(1_000_000_000) @NotNull
            Long customers,

            @Schema(examples = "4", description = "Of a customer in a year, without the programme")
            @NotNull
            @DecimalMin("0")
            @Digits(integer = 4, fraction = 6)
            BigDecimal purchases,

            @NotNull Money averageBill,

            @Schema(examples = "0.05") @NotNull @DecimalMin("0") @DecimalMax("1") @Digits(integer = 1, fraction = 6)
            BigDecimal discountShare,

            @Schema(examples = "0.3", description = "Part of the customers that respond")
            @NotNull
            @DecimalMin("0")
            @DecimalMax("1")
            @Digits(integer = 1, fraction = 6)
            BigDecimal responseShare,

            @Schema(examples = "0.25", description = "By how much more those buy")
            @NotNull
            @DecimalMin("0")
            @DecimalMax("10")
            @Digits(integer = 2, fraction = 6)
            BigDecimal extraPurchasesShare) {}

    @Schema(name = "LoyaltyInputs")
    record LoyaltyInputs(
            @NotNull @Size(min = 1, max = 20) List<@Valid @NotNull LoyaltyLevelInputs> levels,

            @Schema(examples = "0.4", description = "Part of the full price that is margin")
            @NotNull
            @DecimalMin("0")
            @DecimalMax("1")
            @Digits(integer = 1, fraction = 6)
            BigDecimal marginShare,

            @Schema(description = "Of running the programme for a year") @NotNull
            Money fixedCost) {}

    @Schema(name = "LoyaltyEconomics", description = "A year with the programme beside a year without")
    record LoyaltyView(
            @NotNull List<LoyaltyLevelView> levels,
            @NotNull Money revenueBefore,

            @Schema(description = "After discounts") @NotNull
            Money revenueAfter,

            @Schema(examples = "3.1", description = "Of revenue; absent without revenue before") @Nullable
            BigDecimal turnoverGrowthPercent,

            @Schema(description = "All that is given away") @NotNull
            Money discounts,

            @Schema(description = "Of that, on purchases that would have been made anyway") @NotNull
            Money discountsLost,

            @Schema(description = "Margin after - margin before - fixedCost") @NotNull
            Money profit) {}

    @Schema(name = "LoyaltyModelLevel")
    record LoyaltyLevelView(
            @NotNull String name,

            @Schema(description = "customers x purchases x averageBill") @NotNull
            Money revenueBefore,

            @Schema(description = "revenueBefore x (1 + responseShare x extraPurchasesShare) x (1 - discountShare)")
            @NotNull
            Money revenueAfter,

            @NotNull Money discounts,

            @Schema(description = "revenueBefore x discountShare") @NotNull
            Money discountsLost,

            @Schema(
                    description =
                            "revenueBefore x ((1 + response x extra) x (marginShare - discountShare) - marginShare)")
            @NotNull
            Money marginEffect,

            @Schema(
                    examples = "0.142857",
                    description =
                            "responseShare x extraPurchasesShare at which the level pays for itself: discountShare / "
                                    + "(marginShare - discountShare); absent where it never does")
            @Nullable
            BigDecimal breakEvenGrowth) {}

    @Schema(name = "LiveInputs", description = "Measured on the orders that count, in whole calendar months (UTC)")
    record LiveInputsView(
            @NotNull Instant from,
            @NotNull Instant to,

            @Schema(examples = "12") @NotNull int months,

            @Schema(examples = "90", description = "Who bought in so many days is a client") @NotNull
            int activeDays,

            @NotNull GrowthInputs inputs,
            @NotNull LivePopulation population) {}

    @Schema(name = "LivePopulation", description = "What the inputs were counted on")
    record LivePopulation(
            @Schema(
                    examples = "15000",
                    description = "Clients at the start of each month, added up: churnShare is lost / this")
            @NotNull
            long clientMonths,

            @Schema(examples = "900", description = "Of those, who were no clients any more at the month's end")
            @NotNull
            long lost,

            @Schema(
                    examples = "4000",
                    description =
                            "First orders in the months, as far as activeDays have passed since: keptShare is kept / this")
            @NotNull
            long newClients,

            @Schema(examples = "800", description = "Of those, who ordered again within activeDays") @NotNull
            long kept,

            @Schema(examples = "9000") @NotNull long orders,

            @NotNull Money revenue) {}
}
