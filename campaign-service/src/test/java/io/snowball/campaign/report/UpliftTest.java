package io.snowball.campaign.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class UpliftTest {
    private static final int CAMPAIGNS = 1_000;

    @Test
    void agreesWithTheExamplesOfNewcombesPaper() {
        // Table II of the paper, method 10: cases (a) 56/70 - 48/80 and (b) 9/10 - 3/10.
        Uplift a = Uplift.ofConversion(buyers(70, 56), buyers(80, 48));
        assertThat(a.absolute()).isCloseTo(0.2, within(1e-9));
        assertThat(a.interval().low()).isCloseTo(0.0524, within(5e-5));
        assertThat(a.interval().high()).isCloseTo(0.3339, within(5e-5));
        Uplift b = Uplift.ofConversion(buyers(10, 9), buyers(10, 3));
        assertThat(b.interval().low()).isCloseTo(0.1705, within(5e-5));
        assertThat(b.interval().high()).isCloseTo(0.8090, within(5e-5));
    }

    @Test
    void knowsStudentsDistribution() {
        assertThat(Uplift.student(5)).isCloseTo(2.5706, within(5e-3));
        assertThat(Uplift.student(10)).isCloseTo(2.2281, within(5e-4));
        assertThat(Uplift.student(100)).isCloseTo(1.9840, within(5e-5));
    }

    @Test
    void agreesWithAWelchIntervalComputedByHand() {
        // Treated 1, 2, 3, 4, 5 and control 2, 4: means 3 and 3, variances 2.5 and 2; 0.5 + 1 = 1.5, 1.5 squared over
        // 0.0625 + 1 = 2.1176 degrees of freedom.
        Uplift uplift = Uplift.ofRevenue(new Group(5, 5, 5, 15, 55), new Group(2, 2, 2, 6, 20));
        double half = Uplift.student(2.1176470588) * Math.sqrt(1.5);
        assertThat(uplift.absolute()).isZero();
        assertThat(uplift.interval().high()).isCloseTo(half, within(1e-6));
        assertThat(uplift.interval().low()).isCloseTo(-half, within(1e-6));
    }

    @Test
    void hasNoRelativeUpliftWhereTheControlGroupBoughtNothing() {
        Uplift uplift = Uplift.ofConversion(buyers(900, 10), buyers(100, 0));
        assertThat(uplift.relative()).isEmpty();
        assertThat(uplift.relativeInterval()).isEmpty();
        assertThat(uplift.interval().low()).isNotNaN();
        assertThat(Uplift.ofRevenue(buyers(2, 0), buyers(2, 0)).interval().high())
                .isZero();
    }

    /** A/A: both groups are the same people, so every effect that is found is a false one; 5 % of them is what 95 % promises. */
    @Test
    void findsAnEffectInOneOfTwentyCampaignsThatHadNone() {
        Random random = new Random(20_270_308);
        assertThat(falsePositives(random, Uplift::ofConversion)).isBetween(0.03, 0.07);
        assertThat(falsePositives(random, Uplift::ofRevenue)).isBetween(0.03, 0.08);
    }

    @Test
    void findsAnEffectThatIsThere() {
        Random random = new Random(1);
        int found = 0;
        for (int i = 0; i < 200; i++) {
            Uplift uplift = Uplift.ofConversion(shop(random, 9_000, 0.08), shop(random, 1_000, 0.04));
            found += uplift.interval().low() > 0 ? 1 : 0;
        }
        assertThat(found).isGreaterThan(180);
    }

    @Test
    void saysInWordsWhatTheNumbersAllow() {
        assertThat(Verdict.of(buyers(900, 50), Group.NOBODY)).isEqualTo(Verdict.NO_CONTROL_GROUP);
        assertThat(Verdict.of(buyers(900, 50), buyers(99, 50))).isEqualTo(Verdict.TOO_SMALL);
        assertThat(Verdict.of(buyers(900, 50), buyers(100, 4))).isEqualTo(Verdict.TOO_SMALL);
        assertThat(Verdict.of(buyers(900, 50), buyers(100, 6))).isEqualTo(Verdict.NOT_SHOWN);
        assertThat(Verdict.of(buyers(9000, 900), buyers(1000, 50))).isEqualTo(Verdict.RAISED);
        assertThat(Verdict.of(buyers(9000, 450), buyers(1000, 100))).isEqualTo(Verdict.LOWERED);
    }

    private static double falsePositives(Random random, BiFunction<Group, Group, Uplift> method) {
        int found = 0;
        for (int i = 0; i < CAMPAIGNS; i++) {
            Uplift uplift = method.apply(shop(random, 4_500, 0.06), shop(random, 500, 0.06));
            found += uplift.interval().excludesZero() ? 1 : 0;
        }
        return found / (double) CAMPAIGNS;
    }

    /** Customers of a shop: a few buy, and what they spend is skewed as real bills are. */
    private static Group shop(Random random, int customers, double conversion) {
        long buyers = 0;
        long revenue = 0;
        double squares = 0;
        for (int i = 0; i < customers; i++) {
            if (random.nextDouble() < conversion) {
                long bill = Math.round(150_000 * Math.exp(0.7 * random.nextGaussian()));
                buyers++;
                revenue += bill;
                squares += (double) bill * bill;
            }
        }
        return new Group(customers, buyers, buyers, revenue, squares);
    }

    private static Group buyers(long customers, long buyers) {
        return new Group(customers, buyers, buyers, buyers, buyers);
    }
}
