/**
 * What growth is worth: the lectures' twelve-month model and doubling model to the rouble, scenarios side by side, a loyalty programme's
 * cost and effect, the inputs of all of them measured on the live base, and offers that differ instead of discounts to all (G3). Pure arithmetic in decimal numbers; nothing is rounded
 * before it is shown, buyers least of all (X1). Stores nothing.
 */
@NullMarked
package io.snowball.segmentation.economics;

import org.jspecify.annotations.NullMarked;
