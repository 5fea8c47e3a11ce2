/**
 * Time is an input: one clock bean, in microseconds, that a test can move, and the bounds of what callers
 * may name.
 */
@NullMarked
package io.snowball.platform.time;

import org.jspecify.annotations.NullMarked;
