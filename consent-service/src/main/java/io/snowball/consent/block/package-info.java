/**
 * Whose data are only stored for the time being (requirement r24): kept out of segments, messages and exports until the block is
 * lifted or the data are destroyed.
 *
 * <p>A block is announced on the feed in the transaction that sets it. Who is blocked gets nothing but what the law demands.
 */
@NullMarked
package io.snowball.consent.block;

import org.jspecify.annotations.NullMarked;
