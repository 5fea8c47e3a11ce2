/**
 * What we ask of other services: members of a segment, decisions of consent, addresses for a hand-over. Each is a small tolerant
 * client of just what is used; what answers late or wrongly is {@link io.snowball.campaign.sibling.SiblingException}.
 * Invariant: consent fails closed; no answer, or one that leaves a customer out, allows nothing. May not: keep anything.
 */
@NullMarked
package io.snowball.campaign.sibling;

import org.jspecify.annotations.NullMarked;
