package io.snowball.customer.deal;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A deal as stored.
 *
 * @param enteredAt when it came to the stage where it is
 * @param dueAt when it will have been there for longer than expected
 */
record Deal(
        UUID id,
        UUID customerId,
        UUID pipelineId,
        UUID stageId,
        StageKind stageKind,
        Terms terms,
        @Nullable String lossReason,
        Instant createdAt,
        Instant enteredAt,
        @Nullable Instant closedAt,
        @Nullable Instant dueAt,
        int version) {

    /** What people agree on and change. */
    record Terms(
            String title,
            @Nullable Long amount,
            @Nullable String managerId,
            @Nullable LocalDate expectedCloseOn,
            @Nullable String source) {}

    /** One stay at a stage. */
    record Stay(
            UUID id,
            UUID stageId,
            String stageName,
            StageKind stageKind,
            Instant enteredAt,
            @Nullable Instant leftAt,
            String movedBy) {
        static Stay of(Row row) {
            return new Stay(
                    row.getUUID("id"),
                    row.getUUID("stage_id"),
                    row.getString("stage_name"),
                    StageKind.valueOf(row.getString("stage_kind")),
                    row.getOffsetDateTime("entered_at").toInstant(),
                    instant(row.getOffsetDateTime("left_at")),
                    row.getString("moved_by"));
        }
    }

    static Deal of(Row row) {
        return new Deal(
                row.getUUID("id"),
                row.getUUID("customer_id"),
                row.getUUID("pipeline_id"),
                row.getUUID("stage_id"),
                StageKind.valueOf(row.getString("stage_kind")),
                new Terms(
                        row.getString("title"),
                        row.getLong("amount"),
                        row.getString("manager_id"),
                        row.getLocalDate("expected_close_on"),
                        row.getString("source")),
                row.getString("loss_reason"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("entered_at").toInstant(),
                instant(row.getOffsetDateTime("closed_at")),
                instant(row.getOffsetDateTime("due_at")),
                row.getInteger("version"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
