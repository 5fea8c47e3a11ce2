/**
 * Destroying the personal data of a person, and proving it (152-FZ art. 21, order 179; requirements r27 to r29).
 *
 * <p>It runs in steps, each written down before the next: PLANNED, DESTROYING (who it was is noted, customer-service destroys and tells the others),
 * VERIFYING (everybody who keeps something of people is asked, again and again until nothing comes), DONE (act and log in the archive, the name nowhere else). Every step may be
 * repeated. What the law keeps stays: the ledger of consents without names, and the act for three years. What a job finds is only
 * proposed: a person approves it.
 */
@NullMarked
package io.snowball.consent.destruction;

import org.jspecify.annotations.NullMarked;
