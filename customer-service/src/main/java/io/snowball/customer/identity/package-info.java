/**
 * What customers are recognised by: external ids by system, accounts, addresses, devices. Owns how each is normalised, once and in
 * one place; the rules that say whom a set of them names; and the list of pairs that may be one person. Invariants: an identity is
 * one customer's, but for a phone number, which may be a family's and then decides nothing; nobody but an anonymous visitor is
 * merged without somebody having looked. May not know what a profile or an order is.
 */
@NullMarked
package io.snowball.customer.identity;

import org.jspecify.annotations.NullMarked;
