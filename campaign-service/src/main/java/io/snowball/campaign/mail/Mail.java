package io.snowball.campaign.mail;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What a message says, before it is MIME.
 *
 * @param id becomes the Message-ID, so that a late bounce can be matched
 * @param unsubscribe the https address that takes a one-click POST (RFC 8058); none for messages that nobody can unsubscribe from
 * @param feedbackId names the campaign in reports of the mailbox providers ("campaign:customer-group:kind:sender")
 * @param bulk false for messages that a person asked for just now, such as a code
 */
public record Mail(
        UUID id,
        Instant date,
        Mailbox from,
        Mailbox to,
        Optional<Mailbox> replyTo,
        String subject,
        String text,
        String html,
        Optional<URI> unsubscribe,
        Optional<String> feedbackId,
        boolean bulk) {

    public Mail {
        unsubscribe.ifPresent(uri -> {
            if (!"https".equals(uri.getScheme()) && !"http".equals(uri.getScheme())) {
                throw new MailException("The unsubscribe address must be an https address.");
            }
        });
    }

    /** Neither address nor text: this may end in a log. */
    @Override
    public String toString() {
        return "Mail[" + id + "]";
    }
}
