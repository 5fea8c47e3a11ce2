package io.snowball.customer.product;

import org.jspecify.annotations.Nullable;

/**
 * What is told of a product.
 *
 * @param price in kopecks
 * @param margin in hundredths of a per cent of the price
 */
record ProductDraft(
        String sku,
        String name,
        @Nullable String category,
        @Nullable Long price,
        @Nullable Integer margin,
        @Nullable Integer replenishmentDays,
        @Nullable Integer serviceDays,
        boolean active) {}
