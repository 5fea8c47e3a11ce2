/**
 * What is left here of a person, for consent-service to ask before it writes the act of a destruction (requirement r27). Says
 * numbers of rows by category, and whether the order to destroy has come at all: silence of a service that has not heard of it
 * proves nothing. May not: delete anything, which is the feed's business.
 */
@NullMarked
package io.snowball.campaign.erasure;

import org.jspecify.annotations.NullMarked;
