/**
 * The ledger of consents: who said what about which use of their data, when, how, and to which words.
 *
 * <p>Events are only added; the database refuses anything else. The events of one customer are in one order (their chain's row is
 * locked first) and each carries the hash of the one before. The current state is written in the same transaction, and so is
 * {@code consent.changed}. The latest statement counts, by the time when it was made: what arrives late goes into the ledger and
 * changes no state. An address that anybody can type counts only when its owner has confirmed it. IP address and user agent are evidence and personal data: they leave this package for admin and dpo only.
 */
@NullMarked
package io.snowball.consent.consent;

import org.jspecify.annotations.NullMarked;
