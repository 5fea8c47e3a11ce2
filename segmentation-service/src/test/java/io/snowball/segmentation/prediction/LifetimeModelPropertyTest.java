package io.snowball.segmentation.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.hipparchus.analysis.UnivariateFunction;
import org.hipparchus.special.Beta;
import org.hipparchus.special.Gamma;
import org.junit.jupiter.api.Test;

/** What must hold for any parameters and histories; the closed forms against integrals that share nothing with them. */
class LifetimeModelPropertyTest {
    private static final String SEED = "20261122";
    private static final int PARTS = 2_000;
    private static final double[] POINTS = {
        0, 0.5384693101056831, -0.5384693101056831, 0.906179845938664, -0.906179845938664
    };
    private static final double[] WEIGHTS = {
        0.5688888888888889, 0.47862867049936647, 0.47862867049936647, 0.23692688505618908, 0.23692688505618908
    };

    @Property(tries = 300, seed = SEED)
    void consecutiveHypergeometricIsEulersIntegral(
            @ForAll @DoubleRange(min = 1, max = 300) double a,
            @ForAll @DoubleRange(min = 0.05, max = 30) double b,
            @ForAll @DoubleRange(min = 0, max = 20) double y) {
        double z = y / (1 + y);
        // 2F1(a, b; a+1; z) = the integral of a t^(a-1) (1 - z t)^-b over 0..1; u = t^a makes it bounded.
        double log = Hypergeometric.logConsecutive(a, b, y);
        double integral = integral(u -> Math.exp(-b * Math.log1p(-z * Math.pow(u, 1 / a)) - log), 0, 1);
        assertThat(integral).isCloseTo(1, within(1e-6));
    }

    @Property(tries = 300, seed = SEED)
    void consecutiveHypergeometricKnowsTheLogarithm(@ForAll @DoubleRange(min = 0.01, max = 1e6) double y) {
        double z = y / (1 + y);
        assertThat(Math.exp(Hypergeometric.logConsecutive(1, 1, y)))
                .isCloseTo(Math.log1p(y) / z, within(1e-9 * (1 + Math.log1p(y))));
    }

    @Property(tries = 300, seed = SEED)
    void paretoLikelihoodIsTheIntegralOverTheTimeOfLeaving(
            @ForAll @DoubleRange(min = 0.05, max = 20) double r,
            @ForAll @DoubleRange(min = 0.1, max = 100) double alpha,
            @ForAll @DoubleRange(min = 0.05, max = 20) double s,
            @ForAll @DoubleRange(min = 0.1, max = 100) double beta,
            @ForAll @IntRange(max = 60) int repeats,
            @ForAll @DoubleRange(min = 0.01, max = 1) double share,
            @ForAll @DoubleRange(min = 1, max = 150) double age) {
        PurchaseHistory history = new PurchaseHistory(repeats, repeats == 0 ? 0 : share * age, age);
        double log = new ParetoNbd(r, alpha, s, beta).logLikelihood(history);
        double known = Gamma.logGamma(r + repeats) - Gamma.logGamma(r) + r * Math.log(alpha) + s * Math.log(beta) - log;
        double alive = Math.exp(known - (r + repeats) * Math.log(alpha + age) - s * Math.log(beta + age));
        // In v = log(beta + t), where the integrand is tame.
        double left = integral(
                v -> s * Math.exp(known - (r + repeats) * Math.log(alpha - beta + Math.exp(v)) - s * v),
                Math.log(beta + history.recency()),
                Math.log(beta + age));
        assertThat(alive + left).isCloseTo(1, within(1e-6));
    }

    @Property(tries = 300, seed = SEED)
    void bgNbdExpectationIsTheIntegralOverTheChanceOfLeaving(
            @ForAll @DoubleRange(min = 0.05, max = 200) double r,
            @ForAll @DoubleRange(min = 0.1, max = 100) double alpha,
            @ForAll @DoubleRange(min = 1.5, max = 20) double a,
            @ForAll @DoubleRange(min = 1.5, max = 20) double b,
            @ForAll @IntRange(max = 60) int repeats,
            @ForAll @DoubleRange(min = 0.5, max = 150) double age,
            @ForAll @DoubleRange(min = 0.1, max = 200) double weeks) {
        PurchaseHistory history = new PurchaseHistory(repeats, repeats == 0 ? 0 : age / 2, age);
        BgNbd model = new BgNbd(r, alpha, a, b);
        double scale = alpha + age;
        double logBeta = Beta.logBeta(a, b + repeats);
        // In v = -log(p), where the integrand is tame.
        double alive = integral(
                v -> -Math.expm1(-(r + repeats) * Math.log1p(Math.exp(-v) * weeks / scale))
                        * Math.exp(-(a - 1) * v + (b + repeats - 1) * Math.log(-Math.expm1(-v)) - logBeta),
                0,
                60);
        double expected = alive * model.probabilityAlive(history);
        assertThat(model.expectedPurchases(history, weeks)).isCloseTo(expected, within(1e-4 * (1 + expected)));
    }

    @Property(seed = SEED)
    void nothingIsSingularWhereTheBooksDivideByZero(
            @ForAll @IntRange(max = 20) int repeats, @ForAll @DoubleRange(min = 0.1, max = 200) double weeks) {
        PurchaseHistory history = new PurchaseHistory(repeats, repeats == 0 ? 0 : 10, 30);
        double at = new BgNbd(0.3, 4, 1, 2).expectedPurchases(history, weeks);
        assertThat(new BgNbd(0.3, 4, 1 + 1e-9, 2).expectedPurchases(history, weeks))
                .isCloseTo(at, within(1e-6 * (1 + at)));
        double one = new BgNbd(0.3, 4, 0.5, 0.5).expectedPurchases(history, weeks);
        assertThat(new BgNbd(0.3, 4, 0.5, 0.5 + 1e-9).expectedPurchases(history, weeks))
                .isCloseTo(one, within(1e-6 * (1 + one)));
        double pareto = new ParetoNbd(0.5, 10, 1, 12).expectedPurchases(history, weeks);
        assertThat(new ParetoNbd(0.5, 10, 1 + 1e-9, 12).expectedPurchases(history, weeks))
                .isCloseTo(pareto, within(1e-6 * (1 + pareto)));
    }

    /** By drawing customers who stay, and looking at those with two repeats so far: half of them come within the median. */
    @Test
    void halfOfThoseWhoStayBuyAgainWithinTheMedianWait() {
        RandomGenerator random = new SplittableRandom(7);
        double r = 2;
        double alpha = 6;
        double age = 30;
        double median = new BgNbd(r, alpha, 1, 2).medianWait(new PurchaseHistory(2, 20, age));
        int alike = 0;
        int within = 0;
        for (int i = 0; i < 200_000; i++) {
            double rate = exponential(random, alpha) + exponential(random, alpha);
            int bought = 0;
            double at = exponential(random, rate);
            while (at <= age) {
                bought++;
                at += exponential(random, rate);
            }
            if (bought == 2) {
                alike++;
                within += at - age <= median ? 1 : 0;
            }
        }
        assertThat(alike).isGreaterThan(10_000);
        assertThat((double) within / alike).isCloseTo(0.5, within(3 * 0.5 / Math.sqrt(alike)));
    }

    private static double exponential(RandomGenerator random, double rate) {
        return -Math.log(1 - random.nextDouble()) / rate;
    }

    @Property(tries = 500, seed = SEED)
    void chancesAreChancesAndExpectationsGrowWithTime(
            @ForAll @DoubleRange(min = 0.01, max = 1000) double r,
            @ForAll @DoubleRange(min = 0.01, max = 1000) double alpha,
            @ForAll @DoubleRange(min = 0.01, max = 1000) double s,
            @ForAll @DoubleRange(min = 0.01, max = 1000) double beta,
            @ForAll @IntRange(max = 2000) int repeats,
            @ForAll @DoubleRange(max = 1) double share,
            @ForAll @DoubleRange(min = 0.15, max = 1000) double age) {
        PurchaseHistory history = new PurchaseHistory(repeats, repeats == 0 ? 0 : share * age, age);
        for (LifetimeModel model :
                new LifetimeModel[] {new BgNbd(r, alpha, s, beta), new ParetoNbd(r, alpha, s, beta)}) {
            assertThat(model.logLikelihood(history)).isFinite();
            assertThat(model.probabilityAlive(history)).isBetween(0.0, 1.0);
            double year = model.expectedPurchases(history, 52);
            assertThat(year).isFinite().isGreaterThanOrEqualTo(0);
            assertThat(model.expectedPurchases(history, 26)).isLessThanOrEqualTo(year + 1e-4 * (1 + year));
        }
    }

    /** Five-point Gauss-Legendre on many equal parts. */
    private static double integral(UnivariateFunction function, double from, double to) {
        double half = (to - from) / PARTS / 2;
        double sum = 0;
        for (int part = 0; part < PARTS; part++) {
            double middle = from + (2 * part + 1) * half;
            for (int i = 0; i < POINTS.length; i++) {
                sum += WEIGHTS[i] * function.value(middle + POINTS[i] * half);
            }
        }
        return sum * half;
    }
}
