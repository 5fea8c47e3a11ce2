/**
 * What is counted per customer: orders, revenue, average bill, first and last order, returns, favourite hour and category, and how messages are
 * answered. Narrow rows, one per customer, recomputed from the facts, never adjusted by a difference, in the transaction that changed
 * the facts. Cancelled and returned orders do not count. What follows from these by a formula is not stored.
 */
@NullMarked
package io.snowball.segmentation.metric;

import org.jspecify.annotations.NullMarked;
