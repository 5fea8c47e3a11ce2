package io.snowball.segmentation.cluster;

import java.util.Arrays;
import java.util.Random;

/**
 * Lloyd's algorithm from k-means++ starts (Arthur, Vassilvitskii 2007), the best of a few. The starts are drawn from a fixed seed: the same
 * points give the same groups.
 */
final class KMeans {
    private static final int STARTS = 5;
    private static final int ROUNDS_MAX = 100;
    private static final long SEED = 20261122;

    private final double[][] points;
    private final Random random = new Random(SEED);

    private KMeans(double[][] points) {
        this.points = points;
    }

    /** Which group each point is in, and the sum of squared distances to the groups' means. */
    static final class Grouping {
        private final int[] groups;
        private final double scatter;
        private final double[][] centres;

        private Grouping(int[] groups, double scatter, double[][] centres) {
            this.groups = groups;
            this.scatter = scatter;
            this.centres = centres;
        }

        double[] centre(int group) {
            return centres[group];
        }

        int groupOf(int point) {
            return groups[point];
        }

        double scatter() {
            return scatter;
        }
    }

    /** @param points at least as many as groups */
    static Grouping group(double[][] points, int groups) {
        KMeans means = new KMeans(points);
        Grouping best = means.climb(means.start(groups));
        for (int i = 1; i < STARTS; i++) {
            Grouping next = means.climb(means.start(groups));
            best = next.scatter < best.scatter ? next : best;
        }
        return best;
    }

    /** Each start is likelier the farther it lies from those before. */
    private double[][] start(int groups) {
        double[][] centres = new double[groups][];
        centres[0] = points[random.nextInt(points.length)];
        double[] distances = new double[points.length];
        Arrays.fill(distances, Double.MAX_VALUE);
        for (int g = 1; g < groups; g++) {
            double sum = 0;
            for (int i = 0; i < points.length; i++) {
                distances[i] = Math.min(distances[i], distance(points[i], centres[g - 1]));
                sum += distances[i];
            }
            centres[g] = points[draw(distances, random.nextDouble() * sum)];
        }
        return centres;
    }

    private static int draw(double[] weights, double at) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i];
            if (sum > at) {
                return i;
            }
        }
        return weights.length - 1;
    }

    private Grouping climb(double[][] start) {
        double[][] centres = start;
        int[] groups = new int[points.length];
        double scatter = assign(centres, groups);
        for (int round = 0; round < ROUNDS_MAX; round++) {
            centres = centres(centres, groups);
            double next = assign(centres, groups);
            if (next >= scatter) {
                break;
            }
            scatter = next;
        }
        return new Grouping(groups, scatter, centres);
    }

    private double assign(double[][] centres, int[] groups) {
        double sum = 0;
        for (int i = 0; i < points.length; i++) {
            groups[i] = nearest(points[i], centres);
            sum += distance(points[i], centres[groups[i]]);
        }
        return sum;
    }

    static int nearest(double[] point, double[][] centres) {
        int nearest = 0;
        double least = Double.MAX_VALUE;
        for (int g = 0; g < centres.length; g++) {
            double distance = distance(point, centres[g]);
            if (distance < least) {
                least = distance;
                nearest = g;
            }
        }
        return nearest;
    }

    /** A group that has lost all its points keeps its centre. */
    private double[][] centres(double[][] before, int[] groups) {
        double[][] sums = new double[before.length][before[0].length];
        int[] counts = new int[before.length];
        for (int i = 0; i < points.length; i++) {
            counts[groups[i]]++;
            for (int d = 0; d < points[i].length; d++) {
                sums[groups[i]][d] += points[i][d];
            }
        }
        for (int g = 0; g < before.length; g++) {
            int count = counts[g];
            sums[g] = count == 0
                    ? before[g]
                    : Arrays.stream(sums[g]).map(sum -> sum / count).toArray();
        }
        return sums;
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += (a[d] - b[d]) * (a[d] - b[d]);
        }
        return sum;
    }
}
