/**
 * The proof package of one person, channel and moment (requirement r09): who, what text, when, how identified, what came after.
 *
 * <p>A ZIP for a court or an inspector, who need nothing of ours to check it: every event as the text that was hashed, the documents
 * word for word, the seals with the paths to them, the public keys, and a program of one file that checks it all. It reads the
 * ledger and writes nothing.
 */
@NullMarked
package io.snowball.consent.proof;

import org.jspecify.annotations.NullMarked;
