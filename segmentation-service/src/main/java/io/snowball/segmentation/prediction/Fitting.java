package io.snowball.segmentation.prediction;

import io.snowball.segmentation.prediction.MaximumLikelihood.Fit;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The three models, fitted. Seconds of computing for tens of thousands of customers: never on an event loop. */
final class Fitting {
    private Fitting() {}

    /** The mean of a repeat buyer's repeat purchases, in the currency's main unit. */
    record Spend(int repeats, double mean) {}

    static Fit<BgNbd> bgNbd(Collection<PurchaseHistory> histories) {
        return fit(histories, p -> new BgNbd(p[0], p[1], p[2], p[3]));
    }

    static Fit<ParetoNbd> paretoNbd(Collection<PurchaseHistory> histories) {
        return fit(histories, p -> new ParetoNbd(p[0], p[1], p[2], p[3]));
    }

    static Fit<GammaGamma> gammaGamma(Collection<Spend> spends) {
        return MaximumLikelihood.fit(
                3,
                p -> new GammaGamma(p[0], p[1], p[2]),
                model -> spends.stream()
                        .mapToDouble(spend -> model.logLikelihood(spend.repeats(), spend.mean()))
                        .sum());
    }

    /** Many customers share a history, above all those who bought once on the same day. */
    private static <M extends LifetimeModel> Fit<M> fit(
            Collection<PurchaseHistory> histories, Function<double[], M> model) {
        Map<PurchaseHistory, Long> counted =
                histories.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return MaximumLikelihood.fit(
                4,
                model,
                candidate -> counted.entrySet().stream()
                        .mapToDouble(entry -> entry.getValue() * candidate.logLikelihood(entry.getKey()))
                        .sum());
    }
}
