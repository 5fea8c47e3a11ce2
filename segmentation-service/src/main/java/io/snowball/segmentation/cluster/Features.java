package io.snowball.segmentation.cluster;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A buyer as a point. The three features are taken as logarithms (twice as many orders is the same step from 1 as from 10) and scaled to
 * the same spread.
 */
record Features(Scale recency, Scale orders, Scale bill) {
    /** To mean 0 and variance 1; all zeros where everybody is the same. */
    private record Scale(double mean, double deviation) {
        static Scale of(List<Buyer> buyers, ToDoubleFunction<Buyer> feature) {
            double mean = buyers.stream().mapToDouble(feature).average().orElse(0);
            double variance = 0;
            for (Buyer buyer : buyers) {
                double away = feature.applyAsDouble(buyer) - mean;
                variance += away * away / buyers.size();
            }
            return new Scale(mean, Math.sqrt(variance));
        }

        double of(double value) {
            return deviation == 0 ? 0 : (value - mean) / deviation;
        }
    }

    static Features of(List<Buyer> buyers) {
        return new Features(
                Scale.of(buyers, Features::recency),
                Scale.of(buyers, Features::orders),
                Scale.of(buyers, Features::bill));
    }

    double[] point(Buyer buyer) {
        return new double[] {recency.of(recency(buyer)), orders.of(orders(buyer)), bill.of(bill(buyer))};
    }

    private static double recency(Buyer buyer) {
        return Math.log1p((double) buyer.daysSinceLastOrder());
    }

    private static double orders(Buyer buyer) {
        return Math.log(buyer.orders());
    }

    private static double bill(Buyer buyer) {
        return Math.log1p((double) buyer.averageBill());
    }
}
