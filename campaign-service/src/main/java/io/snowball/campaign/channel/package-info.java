/**
 * Channels: which there are, what a message costs over each (tariffs with dates, D1-D4, X8), and the port to a provider.
 * Invariants: a tariff is valid from its date until the next one's; one that has begun is never changed, so a cost once
 * reported stays. May not: know campaigns or customers.
 */
@NullMarked
package io.snowball.campaign.channel;

import org.jspecify.annotations.NullMarked;
