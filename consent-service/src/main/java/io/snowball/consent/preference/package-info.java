/**
 * The pages on which a person says what they want to hear about, and over what (B2; requirements r07, r13): choose, withdraw
 * everything, take away what is written about them, ask the company something.
 *
 * <p>The link is the key: signed, for one customer, without an end, so it shows consents and never an address or a name. Pages
 * work without scripts and need nothing but this service. Each box is a record of its own; no box is ticked that was not ticked
 * by the person.
 */
@NullMarked
package io.snowball.consent.preference;

import org.jspecify.annotations.NullMarked;
