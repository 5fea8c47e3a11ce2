package io.snowball.segmentation.cluster;

import io.snowball.platform.money.Money;
import io.snowball.segmentation.cluster.ClusterApi.ClusterReport;
import io.snowball.segmentation.cluster.ClusterApi.ClusterView;
import io.snowball.segmentation.cluster.ClusterApi.Level;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Buyers in groups, told in words. The three features are taken as logarithms (twice as many orders is the same step from 1 as from 10)
 * and scaled to the same spread.
 */
final class Grouped {
    private static final Words RECENCY_RU =
            new Words("покупали недавно", "покупали не очень давно", "давно не покупали");
    private static final Words RECENCY_EN =
            new Words("bought lately", "bought some time ago", "have not bought for long");
    private static final Words FREQUENCY_RU = new Words("редко", "время от времени", "часто");
    private static final Words FREQUENCY_EN = new Words("seldom", "now and then", "often");
    private static final Words BILL_RU = new Words("средний чек низкий", "средний чек обычный", "средний чек высокий");
    private static final Words BILL_EN =
            new Words("with a low average bill", "with a usual average bill", "with a high average bill");

    private record Words(String low, String middle, String high) {
        String of(Level level) {
            return switch (level) {
                case LOW -> low;
                case MIDDLE -> middle;
                case HIGH -> high;
            };
        }
    }

    private final List<Buyer> all;

    private Grouped(List<Buyer> all) {
        this.all = all;
    }

    static ClusterReport report(Instant asOf, long buyers, List<Buyer> sample, int groups) {
        double[][] points = points(sample);
        KMeans.Grouping grouping = KMeans.group(points, groups);
        List<List<Buyer>> members = new ArrayList<>();
        for (int g = 0; g < groups; g++) {
            members.add(new ArrayList<>());
        }
        for (int i = 0; i < points.length; i++) {
            members.get(grouping.groupOf(i)).add(sample.get(i));
        }
        Grouped grouped = new Grouped(sample);
        List<ClusterView> views = members.stream()
                .filter(group -> !group.isEmpty())
                .map(grouped::view)
                .sorted(Comparator.comparing(ClusterView::revenue).reversed())
                .toList();
        double scatter = KMeans.group(points, 1).scatter();
        double explained = scatter == 0 ? 0 : 1 - grouping.scatter() / scatter;
        return new ClusterReport(
                asOf, buyers, sample.size(), BigDecimal.valueOf(explained).setScale(4, RoundingMode.HALF_UP), views);
    }

    private static double[][] points(List<Buyer> buyers) {
        double[] recency = scaled(buyers, buyer -> Math.log1p((double) buyer.daysSinceLastOrder()));
        double[] orders = scaled(buyers, buyer -> Math.log(buyer.orders()));
        double[] bill = scaled(buyers, buyer -> Math.log1p((double) buyer.averageBill()));
        double[][] points = new double[buyers.size()][];
        for (int i = 0; i < points.length; i++) {
            points[i] = new double[] {recency[i], orders[i], bill[i]};
        }
        return points;
    }

    /** To mean 0 and variance 1; all zeros where everybody is the same. */
    private static double[] scaled(List<Buyer> buyers, ToDoubleFunction<Buyer> feature) {
        double[] values = buyers.stream().mapToDouble(feature).toArray();
        double mean = buyers.stream().mapToDouble(feature).average().orElse(0);
        double variance = 0;
        for (double value : values) {
            variance += (value - mean) * (value - mean) / values.length;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = variance == 0 ? 0 : (values[i] - mean) / Math.sqrt(variance);
        }
        return values;
    }

    private ClusterView view(List<Buyer> group) {
        long days = quantile(group, Buyer::daysSinceLastOrder, 1, 2);
        long orders = quantile(group, Buyer::orders, 1, 2);
        long bill = quantile(group, Buyer::averageBill, 1, 2);
        Level recency = level(days, Buyer::daysSinceLastOrder);
        Level frequency = level(orders, Buyer::orders);
        Level billLevel = level(bill, Buyer::averageBill);
        long revenue = sum(group);
        return new ClusterView(
                String.join(", ", RECENCY_RU.of(recency), FREQUENCY_RU.of(frequency), BILL_RU.of(billLevel)),
                String.join(", ", RECENCY_EN.of(recency), FREQUENCY_EN.of(frequency), BILL_EN.of(billLevel)),
                group.size(),
                percent(group.size(), all.size()),
                new Money(revenue),
                percent(revenue, sum(all)),
                days,
                Math.toIntExact(orders),
                new Money(bill),
                recency,
                frequency,
                billLevel);
    }

    private Level level(long median, ToLongFunction<Buyer> feature) {
        if (median <= quantile(all, feature, 1, 3)) {
            return Level.LOW;
        }
        return median <= quantile(all, feature, 2, 3) ? Level.MIDDLE : Level.HIGH;
    }

    private static long quantile(List<Buyer> buyers, ToLongFunction<Buyer> feature, int part, int of) {
        long[] sorted = buyers.stream().mapToLong(feature).sorted().toArray();
        return sorted[(sorted.length - 1) * part / of];
    }

    private static long sum(List<Buyer> buyers) {
        return buyers.stream().mapToLong(Buyer::revenue).sum();
    }

    private static BigDecimal percent(long part, long all) {
        return all == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(part * 100.0 / all).setScale(2, RoundingMode.HALF_UP);
    }
}
