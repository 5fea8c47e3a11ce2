package io.snowball.segmentation.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Clusters found in a sample, by which any buyer can be told to belong to one. */
public final class ClusterModel {
    private static final int GROUPS = 5;

    private final Features features;
    private final double[][] centres;
    private final List<ClusterKind> kinds;

    private ClusterModel(Features features, double[][] centres, List<ClusterKind> kinds) {
        this.features = features;
        this.centres = centres;
        this.kinds = kinds;
    }

    /** @return empty where there are too few buyers to group */
    public static Optional<ClusterModel> fit(List<Buyer> sample) {
        if (sample.size() < GROUPS * Clusters.BUYERS_PER_GROUP_MIN) {
            return Optional.empty();
        }
        Features features = Features.of(sample);
        double[][] points = sample.stream().map(features::point).toArray(double[][]::new);
        KMeans.Grouping grouping = KMeans.group(points, GROUPS);
        Thirds thirds = Thirds.of(sample);
        double[][] centres = new double[GROUPS][];
        List<ClusterKind> kinds = new ArrayList<>();
        List<List<Buyer>> members = Grouped.members(sample, grouping, GROUPS);
        for (int group = 0; group < GROUPS; group++) {
            if (!members.get(group).isEmpty()) {
                centres[kinds.size()] = grouping.centre(group);
                kinds.add(thirds.kind(members.get(group)));
            }
        }
        return Optional.of(new ClusterModel(features, Arrays.copyOf(centres, kinds.size()), kinds));
    }

    public ClusterKind kindOf(Buyer buyer) {
        return kinds.get(KMeans.nearest(features.point(buyer), centres));
    }
}
