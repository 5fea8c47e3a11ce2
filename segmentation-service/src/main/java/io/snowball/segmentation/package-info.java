/**
 * What the facts about customers mean: metrics, RFM, segments. {@code fact} takes in the customer feed and has the others
 * follow: {@code metric} counts, {@code rfm} grades, {@code rule} is the language of segments and its compiler, {@code segment} keeps
 * who is in which. No personal data comes into this service.
 */
@NullMarked
package io.snowball.segmentation;

import org.jspecify.annotations.NullMarked;
