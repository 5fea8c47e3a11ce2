/**
 * Erosion of the base (M14): how much less likely customers answer after one more message, and what that costs. Told by an
 * experiment, not by those who happened to get fewer: a share of customers, drawn by a hash for each cycle, rests in it.
 * Owns the rest group and the sums of the experiment; sends nothing. Too little data is said, never guessed.
 */
@NullMarked
package io.snowball.segmentation.erosion;

import org.jspecify.annotations.NullMarked;
