/**
 * What customers bought: orders with their lines. Invariants: an order is known by the shop's id, so telling it again changes
 * nothing and announces nothing; it stays with the customer it was first told for; the feed carries its version, because of two
 * changes that meet the later one may come first; who deletes a customer locks its row first, as the writer of orders does.
 */
@NullMarked
package io.snowball.customer.order;

import org.jspecify.annotations.NullMarked;
