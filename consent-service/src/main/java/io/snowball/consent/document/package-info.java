/**
 * What consent is asked for (purposes) and with which words (consent documents).
 *
 * <p>A document is for one type of consent and one purpose, never for two. Its versions are numbered and only ever added: what
 * somebody signed stays as it was, to the letter, and its SHA-256 goes into the ledger. Another language is another document
 * under the same code.
 */
@NullMarked
package io.snowball.consent.document;

import org.jspecify.annotations.NullMarked;
