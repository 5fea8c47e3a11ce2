package io.snowball.customer.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snowball.customer.feedback.Figure.Interval;
import io.snowball.customer.feedback.Figure.Method;
import io.snowball.customer.feedback.Figure.Sums;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The figures of H7 by their right names and formulas (X9). */
class FigureTest {
    private static Figure nps(long promoters, long passives, long detractors) {
        return Figure.of(FeedbackKind.NPS, new Sums(promoters + passives + detractors, promoters, detractors, 0, 0, 0));
    }

    @Test
    @DisplayName("H7: NPS is the share of 9 and 10 minus the share of 0 to 6")
    void h07NetPromoterScore() {
        assertThat(nps(70, 20, 10).value()).isEqualByComparingTo("60");
        assertThat(nps(0, 0, 5).value()).isEqualByComparingTo("-100");
        assertThat(nps(1, 1, 1).value()).isEqualByComparingTo("0");
    }

    @Test
    @DisplayName("The interval of NPS by hand: 70, 20 and 10 of 100 become 70.75 and 10.75 of 103")
    void intervalOfNetPromoterScore() {
        Interval interval = Objects.requireNonNull(nps(70, 20, 10).interval());
        double up = 70.75 / 103;
        double down = 10.75 / 103;
        double half = 1.96 * Math.sqrt((up + down - (up - down) * (up - down)) / 103);
        assertThat(interval.method()).isEqualTo(Method.ADJUSTED_WALD);
        assertThat(interval.low().doubleValue()).isCloseTo(100 * (up - down - half), within());
        assertThat(interval.high().doubleValue()).isCloseTo(100 * (up - down + half), within());
    }

    @Test
    @DisplayName("The interval of NPS holds the truth in about 95 of 100 samples")
    void intervalOfNetPromoterScoreCovers() {
        Random random = new Random(11);
        int held = 0;
        int samples = 4000;
        for (int i = 0; i < samples; i++) {
            int[] counts = new int[3];
            for (int j = 0; j < 40; j++) {
                double x = random.nextDouble();
                counts[x < 0.5 ? 0 : x < 0.8 ? 1 : 2]++;
            }
            Interval interval =
                    Objects.requireNonNull(nps(counts[0], counts[1], counts[2]).interval());
            boolean holds = interval.low().compareTo(BigDecimal.valueOf(30)) <= 0
                    && interval.high().compareTo(BigDecimal.valueOf(30)) >= 0;
            held += holds ? 1 : 0;
        }
        assertThat(held / (double) samples).isBetween(0.935, 0.975);
    }

    @Test
    @DisplayName("X9: CSAT is satisfaction, the share of the two highest marks, with Wilson's interval")
    void customerSatisfaction() {
        Figure figure = Figure.of(FeedbackKind.CSAT, new Sums(10, 0, 0, 8, 0, 0));
        assertThat(figure.value()).isEqualByComparingTo("80");
        // The known interval of 8 in 10: 49.02 to 94.33 per cent.
        Interval interval = Objects.requireNonNull(figure.interval());
        assertThat(interval.method()).isEqualTo(Method.WILSON);
        assertThat(interval.low()).isEqualByComparingTo("49.02");
        assertThat(interval.high()).isEqualByComparingTo("94.33");
    }

    @Test
    @DisplayName("H7: CES is the mean mark of effort")
    void h07CustomerEffortScore() {
        // 3, 5 and 7: mean 5, standard deviation 2.
        Figure figure = Figure.of(FeedbackKind.CES, new Sums(3, 0, 0, 0, 15, 83));
        assertThat(figure.value()).isEqualByComparingTo("5");
        Interval interval = Objects.requireNonNull(figure.interval());
        assertThat(interval.low()).isEqualByComparingTo("2.74");
        assertThat(interval.high()).isEqualByComparingTo("7");
        assertThat(interval.method()).isEqualTo(Method.NORMAL);
        assertThat(Figure.of(FeedbackKind.CES, new Sums(1, 0, 0, 0, 4, 16)).interval())
                .isNull();
        assertThat(Figure.of(FeedbackKind.CES, Sums.NONE).value()).isNull();
    }

    @Test
    @DisplayName("X9: CLI is a loyalty index, the mean of recommend, repurchase and try other")
    void customerLoyaltyIndex() {
        assertThat(Answer.score(FeedbackKind.CLI, null, List.of(6, 5, 4))).isEqualByComparingTo("5");
        assertThat(Answer.score(FeedbackKind.CLI, null, List.of(6, 6, 5))).isEqualByComparingTo("5.6667");
        Figure figure = Figure.of(FeedbackKind.CLI, new Sums(2, 0, 0, 0, 10, 52));
        assertThat(figure.value()).isEqualByComparingTo("5");
        assertThat(FigureApi.FeedbackFigure.of(FeedbackKind.CLI, figure, 2).index())
                .isEqualByComparingTo("80");
    }

    @Test
    void marksKeepToTheirScales() {
        assertThat(Answer.score(FeedbackKind.NPS, 0, List.of())).isEqualByComparingTo("0");
        assertThatThrownBy(() -> Answer.score(FeedbackKind.NPS, 11, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Answer.score(FeedbackKind.CSAT, 0, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Answer.score(FeedbackKind.CES, 8, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Answer.score(FeedbackKind.CLI, 5, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Answer.score(FeedbackKind.CLI, null, List.of(7, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Answer.score(FeedbackKind.NPS, 5, List.of(1, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(0.01);
    }
}
