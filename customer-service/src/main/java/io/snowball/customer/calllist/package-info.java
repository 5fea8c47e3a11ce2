/**
 * Lists of customers to call with a personal offer (C15). Invariants: a phone is shown only to roles that may see it, only of who is not
 * blocked, and only where consent-service allows the call at the moment of looking; no answer from there, no phones. What came of a
 * call is told on the feed; DO_NOT_CALL is a demand of the person that consent-service has to hear of (38-FZ art. 18).
 */
@NullMarked
package io.snowball.customer.calllist;

import org.jspecify.annotations.NullMarked;
