package io.snowball.customer.loyalty;

import io.snowball.customer.loyalty.FigureSql.RuleFigures;
import io.snowball.customer.loyalty.FigureSql.Totals;
import io.snowball.platform.money.Money;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A programme's figures on the wire. */
final class FigureApi {
    private FigureApi() {}

    @Schema(name = "LoyaltyFigures", description = "A programme's points in a period; from is in it, to is not")
    record LoyaltyFigures(
            @NotNull Instant from,
            @NotNull Instant to,

            @Schema(examples = "120000", description = "By rules") @NotNull
            long given,

            @Schema(examples = "4000", description = "For orders that came back") @NotNull
            long takenBack,

            @Schema(examples = "60000") @NotNull long redeemed,

            @Schema(examples = "1000", description = "Of what was paid with") @NotNull
            long refunded,

            @Schema(examples = "3000") @NotNull long expired,

            @Schema(examples = "-50", description = "By hand, what was given less what was taken") @NotNull
            long corrected,

            @Schema(examples = "900", description = "Customers who were given points") @NotNull
            int earning,

            @Schema(examples = "300", description = "Customers who paid with points") @NotNull
            int redeeming,

            @Schema(
                    examples = "51000",
                    description = "All that customers can still pay with: now, not at the end of the period")
            @NotNull
            long outstanding,

            @Schema(
                    examples = "51000.00",
                    description = "What the outstanding points are worth: the programme's liability")
            @NotNull
            Money liability,

            @Schema(examples = "20", description = "Points that customers owe, now") @NotNull
            long owed,

            @Schema(description = "By rule; at most 500") @NotNull
            List<LoyaltyRuleFigures> rules) {
        static LoyaltyFigures of(Instant from, Instant to, Totals totals, List<RuleFigures> rules) {
            return new LoyaltyFigures(
                    from,
                    to,
                    totals.given(),
                    totals.takenBack(),
                    totals.redeemed(),
                    totals.refunded(),
                    totals.expired(),
                    totals.corrected(),
                    totals.earning(),
                    totals.redeeming(),
                    totals.outstanding(),
                    new Money(totals.pointValue()).times(totals.outstanding()),
                    totals.owed(),
                    rules.stream()
                            .map(rule -> new LoyaltyRuleFigures(
                                    rule.id(),
                                    rule.name(),
                                    rule.given(),
                                    rule.takenBack(),
                                    rule.customers(),
                                    rule.times(),
                                    new Money(rule.turnover())))
                            .toList());
        }
    }

    @Schema(name = "LoyaltyRuleFigures")
    record LoyaltyRuleFigures(
            @NotNull UUID ruleId,
            @Schema(examples = "5 % back") @NotNull String name,

            @Schema(examples = "90000") @NotNull long given,
            @Schema(examples = "3000") @NotNull long takenBack,

            @Schema(examples = "800", description = "Who were given anything") @NotNull
            int customers,

            @Schema(examples = "2100", description = "Orders, events, registrations or referrals") @NotNull
            int times,

            @Schema(examples = "1800000.00", description = "Of the orders that it gave points for, as they are now")
            @NotNull
            Money turnover) {}
}
