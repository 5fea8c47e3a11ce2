/**
 * What customers did besides buying: events of declared types, from shops, applications and web pages. Invariants: an event is known
 * by the sender's id and its time, so telling it again changes nothing; free text never leaves this service; a visitor of a web page is
 * nobody until the shop says who logged in, and what the visitor did before is then that customer's.
 */
@NullMarked
package io.snowball.customer.event;

import org.jspecify.annotations.NullMarked;
