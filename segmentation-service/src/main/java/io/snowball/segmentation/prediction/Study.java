package io.snowball.segmentation.prediction;

import io.snowball.segmentation.prediction.MaximumLikelihood.Fit;
import io.snowball.segmentation.prediction.PredictionApi.HoldoutReport;
import io.snowball.segmentation.prediction.PredictionApi.Kind;
import io.snowball.segmentation.prediction.PredictionApi.LifetimeFit;
import io.snowball.segmentation.prediction.PredictionApi.PredictionPopulation;
import io.snowball.segmentation.prediction.PredictionApi.PredictionReport;
import io.snowball.segmentation.prediction.PredictionApi.SpendFit;
import io.snowball.segmentation.prediction.PredictionApi.Wanted;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * From buyers to models: judges whether the data suffice, fits on the calibration period, compares with the holdout, fits again on
 * everything, chooses. The limits of what suffices are ours: below them parameters jump from month to month.
 */
final class Study {
    static final int BUYERS_MIN = 200;
    static final int REPEAT_BUYERS_MIN = 100;
    static final int WEEKS_MIN = 26;

    private final PredictionModel.Spec spec;
    private final LocalDate calibratedUntil;
    private final List<Observed> buyers;
    private final List<String> warnings = new ArrayList<>();

    Study(PredictionModel.Spec spec, LocalDate calibratedUntil, List<Observed> buyers) {
        this.spec = spec;
        this.calibratedUntil = calibratedUntil;
        this.buyers = buyers;
    }

    /** @param model null where the study refuses */
    record Result(@Nullable LifetimeModel model, @Nullable GammaGamma spending, PredictionReport report) {}

    /** Half of what is known, and no more than what is to be foreseen. */
    static LocalDate calibratedUntil(PredictionModel.Spec spec, LocalDate firstOrderOn) {
        int known = (int) Observed.weeks(firstOrderOn, spec.asOf());
        return spec.asOf().minusWeeks(Math.min(spec.horizonWeeks(), known / 2));
    }

    /** @param allBuyers of whom {@code buyers} may be a sample */
    Result run(@Nullable LocalDate firstOrderOn, long allBuyers) {
        int repeatBuyers =
                (int) buyers.stream().filter(buyer -> buyer.repeats() > 0).count();
        PredictionPopulation population =
                new PredictionPopulation(firstOrderOn, allBuyers, buyers.size(), repeatBuyers);
        List<String> refusals = refusals(firstOrderOn, repeatBuyers);
        if (!refusals.isEmpty()) {
            return refused(population, refusals);
        }
        List<PurchaseHistory> histories =
                buyers.stream().map(buyer -> buyer.history(spec.asOf())).toList();
        Fit<BgNbd> bgNbd = Fitting.bgNbd(histories);
        Fit<ParetoNbd> paretoNbd = Fitting.paretoNbd(histories);
        HoldoutReport holdout = holdout();
        Kind chosen = choose(holdout, bgNbd, paretoNbd);
        if (!(chosen == Kind.BG_NBD ? bgNbd : paretoNbd).identified()) {
            return refused(
                    population,
                    List.of(
                            "The likelihood has no maximum inside the parameters' range: the orders do not tell how long "
                                    + "customers stay. Wait for more repeat purchases."));
        }
        Fit<GammaGamma> spending = spending();
        List<LifetimeFit> fits = List.of(fit(Kind.BG_NBD, bgNbd), fit(Kind.PARETO_NBD, paretoNbd));
        LifetimeModel model = chosen == Kind.BG_NBD ? bgNbd.model() : paretoNbd.model();
        return new Result(
                model,
                spending == null ? null : spending.model(),
                new PredictionReport(
                        population, chosen, fits, view(spending), holdout, List.of(), List.copyOf(warnings)));
    }

    private static Result refused(PredictionPopulation population, List<String> refusals) {
        return new Result(
                null, null, new PredictionReport(population, null, List.of(), null, null, refusals, List.of()));
    }

    private List<String> refusals(@Nullable LocalDate firstOrderOn, int repeatBuyers) {
        List<String> refusals = new ArrayList<>();
        if (buyers.size() < BUYERS_MIN) {
            refusals.add("There are %d buyers; at least %d are needed.".formatted(buyers.size(), BUYERS_MIN));
        }
        if (repeatBuyers < REPEAT_BUYERS_MIN) {
            refusals.add("%d of them bought on more than one day; at least %d are needed."
                    .formatted(repeatBuyers, REPEAT_BUYERS_MIN));
        }
        if (firstOrderOn != null && Observed.weeks(firstOrderOn, spec.asOf()) < WEEKS_MIN) {
            refusals.add("The orders cover less than %d weeks.".formatted(WEEKS_MIN));
        }
        return refusals;
    }

    private HoldoutReport holdout() {
        List<Observed> known = buyers.stream().filter(Observed::isInCalibration).toList();
        List<PurchaseHistory> histories =
                known.stream().map(buyer -> buyer.calibration(calibratedUntil)).toList();
        int weeks = (int) Observed.weeks(calibratedUntil, spec.asOf());
        HoldoutReport report = Holdout.report(
                known,
                Fitting.bgNbd(histories).model(),
                Fitting.paretoNbd(histories).model(),
                calibratedUntil,
                weeks);
        if (Math.min(report.errors().bgNbd(), report.errors().paretoNbd())
                >= report.errors().naive()) {
            warnings.add(
                    "On the holdout no model foresaw the number of purchases better than taking everybody's past pace.");
        }
        return report;
    }

    private Kind choose(HoldoutReport holdout, Fit<BgNbd> bgNbd, Fit<ParetoNbd> paretoNbd) {
        if (spec.wanted() != Wanted.AUTO) {
            return Kind.valueOf(spec.wanted().name());
        }
        if (bgNbd.identified() != paretoNbd.identified()) {
            return bgNbd.identified() ? Kind.BG_NBD : Kind.PARETO_NBD;
        }
        return holdout.errors().bgNbd() < holdout.errors().paretoNbd() ? Kind.BG_NBD : Kind.PARETO_NBD;
    }

    private @Nullable Fit<GammaGamma> spending() {
        List<Fitting.Spend> spends = spends();
        if (spends.size() < REPEAT_BUYERS_MIN) {
            warnings.add("Too few repeat buyers paid anything: expected spend and forecast are left out.");
            return null;
        }
        Fit<GammaGamma> fit = Fitting.gammaGamma(spends);
        if (!fit.identified() || !fit.model().hasMean()) {
            warnings.add("The model of spend has no mean on these data: expected spend and forecast are left out.");
            return null;
        }
        return fit;
    }

    private List<Fitting.Spend> spends() {
        return buyers.stream()
                .filter(buyer -> buyer.meanRepeat() != null && buyer.meanRepeat() > 0)
                .map(buyer -> new Fitting.Spend(buyer.repeats(), Objects.requireNonNull(buyer.meanRepeat()) / 100))
                .toList();
    }

    private @Nullable SpendFit view(@Nullable Fit<GammaGamma> fit) {
        if (fit == null) {
            return null;
        }
        List<Fitting.Spend> spends = spends();
        double correlation = correlation(spends);
        if (Math.abs(correlation) > 0.3) {
            warnings.add(
                    "How much customers spend goes with how often they buy; the model of spend assumes that it does not.");
        }
        return new SpendFit(fit.model().parameters(), fit.logLikelihood(), spends.size(), correlation);
    }

    /** Pearson's. */
    private static double correlation(List<Fitting.Spend> spends) {
        double meanX =
                spends.stream().mapToDouble(Fitting.Spend::repeats).average().orElse(0);
        double meanY =
                spends.stream().mapToDouble(Fitting.Spend::mean).average().orElse(0);
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (Fitting.Spend spend : spends) {
            double x = spend.repeats() - meanX;
            double y = spend.mean() - meanY;
            xy += x * y;
            xx += x * x;
            yy += y * y;
        }
        return xx == 0 || yy == 0 ? 0 : xy / Math.sqrt(xx * yy);
    }

    private static LifetimeFit fit(Kind kind, Fit<? extends LifetimeModel> fit) {
        return new LifetimeFit(kind, fit.model().parameters(), fit.logLikelihood());
    }
}
