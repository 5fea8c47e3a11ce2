/**
 * For what points are given. Rules are not asked by those who write orders and events: a worker reads
 * this service's own outbox and keeps its place in the transaction that gives the points, so that nothing is given twice or lost,
 * whenever it is killed. Invariants: what a rule gives for one thing is known by (rule, thing), and looking at a thing again gives
 * or takes back the difference only; a rule never changes, it ends.
 */
@NullMarked
package io.snowball.customer.loyalty;

import org.jspecify.annotations.NullMarked;
