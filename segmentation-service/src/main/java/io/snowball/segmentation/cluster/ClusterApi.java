package io.snowball.segmentation.cluster;

import io.snowball.platform.money.Money;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The wire types of the groups. */
final class ClusterApi {
    private ClusterApi() {}

    @Schema(name = "ClusterReport")
    record ClusterReport(
            @NotNull Instant asOf,

            @Schema(examples = "4338", description = "Customers with an order") @NotNull
            long buyers,

            @Schema(examples = "4338", description = "Buyers that were grouped: all, or a sample by a hash of the id")
            @NotNull
            int grouped,

            @Schema(
                    examples = "0.71",
                    description =
                            "Part of the buyers' differences that lies between the groups, 0 to 1: 1 - scatter within / scatter of all")
            @NotNull
            BigDecimal explainedShare,

            @Schema(description = "By revenue, the largest first") @NotNull
            List<ClusterView> clusters) {}

    @Schema(name = "Cluster")
    record ClusterView(
            @Schema(examples = "покупали недавно, часто, средний чек высокий") @NotNull
            String descriptionRu,

            @Schema(examples = "bought lately, often, with a high average bill") @NotNull
            String descriptionEn,

            @Schema(examples = "620") @NotNull int customers,

            @Schema(examples = "14.29") @NotNull BigDecimal customersPercent,

            @NotNull Money revenue,

            @Schema(examples = "61.05") @NotNull BigDecimal revenuePercent,

            @Schema(examples = "12", description = "Median") @NotNull
            long daysSinceLastOrder,

            @Schema(examples = "9", description = "Median") @NotNull
            int orders,

            @Schema(description = "Median") @NotNull Money averageBill,

            @NotNull ClusterLevel recency,
            @NotNull ClusterLevel frequency,
            @NotNull ClusterLevel bill) {}
}
