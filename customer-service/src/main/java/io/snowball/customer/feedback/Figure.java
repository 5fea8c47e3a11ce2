package io.snowball.customer.feedback;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * One figure of feedback with its 95 % confidence interval. Formulas: requirements H7 and X9; intervals: Wilson (1927) for a share,
 * the adjusted Wald interval of Rocks (2016, The American Statistician 70) for NPS, the normal approximation for a mean.
 *
 * @param n answers that count
 */
record Figure(long n, @Nullable BigDecimal value, @Nullable Interval interval) {
    static final BigDecimal LEVEL = new BigDecimal("0.95");
    private static final double Z = 1.959963984540054;
    private static final int PLACES = 2;

    enum Method {
        ADJUSTED_WALD,
        WILSON,
        NORMAL
    }

    record Interval(BigDecimal low, BigDecimal high, Method method) {}

    /** Sums of the answers that count. */
    record Sums(long n, long promoters, long detractors, long satisfied, double sum, double squares) {
        static final Sums NONE = new Sums(0, 0, 0, 0, 0, 0);
    }

    static Figure of(FeedbackKind kind, Sums sums) {
        if (sums.n() == 0) {
            return new Figure(0, null, null);
        }
        return switch (kind) {
            case NPS -> nps(sums);
            case CSAT -> csat(sums);
            case CES, CLI -> mean(kind, sums);
        };
    }

    /** Three answers are added, a quarter of them promoters and a quarter detractors: plain Wald is too narrow for small samples. */
    private static Figure nps(Sums sums) {
        double value = (double) (sums.promoters() - sums.detractors()) / sums.n();
        double n = sums.n() + 3.0;
        double promoters = (sums.promoters() + 0.75) / n;
        double detractors = (sums.detractors() + 0.75) / n;
        double middle = promoters - detractors;
        double half = Z * Math.sqrt((promoters + detractors - middle * middle) / n);
        return percent(sums.n(), value, Math.max(-1, middle - half), Math.min(1, middle + half), Method.ADJUSTED_WALD);
    }

    private static Figure csat(Sums sums) {
        double n = sums.n();
        double share = sums.satisfied() / n;
        double z2 = Z * Z;
        double middle = (share + z2 / (2 * n)) / (1 + z2 / n);
        double half = Z / (1 + z2 / n) * Math.sqrt(share * (1 - share) / n + z2 / (4 * n * n));
        return percent(sums.n(), share, Math.max(0, middle - half), Math.min(1, middle + half), Method.WILSON);
    }

    /** One answer has no spread, so no interval. */
    private static Figure mean(FeedbackKind kind, Sums sums) {
        double n = sums.n();
        double mean = sums.sum() / n;
        if (sums.n() == 1) {
            return new Figure(1, rounded(mean), null);
        }
        double variance = Math.max(0, (sums.squares() - n * mean * mean) / (n - 1));
        double half = Z * Math.sqrt(variance / n);
        return new Figure(
                sums.n(),
                rounded(mean),
                new Interval(
                        rounded(Math.max(kind.least(), mean - half)),
                        rounded(Math.min(kind.most(), mean + half)),
                        Method.NORMAL));
    }

    private static Figure percent(long n, double value, double low, double high, Method method) {
        return new Figure(n, rounded(100 * value), new Interval(rounded(100 * low), rounded(100 * high), method));
    }

    private static BigDecimal rounded(double value) {
        return BigDecimal.valueOf(value).setScale(PLACES, RoundingMode.HALF_UP);
    }
}
