package io.snowball.campaign.report;

import java.util.Optional;

/**
 * How much more the treated did than the control group, with 95 % confidence intervals.
 *
 * @param absolute the difference of the two groups
 * @param relative the difference as a share of the control group's value; absent where that is zero
 */
record Uplift(double absolute, Interval interval, Optional<Double> relative, Optional<Interval> relativeInterval) {
    /** The 97.5 % point of the normal distribution. */
    private static final double Z = 1.959963984540054;

    record Interval(double low, double high) {
        boolean excludesZero() {
            return low > 0 || high < 0;
        }

        Interval times(double factor) {
            return new Interval(low * factor, high * factor);
        }
    }

    /**
     * Of conversion. Absolute: R. G. Newcombe, Interval estimation for the difference between independent proportions, Statistics in
     * Medicine 17 (1998) 873-890, method 10 (Wilson's score intervals joined). Right also for few buyers, where the textbook's
     * interval is too narrow.
     */
    static Uplift ofConversion(Group treated, Group control) {
        double p = treated.conversion();
        double q = control.conversion();
        Interval wilsonP = wilson(p, treated.customers());
        Interval wilsonQ = wilson(q, control.customers());
        double difference = p - q;
        Interval interval = new Interval(
                difference - Math.hypot(p - wilsonP.low(), wilsonQ.high() - q),
                difference + Math.hypot(wilsonP.high() - p, q - wilsonQ.low()));
        double noise = (1 - p) / (p * treated.customers()) + (1 - q) / (q * control.customers());
        return new Uplift(difference, interval, relative(p, q), relative(p, q, noise));
    }

    /** Of revenue per customer. Absolute: B. L. Welch, Biometrika 34 (1947) 28-35: groups of different size and spread. */
    static Uplift ofRevenue(Group treated, Group control) {
        double m = treated.revenuePerCustomer();
        double k = control.revenuePerCustomer();
        double a = treated.revenueVariance() / treated.customers();
        double b = control.revenueVariance() / control.customers();
        double degrees = (a + b) * (a + b) / (a * a / (treated.customers() - 1) + b * b / (control.customers() - 1));
        double half = a + b == 0 ? 0 : student(degrees) * Math.sqrt(a + b);
        Interval interval = new Interval(m - k - half, m - k + half);
        return new Uplift(m - k, interval, relative(m, k), relative(m, k, a / (m * m) + b / (k * k)));
    }

    private static Optional<Double> relative(double treated, double control) {
        return control == 0 ? Optional.empty() : Optional.of(treated / control - 1);
    }

    /** Of a ratio, on the logarithm's scale (D. Katz et al., Biometrics 34 (1978) 469-474, for proportions; the same for means). */
    private static Optional<Interval> relative(double treated, double control, double noise) {
        if (treated <= 0 || control <= 0) {
            return Optional.empty();
        }
        double factor = Math.exp(Z * Math.sqrt(noise));
        double ratio = treated / control;
        return Optional.of(new Interval(ratio / factor - 1, ratio * factor - 1));
    }

    private static Interval wilson(double share, long n) {
        double zz = Z * Z;
        double center = share + zz / (2 * n);
        double half = Z * Math.sqrt(share * (1 - share) / n + zz / (4.0 * n * n));
        return new Interval((center - half) / (1 + zz / n), (center + half) / (1 + zz / n));
    }

    /** The 97.5 % point of Student's distribution: Abramowitz and Stegun, 26.7.5; three digits from five degrees of freedom on. */
    static double student(double degrees) {
        double z3 = Math.pow(Z, 3);
        double z5 = Math.pow(Z, 5);
        double z7 = Math.pow(Z, 7);
        return Z
                + (z3 + Z) / (4 * degrees)
                + (5 * z5 + 16 * z3 + 3 * Z) / (96 * degrees * degrees)
                + (3 * z7 + 19 * z5 + 17 * z3 - 15 * Z) / (384 * degrees * degrees * degrees);
    }
}
