package io.snowball.segmentation.recommendation;

import java.util.List;

/**
 * @param quietDays what was bought within so many days is not offered again, unless it is due
 * @param leadDays a product is due so many days before its interval has passed
 * @param windowDays orders of so many days are looked at
 * @param supportMin so many orders, or customers, make a relation
 */
record RecommendationSettings(
        int quietDays,
        int leadDays,
        int windowDays,
        int supportMin,
        List<String> excludedCategories,
        List<String> excludedSkus) {
    record Versioned(RecommendationSettings settings, int version) {}
}
