/**
 * A mailbox to look into: takes every mail by SMTP and shows it on a page of its own.
 *
 * <p>Nothing leaves this machine from here. Memory is bounded: the newest 20,000 mails are kept, fewer where they are large. Mail is
 * written by others: its HTML is shown in a sandbox without scripts and without our origin, everything else is escaped. It is for
 * development and demonstration; in production mails go to a mail server.
 */
@NullMarked
package io.snowball.launcher.mailbox;

import org.jspecify.annotations.NullMarked;
