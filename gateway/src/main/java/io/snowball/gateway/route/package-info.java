/**
 * Which path goes to which service, and how it gets there: streamed both ways, never held in memory, with an internal token for the
 * caller's own. The gateway adds nothing to a path and leaves answers, problems among them, as they are. What the table does not
 * list is not reachable from outside.
 */
@NullMarked
package io.snowball.gateway.route;

import org.jspecify.annotations.NullMarked;
