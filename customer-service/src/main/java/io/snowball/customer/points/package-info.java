/**
 * Loyalty points by double entry. Invariants: an entry moves points between two accounts, so all accounts together are always
 * zero; a customer's available points are what is left of the lots, and never below zero: rows are locked customer first, then
 * account, and the database refuses the rest. Points are spent from the lot that expires first. What has to be taken back and was
 * spent already is a debt that the next points pay. Who is about to be merged or erased is held, as with orders.
 */
@NullMarked
package io.snowball.customer.points;

import org.jspecify.annotations.NullMarked;
