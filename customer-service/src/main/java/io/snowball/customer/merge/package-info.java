/**
 * One person known under two ids: found out by the rules of identity, merged, and unmerged where that was wrong. Invariants: all
 * that belongs to a customer moves in one transaction, and what moved is written down, so that exactly this goes back; the old id
 * keeps answering; nobody but an anonymous visitor is merged without somebody having decided it. Each table with a customer_id is
 * a {@link io.snowball.customer.merge.Holding} or named in its test.
 */
@NullMarked
package io.snowball.customer.merge;

import org.jspecify.annotations.NullMarked;
