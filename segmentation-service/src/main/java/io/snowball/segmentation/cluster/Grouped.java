package io.snowball.segmentation.cluster;

import io.snowball.platform.money.Money;
import io.snowball.segmentation.cluster.ClusterApi.ClusterReport;
import io.snowball.segmentation.cluster.ClusterApi.ClusterView;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Buyers in groups, told in words. */
final class Grouped {
    private final List<Buyer> all;
    private final Thirds thirds;

    private Grouped(List<Buyer> all) {
        this.all = all;
        this.thirds = Thirds.of(all);
    }

    static ClusterReport report(Instant asOf, long buyers, List<Buyer> sample, int groups) {
        Features features = Features.of(sample);
        double[][] points = sample.stream().map(features::point).toArray(double[][]::new);
        KMeans.Grouping grouping = KMeans.group(points, groups);
        Grouped grouped = new Grouped(sample);
        List<ClusterView> views = members(sample, grouping, groups).stream()
                .filter(group -> !group.isEmpty())
                .map(grouped::view)
                .sorted(Comparator.comparing(ClusterView::revenue).reversed())
                .toList();
        double scatter = KMeans.group(points, 1).scatter();
        double explained = scatter == 0 ? 0 : 1 - grouping.scatter() / scatter;
        return new ClusterReport(
                asOf, buyers, sample.size(), BigDecimal.valueOf(explained).setScale(4, RoundingMode.HALF_UP), views);
    }

    /** In the order of groups, some of which may have nobody. */
    static List<List<Buyer>> members(List<Buyer> sample, KMeans.Grouping grouping, int groups) {
        List<List<Buyer>> members = new ArrayList<>();
        for (int g = 0; g < groups; g++) {
            members.add(new ArrayList<>());
        }
        for (int i = 0; i < sample.size(); i++) {
            members.get(grouping.groupOf(i)).add(sample.get(i));
        }
        return members;
    }

    private ClusterView view(List<Buyer> group) {
        ClusterKind kind = thirds.kind(group);
        long revenue = sum(group);
        return new ClusterView(
                kind.descriptionRu(),
                kind.descriptionEn(),
                group.size(),
                percent(group.size(), all.size()),
                new Money(revenue),
                percent(revenue, sum(all)),
                Thirds.median(group, Buyer::daysSinceLastOrder),
                Math.toIntExact(Thirds.median(group, Buyer::orders)),
                new Money(Thirds.median(group, Buyer::averageBill)),
                kind.recency(),
                kind.frequency(),
                kind.bill());
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
