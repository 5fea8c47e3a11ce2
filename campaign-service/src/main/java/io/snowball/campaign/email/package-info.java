/**
 * The e-mail channel: makes a mail for one customer out of a template, and hands mails to the mail server. Joins the engine's
 * rooms ({@code template}, {@code mail}, {@code smtp}) with our settings and links.
 * Invariants: each mail of advertising can be unsubscribed from with one click (RFC 8058); each names its message in a header.
 * May not: keep an address, or know the queue.
 */
@NullMarked
package io.snowball.campaign.email;

import org.jspecify.annotations.NullMarked;
