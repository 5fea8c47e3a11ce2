package io.snowball.campaign.campaign;

import io.snowball.campaign.channel.Channel;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A campaign as it is stored. */
record Campaign(
        UUID id,
        Draft draft,
        @Nullable Integer templateVersion,
        CampaignState state,
        UUID salt,
        long planned,
        @Nullable Instant plannedAt,
        @Nullable String notice,
        int version,
        Instant createdAt,
        @Nullable String createdBy,
        @Nullable Instant launchedAt,
        @Nullable String launchedBy,
        @Nullable Instant completedAt) {

    /** What a person decides, until the launch. */
    record Draft(
            String name,
            UUID segmentId,
            UUID templateId,
            Channel channel,
            String purpose,
            MessageClass messageClass,
            double controlShare,
            @Nullable Instant sendAt,
            int attributionDays) {}

    ControlGroup controlGroup() {
        return new ControlGroup(salt, draft.controlShare());
    }

    static Campaign of(Row row) {
        Draft draft = new Draft(
                row.getString("name"),
                row.getUUID("segment_id"),
                row.getUUID("template_id"),
                Channel.valueOf(row.getString("channel")),
                row.getString("purpose"),
                MessageClass.valueOf(row.getString("message_class")),
                row.getDouble("control_share"),
                instant(row, "send_at"),
                row.getInteger("attribution_days"));
        return new Campaign(
                row.getUUID("id"),
                draft,
                row.getInteger("template_version"),
                CampaignState.valueOf(row.getString("state")),
                row.getUUID("salt"),
                row.getLong("planned"),
                instant(row, "planned_at"),
                row.getString("notice"),
                row.getInteger("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getString("created_by"),
                instant(row, "launched_at"),
                row.getString("launched_by"),
                instant(row, "completed_at"));
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime at = row.getOffsetDateTime(column);
        return at == null ? null : at.toInstant();
    }
}
