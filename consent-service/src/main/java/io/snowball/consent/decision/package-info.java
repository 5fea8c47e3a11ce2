/**
 * Whether a message may go to a customer, asked for a whole batch just before it is handed over (requirements r11, r12), and what
 * stands in the way besides: stop-lists and rules about channels.
 *
 * <p>A decision is one statement that reads indexes only, and a pure rule ({@code Facts}); it writes nothing. Whatever is not known to
 * be allowed is not. Stops are kept when they are lifted; of an address only a keyed hash is kept.
 */
@NullMarked
package io.snowball.consent.decision;

import org.jspecify.annotations.NullMarked;
