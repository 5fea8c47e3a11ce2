/**
 * Follows what customer-service tells of people: two records were one person, were not after all, were erased, or asked on the
 * telephone not to be called again.
 *
 * <p>Invariant: of two who are one the stricter word counts. Withdrawals, refusals, stops and blocks go over to who stays, consents
 * never do; when it is undone nothing comes back that was withdrawn meanwhile. All of it is written into the ledger as events.
 */
@NullMarked
package io.snowball.consent.merge;

import org.jspecify.annotations.NullMarked;
