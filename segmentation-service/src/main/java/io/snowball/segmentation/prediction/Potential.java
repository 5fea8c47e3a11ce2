package io.snowball.segmentation.prediction;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a customer's year could bring (CPV, M11): as much as the best tenth of comparable buyers spent in the last 52 weeks, and never
 * less than the customer did. In kopecks.
 *
 * @param peers the ninth decile of groups that are large enough
 * @param everyone of all buyers of those weeks
 */
record Potential(Map<Peers, Long> peers, long everyone) {
    static final int WEEKS = 52;

    record Peers(@Nullable String source, @Nullable String sex) {}

    long of(Peers group, long yearRevenue) {
        return Math.max(yearRevenue, peers.getOrDefault(group, everyone));
    }
}
