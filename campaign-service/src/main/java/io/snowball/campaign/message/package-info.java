/**
 * Messages: planned from a segment, claimed, decided, handed over, settled; and what becomes of them after a crash. The story is in
 * docs/architecture.md, "Sending"; what waits lies in parcels (ADR 019).
 * Invariants: a message is offered to the provider only while the lease of the one who offers it says so, that was
 * committed before, the campaign was RUNNING then, and the consent decision is fresh; what a lease says is being offered
 * never becomes DUE again without the provider's word that it took nothing. No address is written anywhere. No answer of consent-service, no message. A message
 * is in a parcel or a row; where it is in both, the row is what counts.
 */
@NullMarked
package io.snowball.campaign.message;

import org.jspecify.annotations.NullMarked;
