/**
 * Who the customers are and what they bought: the system of record. Names, e-mail addresses and phone numbers live here (and
 * in consent-service) only; what leaves on the feed are ids and facts.
 */
@NullMarked
package io.snowball.customer;

import org.jspecify.annotations.NullMarked;
