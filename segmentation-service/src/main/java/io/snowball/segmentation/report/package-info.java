/**
 * Reports on the orders that count, for any period: the lectures' metrics with comparison, cohorts, the step from the first to the second
 * purchase, the Pareto share. Each number comes with its formula and the population it was counted on; every table also as CSV.
 * Read from the facts when asked for; stores nothing. Days are UTC. What other reports share is public: the period, shares with
 * their interval, tables.
 */
@NullMarked
package io.snowball.segmentation.report;

import org.jspecify.annotations.NullMarked;
