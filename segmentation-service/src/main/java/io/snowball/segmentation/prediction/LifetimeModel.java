package io.snowball.segmentation.prediction;

import java.util.Map;

/** How long customers stay and how often they buy meanwhile. Time is in weeks. */
sealed interface LifetimeModel permits BgNbd, ParetoNbd {
    /** Natural logarithm of the density of this history. */
    double logLikelihood(PurchaseHistory history);

    /** That the customer is still one. */
    double probabilityAlive(PurchaseHistory history);

    /** Purchases in the coming weeks, given the history. */
    double expectedPurchases(PurchaseHistory history, double weeks);

    /** Repeat purchases of a customer of whom nothing is known, in the weeks after the first one. */
    double expectedRepeats(double weeks);

    /** Shape and rate of the distribution of purchase rates; both models have it so. */
    double r();

    double alpha();

    /**
     * Weeks within which half of such customers buy again, as long as they stay: given the history of one who is alive, the purchase
     * rate is Gamma(r + x, alpha + T), and the wait for the next purchase follows Lomax.
     */
    default double medianWait(PurchaseHistory history) {
        return (alpha() + history.age()) * Math.expm1(Math.log(2) / (r() + history.repeats()));
    }

    /** By their names in the literature. */
    Map<String, Double> parameters();

    /** log(1 + e^v) for any v. */
    static double softPlus(double v) {
        return Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)));
    }
}
