package io.snowball.segmentation.growth;

import io.snowball.platform.money.Money;
import io.snowball.segmentation.growth.GrowthApi.Lever;
import io.snowball.segmentation.growth.GrowthApi.LeverView;
import io.snowball.segmentation.growth.GrowthSql.Sales;
import io.snowball.segmentation.report.Percent;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Revenue as clients x orders per active month x active months per client x bill, and what each contributed to its change. Shapley's
 * value adds up by construction; what rounding to kopecks leaves over goes to the largest effect.
 */
final class Levers {
    private static final MathContext EXACT = MathContext.DECIMAL128;
    /** In the order of the factors. */
    private static final List<Lever> LEVERS = List.of(Lever.MORE, Lever.OFTENER, Lever.LONGER, Lever.DEARER);

    private static final int MORE = 0;
    private static final int DEARER = 3;
    private static final int FACTORS = 4;
    /** By how many of the other levers have changed already: (how many)! x (the rest)! / 4!, times 24. */
    private static final int[] WEIGHTS = {6, 2, 2, 6};

    private Levers() {}

    static List<LeverView> of(Sales now, Sales before) {
        List<BigDecimal> factors = factors(now);
        List<BigDecimal> old = factors(before);
        long[] effects = effects(factors, old, now.revenue() - before.revenue());
        List<LeverView> views = new ArrayList<>();
        for (int i = 0; i < FACTORS; i++) {
            Lever lever = LEVERS.get(i);
            BigDecimal value = shown(factors, i);
            BigDecimal was = shown(old, i);
            views.add(new LeverView(
                    lever, lever.nameRu(), value, was, Percent.growth(was, value), new Money(effects[i])));
        }
        return views;
    }

    /** In the order of the levers; empty where nobody bought. */
    private static List<BigDecimal> factors(Sales sales) {
        return sales.orders() == 0
                ? List.of()
                : List.of(
                        BigDecimal.valueOf(sales.clients()),
                        divided(sales.orders(), sales.clientMonths()),
                        divided(sales.clientMonths(), sales.clients()),
                        divided(sales.revenue(), sales.orders()));
    }

    private static BigDecimal divided(long what, long by) {
        return BigDecimal.valueOf(what).divide(BigDecimal.valueOf(by), EXACT);
    }

    private static @Nullable BigDecimal shown(List<BigDecimal> factors, int lever) {
        if (factors.isEmpty()) {
            return null;
        }
        return lever == DEARER
                ? factors.get(lever).movePointLeft(2).setScale(2, RoundingMode.HALF_UP)
                : factors.get(lever).setScale(4, RoundingMode.HALF_UP);
    }

    private static long[] effects(List<BigDecimal> now, List<BigDecimal> before, long difference) {
        long[] effects = new long[FACTORS];
        if (now.isEmpty() || before.isEmpty()) {
            effects[MORE] = difference;
            return effects;
        }
        long left = difference;
        int largest = 0;
        for (int i = 0; i < FACTORS; i++) {
            effects[i] = effect(i, now, before);
            left -= effects[i];
            largest = Math.abs(effects[i]) > Math.abs(effects[largest]) ? i : largest;
        }
        effects[largest] += left;
        return effects;
    }

    /** Over all sets of other levers that may have changed before this one. */
    private static long effect(int lever, List<BigDecimal> now, List<BigDecimal> before) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int changed = 0; changed < (1 << FACTORS); changed++) {
            if ((changed & (1 << lever)) == 0) {
                BigDecimal others = BigDecimal.valueOf(WEIGHTS[Integer.bitCount(changed)]);
                for (int i = 0; i < FACTORS; i++) {
                    if (i != lever) {
                        others = others.multiply((changed & (1 << i)) == 0 ? before.get(i) : now.get(i), EXACT);
                    }
                }
                sum = sum.add(others.multiply(now.get(lever).subtract(before.get(lever)), EXACT), EXACT);
            }
        }
        return sum.divide(BigDecimal.valueOf(24), 0, RoundingMode.HALF_UP).longValueExact();
    }
}
