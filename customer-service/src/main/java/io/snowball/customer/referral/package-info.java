/**
 * Who invited whom, and with which code (G10). Invariants: a customer is invited once, not by oneself, nor in a circle, and not
 * after the first purchase. What both get for it is said by the rules of the programme ({@code loyalty}), which settles a referral
 * with the first paid order.
 */
@NullMarked
package io.snowball.customer.referral;

import org.jspecify.annotations.NullMarked;
