/**
 * When something must be done: the Russian production calendar and the terms of the law, both as data with versions (requirements
 * r22, r23).
 *
 * <p>The first day of a term is the day after the event; a term in days or months that ends on a day off ends on the next
 * working day; what is due on a day may be done until it ends (Civil Code 191 to 194). A year that is not in the table is an
 * error. Hours are hours, whatever the calendar says. It knows nothing of requests, incidents or destruction.
 */
@NullMarked
package io.snowball.consent.calendar;

import org.jspecify.annotations.NullMarked;
