package io.snowball.segmentation.prediction;

import org.jspecify.annotations.Nullable;

/**
 * What the chosen models say of one customer.
 *
 * @param expectedSpend of a purchase, in kopecks; null without a model of spend
 * @param waitWeeks until half of such customers buy again
 * @param value discounted, in kopecks; null without a model of spend
 */
record Forecast(
        double probabilityAlive,
        double expectedPurchases,
        double waitWeeks,
        @Nullable Long expectedSpend,
        @Nullable Long value) {
    private static final int STEP_WEEKS = 4;
    private static final double WEEKS_A_YEAR = 365.25 / 7;

    /** @param meanRepeat in kopecks, null where there is no repeat */
    static Forecast of(
            LifetimeModel model,
            @Nullable GammaGamma spending,
            PredictionModel.Spec spec,
            PurchaseHistory history,
            @Nullable Double meanRepeat) {
        double alive = model.probabilityAlive(history);
        double purchases = model.expectedPurchases(history, spec.horizonWeeks());
        double wait = model.medianWait(history);
        if (spending == null) {
            return new Forecast(alive, purchases, wait, null, null);
        }
        // Spend was fitted in roubles: figures of that size suit the search's start.
        double spend = 100
                * (meanRepeat != null && meanRepeat > 0
                        ? spending.expectedSpend(history.repeats(), meanRepeat / 100)
                        : spending.expectedSpend(0, 0));
        double value = spend * spec.marginShare() * discountedPurchases(model, spec, history);
        return new Forecast(alive, purchases, wait, Math.round(spend), Math.round(value));
    }

    static double discountedPurchases(LifetimeModel model, PredictionModel.Spec spec, PurchaseHistory history) {
        double sum = 0;
        double before = 0;
        for (int from = 0; from < spec.horizonWeeks(); from += STEP_WEEKS) {
            int to = Math.min(from + STEP_WEEKS, spec.horizonWeeks());
            double until = model.expectedPurchases(history, to);
            sum += (until - before) / Math.pow(1 + spec.annualDiscountRate(), to / WEEKS_A_YEAR);
            before = until;
        }
        return sum;
    }
}
