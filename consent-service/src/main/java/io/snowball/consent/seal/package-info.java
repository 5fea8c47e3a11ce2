/**
 * Proof that nobody has touched the ledger: seals and verifications (requirements r06, r30; docs/adr/014).
 *
 * <p>A seal is the Merkle root (RFC 6962) of the events of a span of transactions, chained to the seal before it and signed. It is
 * announced on the feed, so that copies of it lie where this database's owner can't reach. A verification counts everything again
 * and names each event that was altered, removed, added or moved. Seals are only ever added.
 */
@NullMarked
package io.snowball.consent.seal;

import org.jspecify.annotations.NullMarked;
