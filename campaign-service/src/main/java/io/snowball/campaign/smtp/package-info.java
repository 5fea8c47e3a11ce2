/**
 * Hands messages over to a mail server: a reactive SMTP client (RFC 5321) with pipelining (RFC 2920) over a few long connections.
 * Owns: connections, TLS, authentication, the wire form of a message, and what became of each message. Keeps nothing.
 * Invariants: a message whose end was written to the socket is never offered again by itself (UNKNOWN unless answered); one whose
 * end was not is NOT_SENT and may be sent again; nothing is written after the caller's gate has closed; no address leaves this
 * package in a text, because servers like to quote them.
 * May not: know campaigns, consents or the database.
 */
@NullMarked
package io.snowball.campaign.smtp;

import org.jspecify.annotations.NullMarked;
