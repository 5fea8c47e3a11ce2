/**
 * Signs that a number is still the person's (requirement r20). Invariant: the latest counts, whoever tells it. May not: conclude
 * anything; that the consents by a silent number end is written by the ledger.
 */
@NullMarked
package io.snowball.consent.number;

import org.jspecify.annotations.NullMarked;
