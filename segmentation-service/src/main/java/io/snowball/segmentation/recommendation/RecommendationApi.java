package io.snowball.segmentation.recommendation;

import io.snowball.platform.access.Accessed;
import io.snowball.segmentation.recommendation.RecommendationSettings.Versioned;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of recommendations. */
final class RecommendationApi {
    private RecommendationApi() {}

    @Schema(
            name = "RecommendationReason",
            description =
                    "REPLENISHMENT: bought before, and due again. BOUGHT_TOGETHER: others have it in one order with something the "
                            + "customer bought. NEXT_CATEGORY: much bought in the category that others came to next.")
    enum Reason {
        REPLENISHMENT,
        BOUGHT_TOGETHER,
        NEXT_CATEGORY
    }

    @Schema(name = "Recommendation")
    record Recommendation(
            @Schema(examples = "SHOE-42") @NotNull String sku,

            @NotNull Reason reason,

            @Schema(
                    examples = "0.2143",
                    description =
                            "The share of people in the same place who bought it, from 0 to 1. REPLENISHMENT: of its buyers, those who "
                                    + "bought it again (0.5 where only the catalogue knows it). BOUGHT_TOGETHER: confidence. NEXT_CATEGORY: of "
                                    + "customers of the category, those who came to the next, times the product's share of customers there.")
            @NotNull
            BigDecimal score,

            @Schema(examples = "SOCK-1", description = "With BOUGHT_TOGETHER: the product that it goes with") @Nullable
            String becauseOfSku,

            @Schema(examples = "SHOES", description = "With NEXT_CATEGORY: where the customer came to last") @Nullable
            String becauseOfCategory,

            @Schema(description = "With REPLENISHMENT: when it is used up") @Nullable
            Instant dueAt) {}

    @Schema(name = "CustomerRecommendations")
    record CustomerRecommendations(
            @NotNull UUID customerId,

            @Schema(description = "The best first; empty where there is nothing to offer") @NotNull
            List<Recommendation> products) {}

    @Schema(name = "RecommendationBatchRequest")
    record RecommendToMany(
            @NotEmpty @Size(max = 1000) List<@NotNull UUID> customerIds,

            @Schema(examples = "5", description = "Products for each; absent: 5") @Nullable @Min(1) @Max(20)
            Integer products) {}

    @Schema(name = "RecommendationBatch")
    record RecommendationBatch(
            @Schema(description = "In the order asked, each customer once") @NotNull
            List<CustomerRecommendations> items)
            implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return items.stream().map(CustomerRecommendations::customerId).toList();
        }
    }

    @Schema(name = "SegmentRecommendations")
    record SegmentRecommendations(
            @Schema(description = "In id order of the customers") @NotNull
            List<CustomerRecommendations> items,

            @Schema(description = "Pass it as after; absent on the last page") @Nullable
            UUID nextAfter)
            implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return items.stream().map(CustomerRecommendations::customerId).toList();
        }
    }

    @Schema(name = "RelatedProduct")
    record RelatedProduct(
            @Schema(examples = "SOCK-1") @NotNull String sku,

            @Schema(examples = "31", description = "That have both") @NotNull
            int orders,

            @Schema(examples = "0.31", description = "Of the orders with the product, the share that has this one too")
            @NotNull
            BigDecimal confidence,

            @Schema(examples = "2.4", description = "How many times more often than by chance") @NotNull
            BigDecimal lift) {}

    @Schema(name = "ProductRhythm")
    record ProductRhythm(
            @Schema(examples = "30", description = "As the catalogue has it; stronger than what was measured") @Nullable
            Integer declaredDays,

            @Schema(
                    examples = "27.5",
                    description = "Median between two purchases of a customer; absent where few repeat")
            @Nullable
            BigDecimal measuredDays,

            @Schema(examples = "412") @NotNull int buyers,

            @Schema(examples = "98", description = "Of them, who bought it again") @NotNull
            int repeatBuyers) {}

    @Schema(name = "NextCategory")
    record NextCategory(
            @Schema(examples = "SHOES", description = "A category of the product") @NotNull
            String category,

            @Schema(examples = "BAGS") @NotNull String nextCategory,

            @Schema(examples = "210", description = "Customers for whom it was the next new category") @NotNull
            int customers,

            @Schema(examples = "0.18", description = "Of those who came to category") @NotNull
            BigDecimal share) {}

    @Schema(name = "ProductRelations")
    record ProductRelations(
            @Schema(examples = "SHOE-42") @NotNull String sku,

            @Schema(description = "Absent before the first computation") @Nullable
            Instant computedAt,

            @Schema(description = "The most frequent first") @NotNull
            List<RelatedProduct> boughtTogether,

            @Schema(description = "Absent where nobody knows the product") @Nullable
            ProductRhythm rhythm,

            @Schema(description = "The most frequent first") @NotNull
            List<NextCategory> nextCategories) {}

    @Schema(name = "RecommendationSettings")
    record SettingsBody(
            @Schema(
                    examples = "90",
                    description = "What was bought within so many days is not offered, unless it is due again")
            @NotNull
            @Min(0)
            @Max(3650)
            Integer quietDays,

            @Schema(examples = "7", description = "Offer so many days before a product is used up")
            @NotNull
            @Min(0)
            @Max(365)
            Integer leadDays,

            @Schema(examples = "365", description = "Orders of so many days are looked at") @NotNull @Min(1) @Max(3650)
            Integer windowDays,

            @Schema(
                    examples = "5",
                    description =
                            "So many orders with both products, customers on the same way, or buyers are needed for a relation")
            @NotNull
            @Min(1)
            @Max(1_000_000)
            Integer supportMin,

            @Schema(examples = "[\"GIFT-CARDS\"]", description = "Never offered") @NotNull @Size(max = 200)
            List<@NotNull @Size(min = 1, max = 200) String> excludedCategories,

            @Schema(examples = "[\"BAG-PAPER\"]", description = "Never offered") @NotNull @Size(max = 1000)
            List<@NotNull @Size(min = 1, max = 200) String> excludedSkus) {
        RecommendationSettings toSettings() {
            return new RecommendationSettings(
                    quietDays, leadDays, windowDays, supportMin, excludedCategories, excludedSkus);
        }

        static SettingsBody of(Versioned current) {
            RecommendationSettings settings = current.settings();
            return new SettingsBody(
                    settings.quietDays(),
                    settings.leadDays(),
                    settings.windowDays(),
                    settings.supportMin(),
                    settings.excludedCategories(),
                    settings.excludedSkus());
        }
    }
}
