package io.snowball.segmentation.prediction;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.snowball.platform.money.Money;
import io.snowball.platform.page.Keyset;
import io.snowball.segmentation.cluster.ClusterKind;
import io.snowball.segmentation.cluster.ClusterLevel;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of models and predictions. */
final class PredictionApi {
    private PredictionApi() {}

    @Schema(name = "WantedPredictionModel", description = "AUTO takes the one that errs less on the holdout")
    enum Wanted {
        AUTO,
        BG_NBD,
        PARETO_NBD
    }

    @Schema(name = "PredictionModelKind")
    enum Kind {
        BG_NBD,
        PARETO_NBD
    }

    @Schema(name = "PredictionModelState")
    enum State {
        QUEUED,
        FITTING,
        SCORING,
        READY,
        REFUSED,
        FAILED
    }

    @Schema(name = "CreatePredictionModel")
    record CreatePredictionModel(
            @Schema(description = "The last day (UTC) whose orders are known to the model; absent: yesterday") @Nullable
            LocalDate asOf,

            @Schema(description = "Absent: AUTO") @Nullable Wanted model,

            @Schema(examples = "52", description = "How far the forecast reaches; absent: 52")
            @Nullable
            @Min(4)
            @Max(260)
            Integer horizonWeeks,

            @Schema(examples = "0.15", description = "By which a rouble in a year is worth less; absent: 0.15")
            @Nullable
            @DecimalMin("0")
            @DecimalMax("10")
            Double annualDiscountRate,

            @Schema(
                    examples = "0.4",
                    description = "Part of revenue that is margin; absent: 1, the forecast is revenue")
            @Nullable
            @DecimalMin("0")
            @DecimalMax("1")
            Double marginShare) {}

    @Schema(name = "PredictionModel")
    record PredictionModelView(
            @NotNull UUID id,
            @NotNull State state,
            @NotNull Wanted model,
            @NotNull LocalDate asOf,

            @Schema(examples = "52") @NotNull int horizonWeeks,

            @Schema(examples = "0.15") @NotNull double annualDiscountRate,

            @Schema(examples = "1") @NotNull double marginShare,

            @Schema(examples = "5000", description = "Progress while SCORING") @NotNull
            long customersScored,

            @Schema(examples = "2357") @NotNull long customersTotal,

            @NotNull Instant createdAt,
            @Nullable Instant finishedAt,

            @Schema(description = "From SCORING on, and with REFUSED") @Nullable
            PredictionReport report,

            @Schema(
                    description =
                            "What it said of the whole base (M11, M12) once it was READY, kept: models of two asOf days compare two periods. "
                                    + "Absent before, and of models from before it was kept")
            @Nullable
            BaseValueView baseValue) {}

    @Schema(name = "PredictionModelPage")
    record PredictionModelPage(
            @NotNull List<PredictionModelView> items,
            @Nullable String nextCursor) {
        static PredictionModelPage of(Keyset<PredictionModelView> page) {
            return new PredictionModelPage(page.items(), page.nextCursor());
        }
    }

    @RegisterForReflection
    @Schema(name = "PredictionReport")
    record PredictionReport(
            @NotNull PredictionPopulation population,

            @Schema(description = "The model that scores; absent where none does") @Nullable
            Kind chosen,

            @NotNull List<LifetimeFit> fits,

            @Schema(description = "Absent where the data do not carry it; warnings say why") @Nullable
            SpendFit spend,

            @Nullable HoldoutReport holdout,

            @Schema(description = "Why no model was fitted, in sentences; empty otherwise") @NotNull
            List<String> refusals,

            @Schema(description = "What to bear in mind, in sentences") @NotNull
            List<String> warnings) {}

    @RegisterForReflection
    @Schema(name = "PredictionPopulation", description = "Customers with an order that counts, up to asOf")
    record PredictionPopulation(
            @Nullable LocalDate firstOrderOn,

            @Schema(examples = "2357") @NotNull long buyers,

            @Schema(
                    examples = "2357",
                    description = "Buyers that the models were fitted to: all, or a sample by a hash of the id")
            @NotNull
            int fittedTo,

            @Schema(examples = "946", description = "Of those, who bought on more than one day") @NotNull
            int repeatBuyers) {}

    @RegisterForReflection
    @Schema(name = "LifetimeFit")
    record LifetimeFit(
            @NotNull Kind model,

            @Schema(description = "By their names in the literature; time in weeks") @NotNull
            Map<String, Double> parameters,

            @Schema(examples = "-9582.4", description = "At its maximum, of the histories fitted to") @NotNull
            double logLikelihood) {}

    @RegisterForReflection
    @Schema(name = "SpendFit", description = "Gamma-Gamma, fitted to the mean of each repeat buyer's repeat purchases")
    record SpendFit(
            @NotNull Map<String, Double> parameters,

            @NotNull double logLikelihood,

            @Schema(examples = "946") @NotNull int customers,

            @Schema(
                    examples = "0.11",
                    description = "Of the number of repeats and their mean, which the model takes for independent")
            @NotNull
            double correlation) {}

    @RegisterForReflection
    @Schema(
            name = "HoldoutReport",
            description =
                    "Models fitted to the orders up to calibratedUntil, compared with what happened after: purchases by "
                            + "number of repeats before. naive: everybody goes on at their pace so far. Errors are root mean squares per customer.")
    record HoldoutReport(
            @NotNull LocalDate calibratedUntil,

            @Schema(examples = "39") @NotNull int holdoutWeeks,

            @Schema(examples = "2357") @NotNull int customers,

            @NotNull List<HoldoutRow> rows,
            @NotNull HoldoutFigures total,
            @NotNull HoldoutErrors errors) {}

    @RegisterForReflection
    @Schema(name = "HoldoutRow", description = "Means per customer")
    record HoldoutRow(
            @Schema(examples = "7", description = "The last row has this many or more") @NotNull
            int repeats,

            @Schema(examples = "64") @NotNull int customers,

            @NotNull HoldoutFigures purchases) {}

    @RegisterForReflection
    @Schema(name = "HoldoutFigures")
    record HoldoutFigures(
            @NotNull double actual,
            @NotNull double bgNbd,
            @NotNull double paretoNbd,
            @NotNull double naive) {}

    @RegisterForReflection
    @Schema(name = "HoldoutErrors")
    record HoldoutErrors(
            @NotNull double bgNbd,
            @NotNull double paretoNbd,
            @NotNull double naive) {}

    @Schema(
            name = "Prediction",
            description =
                    "Three values that are never added up (X10): realised is what the customer brought, forecast what the model "
                            + "expects within the horizon, potential what a year could bring.")
    record PredictionView(
            @NotNull UUID customerId,
            @NotNull UUID modelId,
            @NotNull LocalDate asOf,

            @Schema(examples = "52") @NotNull int horizonWeeks,

            @Schema(examples = "2", description = "Days with orders after the first such day") @NotNull
            int repeats,

            @Schema(examples = "30.4", description = "Weeks from the first purchase to the last") @NotNull
            double recencyWeeks,

            @Schema(examples = "38.9", description = "Weeks from the first purchase to asOf") @NotNull
            double ageWeeks,

            @Schema(examples = "0.7266") @NotNull double probabilityAlive,

            @Schema(examples = "0.2734", description = "1 - probabilityAlive: that the customer has left for good")
            @NotNull
            double churnProbability,

            @Schema(examples = "1.2259", description = "Days with orders within the horizon") @NotNull
            double expectedPurchases,

            @Schema(description = "Mean of a coming purchase; absent where no model of spend could be fitted") @Nullable
            Money expectedSpend,

            @NotNull Money realised,

            @Schema(
                    description =
                            "Purchases expected in each four weeks x expectedSpend x marginShare, discounted from the end of "
                                    + "those weeks")
            @Nullable
            Money forecast,

            @Schema(
                    description =
                            "CPV (M11): the ninth decile of the last 52 weeks' revenue among buyers of those weeks with the same "
                                    + "source and sex (all buyers where such are fewer than 100), never less than the customer's own")
            @NotNull
            Money potential,

            @Schema(
                    examples = "2026-08-14",
                    description =
                            "Half of such customers, as long as they stay, have ordered again by then: the median, counted from asOf. "
                                    + "Absent where it is more than three years away.")
            @Nullable
            LocalDate expectedNextOrderOn,

            @Schema(description = "Absent where there were too few buyers to group") @Nullable
            PredictedCluster cluster) {}

    @Schema(
            name = "PredictedCluster",
            description = "What the customer's cluster is like (G6): a cluster rule finds all who are in such a one")
    record PredictedCluster(
            @NotNull ClusterLevel recency,
            @NotNull ClusterLevel frequency,
            @NotNull ClusterLevel bill,

            @Schema(examples = "покупали недавно, часто, средний чек высокий") @NotNull
            String descriptionRu,

            @Schema(examples = "bought lately, often, with a high average bill") @NotNull
            String descriptionEn) {
        static PredictedCluster of(ClusterKind kind) {
            return new PredictedCluster(
                    kind.recency(), kind.frequency(), kind.bill(), kind.descriptionRu(), kind.descriptionEn());
        }
    }

    @RegisterForReflection
    @Schema(
            name = "BaseValue",
            description = "Sums over all scored buyers; integralPotential is M12. Not to be added up (X10).")
    record BaseValueView(
            @Schema(examples = "2357") @NotNull long customers,

            @NotNull double expectedPurchases,

            @Schema(description = "Sum of probabilityAlive") @NotNull
            double customersAlive,

            @NotNull Money realised,
            @Nullable Money forecast,
            @NotNull Money integralPotential) {}
}
