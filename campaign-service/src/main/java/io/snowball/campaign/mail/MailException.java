package io.snowball.campaign.mail;

/** A message that can't be built as asked. The sentence says what to do and holds no personal data. */
public final class MailException extends RuntimeException {
    MailException(String message) {
        super(message);
    }
}
