/**
 * Links in messages: makes the tokens of the open picture, of clicks and of unsubscribing, and counts who comes back.
 * Invariants: a token names a message and, for a click, the page to go to; nobody else can make one, so a click never leads to
 * a page that we did not write into a mail. A customer gets to the page even where counting fails. A token holds no address.
 * May not: know campaigns or templates.
 */
@NullMarked
package io.snowball.campaign.tracking;

import org.jspecify.annotations.NullMarked;
