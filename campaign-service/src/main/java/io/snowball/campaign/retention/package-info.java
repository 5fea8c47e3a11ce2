/**
 * The end of the send log (requirement r31): messages with their events and moves, the mails of the double opt-in, and copies of orders
 * that no message is left for, when the term
 * of {@code campaign.retention.send-log} is over. Invariants: nothing that was handed over later is touched, and no message of a campaign
 * that had a hand-over later; before the first row of a campaign goes its report's sums are kept; each purge leaves a record. May not:
 * touch a campaign that is not over.
 */
@NullMarked
package io.snowball.campaign.retention;

import org.jspecify.annotations.NullMarked;
