package io.snowball.customer.exports;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An export as stored. */
record Export(
        UUID id,
        ExportState state,
        Shape shape,
        @Nullable UUID segmentId,
        Why why,
        String requestedBy,
        Instant requestedAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        int customers,
        @Nullable UUID collectedAfter,
        int attempt,
        int tries,
        @Nullable Integer rows,
        @Nullable Integer pieces,
        @Nullable Long bytes,
        @Nullable Instant writtenAt,
        @Nullable Instant expiresAt,
        @Nullable String failure) {

    /** @param masked as those see it who have no right to personal data */
    record Shape(ExportFormat format, char delimiter, ExportEncoding encoding, List<String> columns, boolean masked) {}

    /** @param purpose a code to count by */
    record Why(String purpose, String reason) {}

    static Export of(Row row) {
        return new Export(
                row.getUUID("id"),
                ExportState.valueOf(row.getString("state")),
                new Shape(
                        ExportFormat.valueOf(row.getString("format")),
                        row.getString("delimiter").charAt(0),
                        ExportEncoding.valueOf(row.getString("encoding")),
                        List.of(row.getArrayOfStrings("columns")),
                        row.getBoolean("masked")),
                row.getUUID("segment_id"),
                new Why(row.getString("purpose"), row.getString("reason")),
                row.getString("requested_by"),
                row.getOffsetDateTime("requested_at").toInstant(),
                row.getString("decided_by"),
                instant(row.getOffsetDateTime("decided_at")),
                row.getInteger("customers"),
                row.getUUID("collected_after"),
                row.getInteger("attempt"),
                row.getInteger("tries"),
                row.getInteger("rows"),
                row.getInteger("pieces"),
                row.getLong("bytes"),
                instant(row.getOffsetDateTime("written_at")),
                instant(row.getOffsetDateTime("expires_at")),
                row.getString("failure"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
