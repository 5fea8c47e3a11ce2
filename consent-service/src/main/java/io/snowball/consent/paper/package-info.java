/**
 * Documents for people and courts: notices, answers, acts. A {@code Paper} says what stands in it; it comes out as PDF (made to
 * PDF/A-2u: fonts embedded, text that can be searched, no device colours) and as HTML.
 *
 * <p>The PDF writer is our own, some hundred lines: no library of its kind compiles natively (docs/adr/013). The same paper
 * gives the same bytes, so its SHA-256 means something. It knows nothing of what the papers are about.
 */
@NullMarked
package io.snowball.consent.paper;

import org.jspecify.annotations.NullMarked;
