/**
 * Telling those who have people's data from us (the recipients of the purposes) of a correction, a destruction or a stop, and that they
 * acknowledged it (requirement r26). The notices are sent by people; here is the list of what is to be sent, the words, and the proof.
 */
@NullMarked
package io.snowball.consent.recipient;

import org.jspecify.annotations.NullMarked;
