/**
 * Meetings with a client or a candidate: when, where, with whom, and what became of it (C8). Invariants: a meeting that moves in time is
 * PLANNED again; address, link and title stay here, the feed tells ids and times, and siblings fetch the place for a reminder at
 * hand-over. Of two events of one appointment the one with the higher version holds. A meeting has one customer; several people are
 * several appointments.
 */
@NullMarked
package io.snowball.customer.appointment;

import org.jspecify.annotations.NullMarked;
