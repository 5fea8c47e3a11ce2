package io.snowball.segmentation.recommendation;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Figures as people read them. */
final class Rounded {
    private Rounded() {}

    static BigDecimal share(double share) {
        return BigDecimal.valueOf(share).setScale(4, RoundingMode.HALF_UP);
    }

    static BigDecimal days(double days) {
        return BigDecimal.valueOf(days).setScale(1, RoundingMode.HALF_UP);
    }
}
