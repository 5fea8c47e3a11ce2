/**
 * Deals of customers on their way through the stages of a pipeline, to won or lost. Invariants: a deal is at one stage, and every stay
 * at one is on record with its beginning and end; a closed deal moves only after it was reopened; a stay that lasts longer than the
 * stage expects is told once. Titles are free text and may name somebody: they stay here, the feed tells ids, codes and amounts.
 * Of two events of one deal the one with the higher version holds.
 */
@NullMarked
package io.snowball.customer.deal;

import org.jspecify.annotations.NullMarked;
