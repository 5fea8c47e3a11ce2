/**
 * The page behind the link that confirms a consent: the second half of a double opt-in (requirement r19).
 *
 * <p>As with unsubscribing, a GET changes nothing: scanners follow links, and a consent that a scanner confirmed would be none.
 * The person presses the button.
 */
@NullMarked
package io.snowball.consent.confirmation;

import org.jspecify.annotations.NullMarked;
