/**
 * Where growth comes from and where it is to come from: the four levers whose effects add up to the change of revenue (G11), Ansoff's
 * matrix (G9), and a year's goals with how far they are reached (G12). Goals are stored, everything else is counted when asked for.
 */
@NullMarked
package io.snowball.segmentation.growth;

import org.jspecify.annotations.NullMarked;
