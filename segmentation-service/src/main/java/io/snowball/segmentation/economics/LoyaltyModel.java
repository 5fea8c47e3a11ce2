package io.snowball.segmentation.economics;

import io.snowball.segmentation.economics.EconomicsApi.LoyaltyInputs;
import io.snowball.segmentation.economics.EconomicsApi.LoyaltyLevelInputs;
import io.snowball.segmentation.economics.EconomicsApi.LoyaltyLevelView;
import io.snowball.segmentation.economics.EconomicsApi.LoyaltyView;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A discount is given on every purchase of its level, also on those that would have been made without it: that part is lost. */
final class LoyaltyModel {
    private LoyaltyModel() {}

    /** Unrounded. */
    private record Level(
            LoyaltyLevelInputs inputs, BigDecimal before, BigDecimal full, BigDecimal discounts, BigDecimal effect) {
        BigDecimal after() {
            return full.subtract(discounts);
        }

        BigDecimal lost() {
            return before.multiply(inputs.discountShare());
        }
    }

    static LoyaltyView of(LoyaltyInputs inputs) {
        List<Level> levels = inputs.levels().stream()
                .map(level -> level(level, inputs.marginShare()))
                .toList();
        BigDecimal before = sum(levels, Level::before);
        BigDecimal after = sum(levels, Level::after);
        BigDecimal profit =
                sum(levels, Level::effect).subtract(inputs.fixedCost().amount());
        return new LoyaltyView(
                levels.stream().map(level -> view(level, inputs.marginShare())).toList(),
                GrowthModel.money(before),
                GrowthModel.money(after),
                percent(before, after),
                GrowthModel.money(sum(levels, Level::discounts)),
                GrowthModel.money(sum(levels, Level::lost)),
                GrowthModel.money(profit));
    }

    private static Level level(LoyaltyLevelInputs level, BigDecimal margin) {
        BigDecimal before = BigDecimal.valueOf(level.customers())
                .multiply(level.purchases())
                .multiply(level.averageBill().amount());
        BigDecimal full =
                before.multiply(BigDecimal.ONE.add(level.responseShare().multiply(level.extraPurchasesShare())));
        BigDecimal discounts = full.multiply(level.discountShare());
        BigDecimal effect = full.subtract(before).multiply(margin).subtract(discounts);
        return new Level(level, before, full, discounts, effect);
    }

    private static LoyaltyLevelView view(Level level, BigDecimal margin) {
        return new LoyaltyLevelView(
                level.inputs.name(),
                GrowthModel.money(level.before),
                GrowthModel.money(level.after()),
                GrowthModel.money(level.discounts),
                GrowthModel.money(level.lost()),
                GrowthModel.money(level.effect),
                breakEven(level.inputs.discountShare(), margin));
    }

    private static @Nullable BigDecimal breakEven(BigDecimal discount, BigDecimal margin) {
        return discount.compareTo(margin) >= 0
                ? null
                : discount.divide(margin.subtract(discount), 6, RoundingMode.HALF_UP);
    }

    private static @Nullable BigDecimal percent(BigDecimal before, BigDecimal after) {
        return before.signum() == 0
                ? null
                : after.subtract(before).multiply(BigDecimal.valueOf(100)).divide(before, 2, RoundingMode.HALF_UP);
    }

    private static BigDecimal sum(List<Level> levels, Function<Level, BigDecimal> figure) {
        return levels.stream().map(figure).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
