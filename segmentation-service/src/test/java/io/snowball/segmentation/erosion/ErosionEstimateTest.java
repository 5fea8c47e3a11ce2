package io.snowball.segmentation.erosion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.snowball.segmentation.Wilson;
import io.snowball.segmentation.erosion.ErosionEstimate.Balance;
import io.snowball.segmentation.erosion.ErosionEstimate.Range;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("M14: erosion of the base, measured")
class ErosionEstimateTest {
    private static final int CUSTOMERS = 3000;
    private static final int CYCLES = 3;
    private static final double FALL = 0.006;

    @Test
    void theDecksExampleHundredBoughtTwoHundredLost() {
        Balance mailing = new Balance(20_000, 0.005, 0.01, 5_000);
        assertThat(mailing.responses()).isEqualTo(100);
        assertThat(mailing.today()).isEqualTo(500_000);
        assertThat(mailing.lostResponses()).isEqualTo(200);
        assertThat(mailing.foregone()).isEqualTo(1_000_000);
    }

    /** By hand: 2 of 4 responded after 0 contacts, 1 of 4 after 2; three customers a side, one of them with two probes. */
    @Test
    void figuresByHand() {
        ErosionSums resting =
                ErosionSums.NONE.plus(2, 1, 0, 100).plus(1, 1, 0, 300).plus(1, 0, 0, 0);
        ErosionSums usual = ErosionSums.NONE.plus(2, 1, 4, 200).plus(1, 0, 3, 0).plus(1, 0, 1, 0);
        ErosionEstimate estimate = new ErosionEstimate(usual, resting);
        assertThat(estimate.fall().value()).isEqualTo(0.25);
        assertThat(estimate.contactsMore()).isEqualTo(2);
        assertThat(estimate.fallPerContact().value()).isEqualTo(0.125);
        assertThat(estimate.worthOfResponse()).isEqualTo(200);
        assertThat(estimate.price(200).value()).isCloseTo(0.125 * 2 * 200, within(1e-9));
        // Residuals of the resting arm 1 - 2/2, 1 - 1/2, 0 - 1/2: squares 0.5, times 3/2, by 4 squared.
        assertThat(resting.responseVariance()).isCloseTo(0.5 * 1.5 / 16, within(1e-12));
        // Of the usual arm 1 - 2/4, 0 - 1/4, 0 - 1/4: 0.375.
        assertThat(usual.responseVariance()).isCloseTo(0.375 * 1.5 / 16, within(1e-12));
        // Contacts less 2 a probe: 0, 1, -1.
        assertThat(usual.contactsVariance()).isCloseTo(2 * 1.5 / 16, within(1e-12));
        assertThat(usual.covariance()).isCloseTo((0 - 0.25 + 0.25) * 1.5 / 16, within(1e-12));
    }

    /**
     * A thousand experiments on customers who differ from one another, whose response falls by 0.6 points a contact, and of whom those
     * who respond less are written to more: comparing people by how many contacts they had would find twice the fall.
     */
    @Test
    void theIntervalCoversTheTruthAtItsRateAndTheNaiveComparisonDoesNot() {
        SplittableRandom random = new SplittableRandom(20_261_127);
        int experiments = 1000;
        int covered = 0;
        double sum = 0;
        double naive = 0;
        for (int i = 0; i < experiments; i++) {
            Simulated simulated = simulate(random);
            assertThat(simulated.estimate.missing()).isEmpty();
            Range fall = simulated.estimate.fallPerContact();
            covered += fall.from() <= FALL && FALL <= fall.to() ? 1 : 0;
            sum += fall.value();
            naive += simulated.naiveFall;
        }
        // Three standard errors of a binomial proportion about 0.95.
        assertThat((double) covered / experiments).isBetween(0.95 - 0.021, 0.95 + 0.021);
        assertThat(sum / experiments).isCloseTo(FALL, within(0.0003));
        assertThat(naive / experiments).isGreaterThan(1.5 * FALL);
    }

    private record Simulated(ErosionEstimate estimate, double naiveFall) {}

    private static Simulated simulate(SplittableRandom random) {
        ErosionSums usual = ErosionSums.NONE;
        ErosionSums resting = ErosionSums.NONE;
        double[] much = new double[2];
        double[] little = new double[2];
        for (int c = 0; c < CUSTOMERS; c++) {
            boolean rests = random.nextInt(4) == 0;
            boolean keen = random.nextBoolean();
            double own = keen ? 0.18 : 0.08;
            double responses = 0;
            double contacts = 0;
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                // Some rest is not kept, and who answers little is written to more.
                int sent = rests ? random.nextInt(10) == 0 ? 1 : 0 : (keen ? 2 : 4) + random.nextInt(3);
                int answer = random.nextDouble() < own - FALL * sent ? 1 : 0;
                contacts += sent;
                responses += answer;
                if (!rests) {
                    double[] group = sent >= 4 ? much : little;
                    group[0]++;
                    group[1] += answer;
                }
            }
            if (rests) {
                resting = resting.plus(CYCLES, responses, contacts, 0);
            } else {
                usual = usual.plus(CYCLES, responses, contacts, 0);
            }
        }
        double naive = (little[1] / little[0] - much[1] / much[0]) / 2;
        return new Simulated(new ErosionEstimate(usual, resting), naive);
    }

    /** The response probability itself, of customers with three messages each who answer all or none more often than by chance. */
    @Test
    void theIntervalOfAProbabilityKnowsThatMessagesToOnePersonAreNotIndependent() {
        SplittableRandom random = new SplittableRandom(42);
        int experiments = 1000;
        int covered = 0;
        int coveredPlainly = 0;
        for (int i = 0; i < experiments; i++) {
            ErosionSums sums = ErosionSums.NONE;
            for (int c = 0; c < 500; c++) {
                double own = random.nextInt(5) == 0 ? 0.5 : 0.05;
                int responses = 0;
                for (int m = 0; m < 6; m++) {
                    responses += random.nextDouble() < own ? 1 : 0;
                }
                sums = sums.plus(6, responses, 0, 0);
            }
            covered += holds(sums.interval(), 0.14);
            coveredPlainly += holds(Wilson.of(sums.response(), sums.p()), 0.14);
        }
        assertThat((double) covered / experiments).isBetween(0.95 - 0.025, 0.95 + 0.025);
        assertThat((double) coveredPlainly / experiments).isLessThan(0.9);
    }

    private static int holds(Wilson.Interval interval, double truth) {
        return interval.from() <= truth && truth <= interval.to() ? 1 : 0;
    }

    @Test
    void saysWhatIsMissing() {
        ErosionSums few = ErosionSums.NONE.plus(1, 1, 4, 0);
        assertThat(new ErosionEstimate(few, ErosionSums.NONE).missing())
                .containsExactly(
                        "Of those who rest there are 0 first messages after a rest period, answered 0 times; at least 200 and 10 are needed.",
                        "Of those who do not there are 1 first messages after a rest period, answered 1 times; at least 200 and 10 are needed.");
        ErosionSums same = ErosionSums.NONE;
        for (int i = 0; i < 300; i++) {
            same = same.plus(1, i % 10 == 0 ? 1 : 0, i % 5, 0);
        }
        assertThat(new ErosionEstimate(same, same).missing())
                .singleElement()
                .asString()
                .contains("the rest was not kept");
        assertThat(Wilson.of(0, 10).from()).isZero();
        // Wilson's interval of 5 in 50, as in the literature: 0.0435 to 0.2136.
        assertThat(Wilson.of(0.1, 50).from()).isCloseTo(0.0435, within(0.0001));
        assertThat(Wilson.of(0.1, 50).to()).isCloseTo(0.2136, within(0.0001));
    }
}
