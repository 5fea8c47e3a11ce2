package io.snowball.segmentation.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KMeansTest {
    @Test
    void findsPlantedGroups() {
        Random random = new Random(7);
        double[][] points = IntStream.range(0, 400)
                .mapToObj(i -> new double[] {
                    (i % 4 < 2 ? 0 : 10) + random.nextGaussian(), (i % 2 == 0 ? 0 : 10) + random.nextGaussian()
                })
                .toArray(double[][]::new);
        KMeans.Grouping grouping = KMeans.group(points, 4);
        for (int i = 4; i < points.length; i++) {
            assertThat(grouping.groupOf(i)).isEqualTo(grouping.groupOf(i % 4));
        }
        assertThat(IntStream.range(0, 4).map(grouping::groupOf).distinct().count())
                .isEqualTo(4);
        assertThat(grouping.scatter()).isEqualTo(KMeans.group(points, 4).scatter());
    }

    @Test
    void groupsPointsThatAreAllTheSame() {
        double[][] points =
                IntStream.range(0, 50).mapToObj(_ -> new double[] {1, 2}).toArray(double[][]::new);
        assertThat(KMeans.group(points, 3).scatter()).isZero();
    }

    @Test
    void scatterOfOneGroupIsTheVarianceTimesThePoints() {
        double[][] points = {{0}, {1}, {2}, {3}};
        assertThat(KMeans.group(points, 1).scatter()).isCloseTo(5, within(1e-12));
    }
}
