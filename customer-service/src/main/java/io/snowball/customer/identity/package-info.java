/**
 * What customers are recognised by: e-mail address, phone number, the shop's own id. Owns how each is normalised, once and in
 * one place, and that one identity belongs to one customer (the primary key of table identity).
 */
@NullMarked
package io.snowball.customer.identity;

import org.jspecify.annotations.NullMarked;
