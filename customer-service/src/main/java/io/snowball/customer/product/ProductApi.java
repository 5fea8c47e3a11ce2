package io.snowball.customer.product;

import io.snowball.customer.CleanText;
import io.snowball.customer.order.OrderLine;
import io.snowball.platform.money.Money;
import io.snowball.platform.page.Keyset;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The catalogue on the wire. */
final class ProductApi {
    private ProductApi() {}

    static final int MAX_DAYS = 3650;

    @Schema(name = "ProductBatch")
    record ProductBatch(@NotEmpty @Size(max = 1000) List<@NotNull @Valid ProductData> items) {}

    @Schema(name = "ProductData", description = "A product as it is now: what is left out is not known")
    record ProductData(
            @Schema(examples = "SKU-1", maxLength = 100) @NotNull
            String sku,

            @Schema(examples = "Фильтр для воды", maxLength = 200) @NotNull
            String name,

            @Schema(examples = "filters", description = "The code of a category that exists") @Nullable
            String category,

            @Schema(examples = "799.95") @Nullable Money price,

            @Schema(examples = "32.5", description = "What is earned on it, in per cent of the price")
            @Nullable
            @DecimalMin("-100")
            @DecimalMax("100")
            @Digits(integer = 3, fraction = 2)
            BigDecimal marginPercent,

            @Schema(examples = "90", description = "After how many days it is needed again")
            @Nullable
            @Min(1)
            @Max(MAX_DAYS)
            Integer replenishmentDays,

            @Schema(examples = "365", description = "After how many days it wants service")
            @Nullable
            @Min(1)
            @Max(MAX_DAYS)
            Integer serviceDays,

            @Schema(description = "Still sold; true, if left out") @Nullable
            Boolean active) {
        /** @throws IllegalArgumentException with a sentence for the user */
        ProductDraft toDraft() {
            return new ProductDraft(
                    OrderLine.sku(sku),
                    CleanText.required(name, 200),
                    CleanText.optional(category, 50),
                    price == null ? null : price(price),
                    marginPercent == null
                            ? null
                            : marginPercent.movePointRight(2).intValueExact(),
                    replenishmentDays,
                    serviceDays,
                    active == null || active);
        }

        private static long price(Money price) {
            if (price.kopecks() < 0) {
                throw new IllegalArgumentException("price must not be negative");
            }
            return price.kopecks();
        }
    }

    enum ProductOutcomeStatus {
        ACCEPTED,
        UPDATED,
        DUPLICATE,
        REJECTED
    }

    @Schema(name = "ProductBatchResult")
    record ProductBatchResult(
            @Schema(description = "In the order of the items sent") @NotNull
            List<ProductOutcome> items) {}

    @Schema(name = "ProductOutcome")
    record ProductOutcome(
            @Schema(examples = "CD-4711") @NotNull String sku,

            @Schema(description = "DUPLICATE: stored exactly so before, nothing was done") @NotNull
            ProductOutcomeStatus outcome,

            @Nullable String reason) {}

    @Schema(name = "ProductView")
    record ProductView(
            @NotNull UUID id,
            @NotNull String sku,
            @NotNull String name,
            @Nullable String category,
            @Nullable Money price,
            @Nullable BigDecimal marginPercent,
            @Nullable Integer replenishmentDays,
            @Nullable Integer serviceDays,
            @NotNull boolean active,
            @NotNull int version) {
        static ProductView of(StoredProduct stored) {
            ProductDraft product = stored.product();
            return new ProductView(
                    stored.id(),
                    product.sku(),
                    product.name(),
                    product.category(),
                    product.price() == null ? null : new Money(product.price()),
                    product.margin() == null ? null : BigDecimal.valueOf(product.margin(), 2),
                    product.replenishmentDays(),
                    product.serviceDays(),
                    product.active(),
                    stored.version());
        }
    }

    @Schema(name = "ProductPage")
    record ProductPage(
            @NotNull List<ProductView> items, @Nullable String nextCursor) {
        static ProductPage of(Keyset<StoredProduct> page) {
            return new ProductPage(page.map(ProductView::of).items(), page.nextCursor());
        }
    }

    @Schema(name = "ProductCategoryData")
    record ProductCategoryData(
            @Schema(examples = "Фильтры", maxLength = 200) @NotNull
            String name,

            @Schema(examples = "kitchen", description = "The category above; a root, if left out") @Nullable
            String parent) {}

    @Schema(name = "ProductCategoryView")
    record ProductCategoryView(
            @Schema(examples = "filters") @NotNull String code,

            @NotNull String name,
            @Nullable String parent) {}

    @Schema(name = "ProductCategoryList")
    record ProductCategoryList(@NotNull List<ProductCategoryView> items) {}
}
