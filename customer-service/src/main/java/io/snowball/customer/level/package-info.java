/**
 * Who is on which level of the programme. Invariants: a level is reached with the purchase or the points that make its conditions
 * hold, and lost only by the clock, after it was kept as long as promised; each change is history, and told on the feed
 * (loyalty.changed, LEVEL). Where two people were merged the higher level holds.
 */
@NullMarked
package io.snowball.customer.level;

import org.jspecify.annotations.NullMarked;
