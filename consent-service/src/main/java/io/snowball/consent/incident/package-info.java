/**
 * Leaks: the two clocks of 152-FZ art. 21 p. 3.1, the forms of order 187, what it may cost (requirements r33, r34).
 *
 * <p>The clocks run in hours of real time from the discovery, weekends included. A first notice goes before the result. What was
 * sent is never changed. How many people are affected is entered by whoever looks into it; here it is only classed.
 */
@NullMarked
package io.snowball.consent.incident;

import org.jspecify.annotations.NullMarked;
