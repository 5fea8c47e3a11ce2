/**
 * What siblings tell of people, and what follows from it for messages: two customers are one, are not after all, are erased, must not
 * be written to any more, or have a consent to confirm. Invariants: a person gets a campaign once, under whatever ids; who was in its
 * control group stays there; of who is erased nothing can be found under their id. May not: send anything.
 */
@NullMarked
package io.snowball.campaign.person;

import org.jspecify.annotations.NullMarked;
