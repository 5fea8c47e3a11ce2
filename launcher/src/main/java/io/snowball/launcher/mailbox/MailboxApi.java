package io.snowball.launcher.mailbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snowball.launcher.mailbox.MailReader.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shapes of the JSON API. */
final class MailboxApi {
    private MailboxApi() {}

    record MessageSummary(
            long n,
            String receivedAt,
            String returnPath,
            List<String> recipients,
            String from,
            String subject,
            String messageId,
            int size) {
        static MessageSummary of(StoredMail mail) {
            return new MessageSummary(
                    mail.n(),
                    mail.receivedAt().toString(),
                    mail.returnPath(),
                    mail.recipients(),
                    mail.summary().from(),
                    mail.summary().subject(),
                    mail.summary().messageId(),
                    mail.size());
        }
    }

    /** {@code nextAfter} or {@code nextBefore} continues the list, in the direction it was asked for; absent at its end. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MessagePage(
            List<MessageSummary> items,
            int total,
            long last,
            @Nullable Long nextAfter,
            @Nullable Long nextBefore) {}

    record Message(MessageSummary summary, List<Field> headers, String text, String html, List<String> attachments) {}
}
