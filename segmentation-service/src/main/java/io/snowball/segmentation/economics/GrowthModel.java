package io.snowball.segmentation.economics;

import io.snowball.platform.money.Money;
import io.snowball.platform.problem.ProblemException;
import io.snowball.segmentation.economics.EconomicsApi.GrowthInputs;
import io.snowball.segmentation.economics.EconomicsApi.GrowthMonth;
import io.snowball.segmentation.economics.EconomicsApi.ScenarioEffect;
import io.snowball.segmentation.economics.EconomicsApi.ScenarioView;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The twelve-month model of the deck: exact decimals from month to month, rounded where they are shown. */
final class GrowthModel {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final GrowthInputs inputs;
    private final List<Month> months = new ArrayList<>();

    /** Unrounded. */
    private record Month(BigDecimal start, BigDecimal kept, BigDecimal churned, BigDecimal end, BigDecimal revenue) {}

    GrowthModel(GrowthInputs inputs, int months) {
        this.inputs = inputs;
        BigDecimal start = inputs.clients();
        for (int i = 0; i < months; i++) {
            Month month = month(start);
            this.months.add(month);
            start = month.end;
        }
    }

    private Month month(BigDecimal start) {
        BigDecimal kept = inputs.inflow().multiply(inputs.keptShare());
        BigDecimal churned = start.multiply(inputs.churnShare());
        BigDecimal revenue = start.add(inputs.inflow())
                .multiply(inputs.averageBill().amount())
                .multiply(inputs.transactions());
        return new Month(start, kept, churned, start.add(kept).subtract(churned), revenue);
    }

    ScenarioView view(String name, @Nullable GrowthModel first) {
        List<GrowthMonth> shown = new ArrayList<>();
        for (int i = 0; i < months.size(); i++) {
            shown.add(view(i + 1, months.get(i), inputs.inflow()));
        }
        return new ScenarioView(name, inputs, shown, total(), first == null ? null : effect(first));
    }

    private static GrowthMonth view(int number, Month month, BigDecimal inflow) {
        return new GrowthMonth(
                number,
                people(month.start),
                people(inflow),
                people(month.kept),
                people(month.churned),
                people(month.end),
                money(month.revenue));
    }

    private GrowthMonth total() {
        BigDecimal kept = months.stream().map(Month::kept).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal churned = months.stream().map(Month::churned).reduce(BigDecimal.ZERO, BigDecimal::add);
        return view(
                0,
                new Month(inputs.clients(), kept, churned, months.getLast().end, revenue()),
                inputs.inflow().multiply(BigDecimal.valueOf(months.size())));
    }

    private BigDecimal revenue() {
        return months.stream().map(Month::revenue).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private ScenarioEffect effect(GrowthModel first) {
        BigDecimal before = first.revenue();
        BigDecimal ratio = before.signum() == 0 ? null : revenue().divide(before, 8, RoundingMode.HALF_UP);
        return new ScenarioEffect(
                points(inputs.keptShare().subtract(first.inputs.keptShare())),
                points(inputs.churnShare().subtract(first.inputs.churnShare())),
                new Money(inputs.averageBill().kopecks()
                        - first.inputs.averageBill().kopecks()),
                plain(inputs.transactions().subtract(first.inputs.transactions())),
                money(revenue().subtract(before)),
                ratio == null ? null : ratio.setScale(4, RoundingMode.HALF_UP),
                ratio == null
                        ? null
                        : ratio.subtract(BigDecimal.ONE).multiply(HUNDRED).setScale(2, RoundingMode.HALF_UP));
    }

    private static BigDecimal points(BigDecimal share) {
        return plain(share.multiply(HUNDRED));
    }

    private static BigDecimal people(BigDecimal exact) {
        return exact.setScale(0, RoundingMode.HALF_UP);
    }

    static Money money(BigDecimal exact) {
        try {
            return Money.of(exact.setScale(2, RoundingMode.HALF_UP));
        } catch (IllegalArgumentException _) {
            throw ProblemException.invalidField(
                    "/", "too-large", "The amounts become larger than can be counted: use smaller figures");
        }
    }

    /** Without trailing zeros, and never as a power of ten. */
    static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0, RoundingMode.UNNECESSARY) : stripped;
    }
}
