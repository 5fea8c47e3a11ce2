package io.snowball.segmentation.prediction;

import java.util.Map;
import org.hipparchus.special.Gamma;

/**
 * Pareto/NBD: D. Schmittlein, D. Morrison, R. Colombo, Management Science 33 (1987); formulas as in P. Fader, B. Hardie, "A Note on
 * Deriving the Pareto/NBD Model" (2005). Purchases are a Poisson process whose rate varies as Gamma(r, alpha); lifetimes are
 * exponential with a rate that varies as Gamma(s, beta).
 */
record ParetoNbd(double r, double alpha, double s, double beta) implements LifetimeModel {
    @Override
    public double logLikelihood(PurchaseHistory h) {
        double rate = Gamma.logGamma(r + h.repeats()) - Gamma.logGamma(r) + r * Math.log(alpha) + s * Math.log(beta);
        double alive = logAlive(h);
        return rate + alive + LifetimeModel.softPlus(logLeft(h) - alive);
    }

    @Override
    public double probabilityAlive(PurchaseHistory h) {
        return 1 / (1 + Math.exp(logLeft(h) - logAlive(h)));
    }

    /** Bought so and is still there. */
    private double logAlive(PurchaseHistory h) {
        return -(r + h.repeats()) * Math.log(alpha + h.age()) - s * Math.log(beta + h.age());
    }

    /**
     * Bought so and left between the last purchase and now: s times the integral of (alpha+t)^-(r+x) (beta+t)^-(s+1), a difference of
     * two tails. The tail from now on is smaller than {@link #logAlive}, so what the difference cancels does not show in the sum.
     */
    private double logLeft(PurchaseHistory h) {
        double sinceLast = logTail(h.repeats(), h.recency());
        double sinceNow = logTail(h.repeats(), h.age());
        return sinceLast + Math.log(Math.max(0, -Math.expm1(sinceNow - sinceLast)));
    }

    /** The integral from t on: s/(r+s+x) 2F1(r+s+x, b; r+s+x+1; z) / (max(alpha, beta) + t)^(r+s+x), as a logarithm. */
    private double logTail(int repeats, double t) {
        double all = r + s + repeats;
        boolean alphaGreater = alpha >= beta;
        double b = alphaGreater ? s + 1 : r + repeats;
        double greater = Math.max(alpha, beta) + t;
        double less = Math.min(alpha, beta) + t;
        return Math.log(s / all)
                + Hypergeometric.logConsecutive(all, b, (greater - less) / less)
                - all * Math.log(greater);
    }

    @Override
    public double expectedPurchases(PurchaseHistory h, double weeks) {
        double rate = (r + h.repeats()) / (alpha + h.age());
        return probabilityAlive(h) * rate * expectedStay(beta + h.age(), weeks);
    }

    @Override
    public double expectedRepeats(double weeks) {
        return r / alpha * expectedStay(beta, weeks);
    }

    /** b/(s-1) (1 - (b/(b+t))^(s-1)), also at s = 1. */
    private double expectedStay(double b, double weeks) {
        double log = Math.log1p(weeks / b);
        return b * (s == 1 ? log : -Math.expm1(-(s - 1) * log) / (s - 1));
    }

    @Override
    public Map<String, Double> parameters() {
        return Map.of("r", r, "alpha", alpha, "s", s, "beta", beta);
    }
}
