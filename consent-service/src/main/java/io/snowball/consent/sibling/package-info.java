/**
 * What this service asks of its siblings: the personal data of one person, to hand them over or to have them destroyed.
 *
 * <p>What comes back lives as long as the request and is never written to a log. A sibling that does not answer is a problem that
 * says so, never an empty answer.
 */
@NullMarked
package io.snowball.consent.sibling;

import org.jspecify.annotations.NullMarked;
