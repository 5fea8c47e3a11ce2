/**
 * How often is too often. Counted in memory, by each replica for itself: what is held back is a flood, and a count that is right to the
 * request would cost the database more than the flood. Signing in, where each guess counts, is counted in the database by login.
 */
@NullMarked
package io.snowball.gateway.limit;

import org.jspecify.annotations.NullMarked;
