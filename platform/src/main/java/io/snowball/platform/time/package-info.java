/**
 * Time is an input: one clock bean, in microseconds, that a test can move.
 */
@NullMarked
package io.snowball.platform.time;

import org.jspecify.annotations.NullMarked;
