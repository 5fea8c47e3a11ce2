/**
 * The language in which people say who belongs to a segment: a closed tree of conditions, its limits, and the one compiler
 * to SQL. What a person wrote becomes a bound parameter, never text. Every condition is true or false for every customer, never
 * unknown, so that "not" means what it says.
 */
@NullMarked
package io.snowball.segmentation.rule;

import org.jspecify.annotations.NullMarked;
