package io.snowball.segmentation.prediction;

import java.util.Map;
import org.hipparchus.special.Gamma;

/**
 * Gamma-Gamma model of spend: P. Fader, B. Hardie, "The Gamma-Gamma Model of Monetary Value" (2013). Each purchase is worth
 * Gamma(p, v), and v varies between customers as Gamma(q, gamma); what somebody spends must not depend on how often they buy.
 */
record GammaGamma(double p, double q, double gamma) {
    /** Natural logarithm of the density of the mean of x purchases. */
    double logLikelihood(int x, double mean) {
        return Gamma.logGamma(p * x + q)
                - Gamma.logGamma(p * x)
                - Gamma.logGamma(q)
                + q * Math.log(gamma)
                + (p * x - 1) * Math.log(mean)
                + p * x * Math.log(x)
                - (p * x + q) * Math.log(gamma + x * mean);
    }

    /** Below q = 1 the spend of who bought nothing yet has no mean. */
    boolean hasMean() {
        return q > 1;
    }

    /** What a purchase will be worth on average, given the mean of x purchases so far. */
    double expectedSpend(int x, double mean) {
        return p * (gamma + x * mean) / (p * x + q - 1);
    }

    Map<String, Double> parameters() {
        return Map.of("p", p, "q", q, "gamma", gamma);
    }
}
