/**
 * Receipts for what is in the ledger (requirement r08): by ISO/IEC TS 27560:2023 and by Kantara's Consent Receipt 1.1, signed.
 *
 * <p>A receipt is made from the record, the document that was agreed to, the purpose and the operator as they were then, none of
 * which ever changes, and Ed25519 signs without chance: so nothing is stored, and under one key the same receipt comes out whenever
 * it is asked for. Who has the public keys checks it without us.
 */
@NullMarked
package io.snowball.consent.receipt;

import org.jspecify.annotations.NullMarked;
