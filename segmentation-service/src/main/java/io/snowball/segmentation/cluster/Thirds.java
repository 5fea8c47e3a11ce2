package io.snowball.segmentation.cluster;

import java.util.List;
import java.util.function.ToLongFunction;

/** Where the lower and the upper third of buyers end, by each feature. */
record Thirds(Bounds recency, Bounds orders, Bounds bill) {
    private record Bounds(long lower, long upper) {
        static Bounds of(List<Buyer> buyers, ToLongFunction<Buyer> feature) {
            return new Bounds(quantile(buyers, feature, 1, 3), quantile(buyers, feature, 2, 3));
        }

        ClusterLevel level(long median) {
            if (median <= lower) {
                return ClusterLevel.LOW;
            }
            return median <= upper ? ClusterLevel.MIDDLE : ClusterLevel.HIGH;
        }
    }

    static Thirds of(List<Buyer> buyers) {
        return new Thirds(
                Bounds.of(buyers, Buyer::daysSinceLastOrder),
                Bounds.of(buyers, Buyer::orders),
                Bounds.of(buyers, Buyer::averageBill));
    }

    /** By the medians of the group. */
    ClusterKind kind(List<Buyer> group) {
        return new ClusterKind(
                recency.level(median(group, Buyer::daysSinceLastOrder)),
                orders.level(median(group, Buyer::orders)),
                bill.level(median(group, Buyer::averageBill)));
    }

    static long median(List<Buyer> buyers, ToLongFunction<Buyer> feature) {
        return quantile(buyers, feature, 1, 2);
    }

    private static long quantile(List<Buyer> buyers, ToLongFunction<Buyer> feature, int part, int of) {
        long[] sorted = buyers.stream().mapToLong(feature).sorted().toArray();
        return sorted[(sorted.length - 1) * part / of];
    }
}
