/**
 * What happened, told once: the outbox, the feed that shows it, and the consumer that applies it exactly once.
 */
@NullMarked
package io.snowball.platform.feed;

import org.jspecify.annotations.NullMarked;
