package io.snowball.segmentation.prediction;

/**
 * All that the models of repeat buying need to know of a customer.
 *
 * @param repeats purchases after the first, x in the literature
 * @param recency weeks from the first purchase to the last, t_x; 0 where there is only one
 * @param age weeks from the first purchase to the day of the analysis, T
 */
record PurchaseHistory(int repeats, double recency, double age) {
    PurchaseHistory {
        if (repeats < 0 || recency < 0 || age < recency || (repeats == 0 && recency > 0)) {
            throw new IllegalArgumentException("Not a history: " + repeats + ", " + recency + ", " + age);
        }
    }
}
