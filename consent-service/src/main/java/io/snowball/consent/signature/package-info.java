/**
 * What this service puts its name to: seals of the ledger, receipts and proofs are signed with Ed25519 as compact JWS (RFC 7515,
 * RFC 8037), and anybody can check them with the public keys that {@code consent-keys} shows.
 *
 * <p>The private key is derived from a setting and never stored. Public keys are kept for ever: what was signed under an old one
 * must stay checkable.
 */
@NullMarked
package io.snowball.consent.signature;

import org.jspecify.annotations.NullMarked;
