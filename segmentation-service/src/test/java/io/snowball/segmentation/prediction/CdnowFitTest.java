package io.snowball.segmentation.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.snowball.segmentation.prediction.MaximumLikelihood.Fit;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The published results for CDNOW, to their digits: Fader, Hardie and Lee 2005; Fader and Hardie 2005 and 2013. */
@DisplayName("B5, M7: predictions reproduce what was published")
class CdnowFitTest {
    private static final Offset<Double> PUBLISHED = within(0.0005 + 1e-9);
    private static final List<PurchaseHistory> CALIBRATION = Cdnow.calibration();
    private static final Fit<BgNbd> BG_NBD = Fitting.bgNbd(CALIBRATION);
    private static final Fit<ParetoNbd> PARETO_NBD = Fitting.paretoNbd(CALIBRATION);

    @Test
    void fitsBgNbd() {
        BgNbd model = BG_NBD.model();
        assertThat(CALIBRATION).hasSize(2357);
        assertThat(model.r()).isCloseTo(0.243, PUBLISHED);
        assertThat(model.alpha()).isCloseTo(4.414, PUBLISHED);
        assertThat(model.a()).isCloseTo(0.793, PUBLISHED);
        assertThat(model.b()).isCloseTo(2.426, PUBLISHED);
        assertThat(BG_NBD.logLikelihood()).isCloseTo(-9582.4, within(0.05));
        assertThat(BG_NBD.identified()).isTrue();
    }

    @Test
    void fitsParetoNbd() {
        ParetoNbd model = PARETO_NBD.model();
        assertThat(model.r()).isCloseTo(0.553, PUBLISHED);
        assertThat(model.alpha()).isCloseTo(10.578, PUBLISHED);
        assertThat(model.s()).isCloseTo(0.606, PUBLISHED);
        assertThat(model.beta()).isCloseTo(11.669, within(0.0025));
        assertThat(PARETO_NBD.logLikelihood()).isCloseTo(-9595.0, within(0.05));
    }

    @Test
    void fitsGammaGamma() {
        List<Fitting.Spend> spends = Cdnow.spends();
        Fit<GammaGamma> fit = Fitting.gammaGamma(spends);
        assertThat(spends).hasSize(946);
        assertThat(fit.model().p()).isCloseTo(6.25, within(0.005));
        assertThat(fit.model().q()).isCloseTo(3.74, within(0.005));
        assertThat(fit.model().gamma()).isCloseTo(15.44, within(0.0105));
        assertThat(fit.model().hasMean()).isTrue();
    }

    @Test
    void foreseesEachCustomerAsThePublishedModelsDo() {
        Map<Integer, Cdnow.Customer> customers = Cdnow.customers().stream()
                .collect(java.util.stream.Collectors.toMap(Cdnow.Customer::id, customer -> customer));
        List<Map<String, Double>> expected = Cdnow.table("expected_per_customer.csv");
        assertThat(expected).hasSize(2357);
        for (Map<String, Double> row : expected) {
            Cdnow.Customer customer = java.util.Objects.requireNonNull(customers.get((int) value(row, "id")));
            PurchaseHistory history = customer.until(Cdnow.CALIBRATION_END);
            assertThat((double) history.repeats()).isEqualTo(value(row, "x"));
            assertThat(history.recency()).isCloseTo(value(row, "t_x"), within(0.0051));
            assertThat((double) customer.purchasesAfter(Cdnow.CALIBRATION_END))
                    .isEqualTo(value(row, "actual_holdout_39w"));
            assertThat(BG_NBD.model().probabilityAlive(history)).isCloseTo(value(row, "p_alive_bgnbd"), within(0.0005));
            assertThat(BG_NBD.model().expectedPurchases(history, 39))
                    .isCloseTo(value(row, "ce39_bgnbd"), within(0.005));
            assertThat(PARETO_NBD.model().probabilityAlive(history))
                    .isCloseTo(value(row, "p_alive_pnbd"), within(0.0005));
            assertThat(PARETO_NBD.model().expectedPurchases(history, 39))
                    .isCloseTo(value(row, "ce39_pnbd"), within(0.005));
        }
    }

    @Test
    void foreseesSpendAsThePublishedModelDoes() {
        GammaGamma model = new GammaGamma(6.25, 3.74, 15.44);
        Cdnow.table("expected_per_customer.csv")
                .forEach(row -> assertThat(model.expectedSpend((int) value(row, "x"), value(row, "m")))
                        .isCloseTo(value(row, "gg_expected_value"), within(0.1)));
    }

    @Test
    void foreseesTheHoldoutByNumberOfRepeats() {
        for (Map<String, Double> row : Cdnow.table("expected_conditional_by_x.csv")) {
            List<PurchaseHistory> group = CALIBRATION.stream()
                    .filter(history -> Math.min(history.repeats(), 7) == (int) value(row, "x"))
                    .toList();
            assertThat((double) group.size()).isEqualTo(value(row, "customers"));
            assertThat(mean(BG_NBD.model(), group)).isCloseTo(value(row, "bgnbd"), within(0.001));
            assertThat(mean(PARETO_NBD.model(), group)).isCloseTo(value(row, "paretonbd"), within(0.001));
        }
    }

    private static double mean(LifetimeModel model, List<PurchaseHistory> group) {
        return group.stream()
                .mapToDouble(history -> model.expectedPurchases(history, 39))
                .average()
                .orElseThrow();
    }

    @Test
    void tracksTheRepeatPurchasesOfAllWeekByWeek() {
        List<Double> starts = Cdnow.customers().stream()
                .map(customer -> 1
                        + ChronoUnit.DAYS.between(
                                java.time.LocalDate.of(1997, 1, 1),
                                customer.days().firstKey()))
                .map(day -> day / 7.0)
                .toList();
        for (Map<String, Double> row : Cdnow.table("expected_weekly_cumulative.csv")) {
            double week = value(row, "week");
            assertThat(cumulative(BG_NBD.model(), starts, week))
                    .isCloseTo(value(row, "bgnbd_hardie_t_minus_s7"), within(1.0));
            assertThat(cumulative(PARETO_NBD.model(), starts, week))
                    .isCloseTo(value(row, "paretonbd_hardie_t_minus_s7"), within(1.0));
        }
    }

    private static double cumulative(LifetimeModel model, List<Double> starts, double week) {
        return starts.stream()
                .filter(start -> start < week)
                .mapToDouble(start -> model.expectedRepeats(week - start))
                .sum();
    }

    private static double value(Map<String, Double> row, String column) {
        return java.util.Objects.requireNonNull(row.get(column), column);
    }
}
