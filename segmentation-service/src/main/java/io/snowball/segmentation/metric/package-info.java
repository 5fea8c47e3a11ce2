/**
 * What is counted per customer: orders, revenue, average bill, first and last order. One narrow row per known customer, recomputed
 * from the facts, never adjusted by a difference, in the transaction that changed the facts. Cancelled and returned orders do not
 * count.
 */
@NullMarked
package io.snowball.segmentation.metric;

import org.jspecify.annotations.NullMarked;
