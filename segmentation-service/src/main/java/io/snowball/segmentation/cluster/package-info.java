/**
 * Groups that nobody drew: k-means over recency, frequency and average bill, each group described in words. Computed when asked for, from the
 * metric table, always the same for the same base; stores nothing. Too few buyers are refused, not grouped.
 */
@NullMarked
package io.snowball.segmentation.cluster;

import org.jspecify.annotations.NullMarked;
