package io.snowball.segmentation.prediction;

import io.snowball.segmentation.prediction.PredictionApi.HoldoutErrors;
import io.snowball.segmentation.prediction.PredictionApi.HoldoutFigures;
import io.snowball.segmentation.prediction.PredictionApi.HoldoutReport;
import io.snowball.segmentation.prediction.PredictionApi.HoldoutRow;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What models that knew only the calibration period foresaw for the time after, beside what came. */
final class Holdout {
    /** The last row of the report: this many repeats or more. */
    private static final int REPEATS_MAX = 7;

    private Holdout() {}

    private record Case(int repeats, HoldoutFigures figures) {
        double error(ToDoubleFunction<HoldoutFigures> foreseen) {
            double error = foreseen.applyAsDouble(figures) - figures.actual();
            return error * error;
        }
    }

    static HoldoutReport report(
            List<Observed> buyers, LifetimeModel bgNbd, LifetimeModel paretoNbd, LocalDate until, int weeks) {
        List<Case> cases = buyers.stream()
                .map(buyer -> {
                    PurchaseHistory history = buyer.calibration(until);
                    return new Case(
                            history.repeats(),
                            new HoldoutFigures(
                                    buyer.heldOut(),
                                    bgNbd.expectedPurchases(history, weeks),
                                    paretoNbd.expectedPurchases(history, weeks),
                                    history.age() == 0 ? 0 : history.repeats() / history.age() * weeks));
                })
                .toList();
        SortedMap<Integer, List<Case>> byRepeats = cases.stream()
                .collect(Collectors.groupingBy(
                        one -> Math.min(one.repeats, REPEATS_MAX), TreeMap::new, Collectors.toList()));
        List<HoldoutRow> rows = byRepeats.entrySet().stream()
                .map(entry -> new HoldoutRow(
                        entry.getKey(),
                        entry.getValue().size(),
                        sum(entry.getValue(), 1.0 / entry.getValue().size())))
                .toList();
        HoldoutErrors errors = new HoldoutErrors(
                error(cases, HoldoutFigures::bgNbd),
                error(cases, HoldoutFigures::paretoNbd),
                error(cases, HoldoutFigures::naive));
        return new HoldoutReport(until, weeks, cases.size(), rows, sum(cases, 1), errors);
    }

    private static HoldoutFigures sum(Collection<Case> cases, double factor) {
        return new HoldoutFigures(
                factor * sum(cases, HoldoutFigures::actual),
                factor * sum(cases, HoldoutFigures::bgNbd),
                factor * sum(cases, HoldoutFigures::paretoNbd),
                factor * sum(cases, HoldoutFigures::naive));
    }

    private static double sum(Collection<Case> cases, ToDoubleFunction<HoldoutFigures> figure) {
        return cases.stream()
                .mapToDouble(one -> figure.applyAsDouble(one.figures))
                .sum();
    }

    private static double error(List<Case> cases, ToDoubleFunction<HoldoutFigures> figure) {
        return Math.sqrt(
                cases.stream().mapToDouble(one -> one.error(figure)).average().orElse(0));
    }
}
