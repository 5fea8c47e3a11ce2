package io.snowball.campaign.message;

import io.snowball.campaign.sibling.ConsentDecisions.Subject;
import io.vertx.mutiny.sqlclient.Row;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Messages of one campaign that one dispatcher has claimed. */
record Batch(UUID lease, Source source, List<Claimed> messages) {

    /** What is needed of the campaign to send its messages. */
    record Source(
            UUID campaignId,
            String campaignName,
            UUID templateId,
            int templateVersion,
            Subject subject,
            @Nullable String notice) {
        static Source of(Row row) {
            return new Source(
                    row.getUUID("id"),
                    row.getString("name"),
                    row.getUUID("template_id"),
                    row.getInteger("template_version"),
                    new Subject(row.getString("purpose"), row.getString("channel"), row.getString("message_class")),
                    row.getString("notice"));
        }

        boolean advertising() {
            return subject.messageClass().equals("ADVERTISING");
        }
    }

    record Claimed(UUID id, UUID customerId, boolean control, int attempts) {
        static Claimed of(Row row) {
            return new Claimed(
                    row.getUUID("id"),
                    row.getUUID("customer_id"),
                    row.getBoolean("control"),
                    row.getInteger("attempts"));
        }
    }
}
