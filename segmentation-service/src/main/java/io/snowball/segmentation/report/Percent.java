package io.snowball.segmentation.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Per cent with two decimal places; nothing where there is nothing to divide by. */
public final class Percent {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Percent() {}

    public static @Nullable BigDecimal of(long part, long all) {
        return of(BigDecimal.valueOf(part), BigDecimal.valueOf(all));
    }

    public static @Nullable BigDecimal of(BigDecimal part, BigDecimal all) {
        return all.signum() == 0 ? null : part.multiply(HUNDRED).divide(all, 2, RoundingMode.HALF_UP);
    }

    /** By how much a value is more than it was before. */
    public static @Nullable BigDecimal growth(@Nullable BigDecimal before, @Nullable BigDecimal value) {
        return before == null || value == null ? null : of(value.subtract(before), before);
    }
}
