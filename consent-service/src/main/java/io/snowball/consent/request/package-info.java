/**
 * What people and the regulator ask about personal data, and the day by which they must be answered (requirements r21 to r26).
 *
 * <p>The day is counted once, when the request is registered, by the calendar of that moment. It is put off once at most, before
 * it is over, with a notice. Nobody's data are handed out before it is known that they are theirs. Closed is closed. Answers are
 * papers with a hash, kept with the request.
 */
@NullMarked
package io.snowball.consent.request;

import org.jspecify.annotations.NullMarked;
