package io.snowball.consent.consent;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How we know.
 *
 * @param source by what way it came: {@code web-form}, {@code call-centre}, {@code unsubscribe-link}
 * @param checkboxUnticked that the box was empty until the person ticked it; null where there was none
 * @param recordedBy the id of the user or the name of the service that recorded it
 * @param messageId the message whose link or reply it was
 * @param details {@link EvidenceDetails} as the text that is sealed
 */
record Evidence(
        String source,
        @Nullable String formId,
        @Nullable String ip,
        @Nullable String userAgent,
        @Nullable String requestId,
        @Nullable Boolean checkboxUnticked,
        Actor actor,
        String recordedBy,
        @Nullable UUID messageId,
        @Nullable String details) {

    /** What came by a link in a message: nobody but the person has it. */
    static Evidence ofLink(
            String link,
            @Nullable String ip,
            @Nullable String userAgent,
            @Nullable UUID messageId,
            @Nullable String details) {
        return new Evidence(link, null, ip, userAgent, null, null, Actor.SUBJECT, link, messageId, details);
    }
}
