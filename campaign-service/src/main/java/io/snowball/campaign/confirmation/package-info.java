/**
 * The mail of the double opt-in (requirement r19): who has typed an address into a form is asked whether it is theirs.
 * consent-service says which consent waits, and at hand-over by what link it is confirmed; customer-service says where to.
 * Invariants: neither address nor link is stored; a mail of unknown fate is not sent again by itself; nothing in it advertises.
 */
@NullMarked
package io.snowball.campaign.confirmation;

import org.jspecify.annotations.NullMarked;
