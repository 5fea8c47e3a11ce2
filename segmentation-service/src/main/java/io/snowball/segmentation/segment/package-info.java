/**
 * Segments and who is in them. Membership is stored, follows every batch of facts in its transaction and the clock by a job, and
 * every difference is announced on the feed by the transaction that writes it. Whoever writes memberships holds one advisory
 * lock, so that facts, clock and edits never decide about the same customer at once.
 */
@NullMarked
package io.snowball.segmentation.segment;

import org.jspecify.annotations.NullMarked;
