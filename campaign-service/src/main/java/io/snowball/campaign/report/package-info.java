/**
 * What a campaign brought: where its messages ended, what came back, and what both groups bought. Owns our copy of the orders of
 * customers with a message, and the consent withdrawals that came from one.
 * Invariants: both groups are people we could have written to, counted from the moment each was decided on; an interval is
 * always named with its method; numbers too small to say anything are said to be so; when the messages are gone the sums stay.
 * May not: change a campaign or send.
 */
@NullMarked
package io.snowball.campaign.report;

import org.jspecify.annotations.NullMarked;
