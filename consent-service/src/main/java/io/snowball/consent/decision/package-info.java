/**
 * Whether a message may go to a customer, asked for a whole batch just before it is handed over (requirements r11, r12).
 *
 * <p>Reads the current states and writes nothing. Whatever is not known to be allowed is not.
 */
@NullMarked
package io.snowball.consent.decision;

import org.jspecify.annotations.NullMarked;
