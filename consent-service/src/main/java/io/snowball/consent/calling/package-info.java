/**
 * The numbers that the operator calls from, with the label and category that the called see (126-FZ, requirement r16). Whether somebody may be
 * called from one is decided in {@code decision}.
 */
@NullMarked
package io.snowball.consent.calling;

import org.jspecify.annotations.NullMarked;
