/**
 * Errors as RFC 9457 problem details: one shape, one place that makes them.
 */
@NullMarked
package io.snowball.platform.problem;

import org.jspecify.annotations.NullMarked;
