package io.snowball.segmentation.prediction;

import java.util.Map;
import org.hipparchus.special.Gamma;

/**
 * Beta-geometric/NBD: P. Fader, B. Hardie, K. Lee, "Counting Your Customers" the Easy Way, Marketing Science 24 (2005). Purchases are
 * a Poisson process whose rate varies as Gamma(r, alpha); after each one the customer may leave, with a chance that varies as
 * Beta(a, b). Who bought once is alive for certain here: nobody leaves without a purchase after the first.
 */
record BgNbd(double r, double alpha, double a, double b) implements LifetimeModel {
    private static final double PRECISION = 1e-15;
    private static final int TERMS_MAX = 10_000_000;
    private static final double SINGULAR = 1e-5;
    private static final double HUGE = 1e250;

    @Override
    public double logLikelihood(PurchaseHistory h) {
        int x = h.repeats();
        double purchases = Gamma.logGamma(r + x) - Gamma.logGamma(r) + r * Math.log(alpha);
        double staying = Gamma.logGamma(a + b) + Gamma.logGamma(b + x) - Gamma.logGamma(b) - Gamma.logGamma(a + b + x);
        // The logarithm of (alpha + T)^-(r+x) + a/(b+x-1) (alpha + t_x)^-(r+x), the first taken out.
        return purchases + staying - (r + x) * Math.log(alpha + h.age()) + LifetimeModel.softPlus(logOddsLeft(h));
    }

    @Override
    public double probabilityAlive(PurchaseHistory h) {
        return 1 / (1 + Math.exp(logOddsLeft(h)));
    }

    private double logOddsLeft(PurchaseHistory h) {
        int x = h.repeats();
        return x == 0
                ? Double.NEGATIVE_INFINITY
                : Math.log(a / (b + x - 1)) + (r + x) * Math.log((alpha + h.age()) / (alpha + h.recency()));
    }

    @Override
    public double expectedPurchases(PurchaseHistory h, double weeks) {
        boolean nearSingular = Math.abs(a - 1) < 0.5 && r <= a + b + 9;
        double expected = nearSingular ? expectedNearOne(h, weeks) : expected(h, weeks);
        return probabilityAlive(h) * Math.max(0, expected);
    }

    /**
     * Equation (10) of the paper for a next to 1, where it divides by nothing. Euler's transformation turns its
     * (1 - z)^(r+x) 2F1(r+x, b+x; c; z), with c = a+b+x-1 and z = t/(alpha+T+t), into (1 - z)^d 2F1(d, a+b-1-r; c; z), with
     * d = a-1; d and c are then divided out of the series term by term.
     */
    private double expectedNearOne(PurchaseHistory h, double weeks) {
        double d = a - 1;
        double c = a + b + h.repeats() - 1;
        double m = a + b - 1 - r;
        double z = weeks / (alpha + h.age() + weeks);
        double log = Math.log1p(-z);
        double grown = d == 0 ? -log : -Math.expm1(d * log) / d;
        double term = m * z;
        double sum = term;
        for (int k = 1; Math.abs(term) > PRECISION * Math.abs(sum); k++) {
            check(k);
            term *= (d + k) * (m + k) / ((c + k) * (k + 1)) * z;
            sum += term;
        }
        return c * grown - Math.exp(d * log) * sum;
    }

    /**
     * Equation (10) elsewhere, also where r is large and the series above would alternate and cancel. The paper's own series has
     * positive terms; they grow beyond what a double holds, so a factor is kept apart.
     */
    private double expected(PurchaseHistory h, double weeks) {
        // With a large r the other series is no help next to a = 1: the value beside is taken.
        double d = Math.abs(a - 1) < SINGULAR ? SINGULAR : a - 1;
        double c = d + b + h.repeats();
        double z = weeks / (alpha + h.age() + weeks);
        double power = (r + h.repeats()) * Math.log1p(-z);
        double scale = power + Math.log((r + h.repeats()) * (b + h.repeats()) * z);
        double term = 1;
        double sum = 1;
        for (int k = 1; term > PRECISION * sum || ratio(h, c, z, k) > 1; k++) {
            check(k);
            term *= ratio(h, c, z, k);
            sum += term;
            if (sum > HUGE) {
                term /= HUGE;
                sum /= HUGE;
                scale += Math.log(HUGE);
            }
        }
        return (-c * Math.expm1(power) - Math.exp(scale + Math.log(sum))) / d;
    }

    private double ratio(PurchaseHistory h, double c, double z, int k) {
        return (r + h.repeats() + k) * (b + h.repeats() + k) / ((c + k) * (k + 1)) * z;
    }

    private static void check(int terms) {
        if (terms > TERMS_MAX) {
            throw new IllegalStateException("The series does not end");
        }
    }

    @Override
    public double expectedRepeats(double weeks) {
        return expectedPurchases(new PurchaseHistory(0, 0, 0), weeks);
    }

    @Override
    public Map<String, Double> parameters() {
        return Map.of("r", r, "alpha", alpha, "a", a, "b", b);
    }
}
