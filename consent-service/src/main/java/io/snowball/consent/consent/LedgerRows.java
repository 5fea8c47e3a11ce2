package io.snowball.consent.consent;

import io.snowball.consent.consent.Chains.Head;
import io.snowball.consent.document.ConsentType;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of the ledger's tables as what they mean. */
final class LedgerRows {
    private LedgerRows() {}

    static Head head(Row row) {
        return new Head(row.getUUID("customer_id"), row.getInteger("sequence"), row.getString("hash"));
    }

    static ConsentState state(Row row) {
        return new ConsentState(
                key(row),
                Standing.valueOf(row.getString("state")),
                row.getUUID("record_id"),
                row.getOffsetDateTime("stated_at").toInstant(),
                instant(row, "valid_until"),
                row.getString("identifier_hash"),
                row.getBoolean("legacy_bundled"));
    }

    static ConsentEvent event(Row row) {
        UUID documentId = row.getUUID("document_id");
        return new ConsentEvent(
                row.getInteger("format"),
                row.getUUID("record_id"),
                row.getInteger("sequence"),
                key(row),
                ConsentAction.valueOf(row.getString("action")),
                row.getOffsetDateTime("stated_at").toInstant(),
                row.getOffsetDateTime("recorded_at").toInstant(),
                documentId == null
                        ? null
                        : new SignedText(
                                documentId, row.getInteger("document_version"), row.getString("document_sha256")),
                terms(row),
                evidence(row),
                instant(row, "operator_since"),
                row.getString("previous_hash"),
                row.getString("hash"));
    }

    private static ConsentKey key(Row row) {
        return new ConsentKey(
                row.getUUID("customer_id"),
                ConsentType.valueOf(row.getString("type")),
                row.getString("purpose"),
                Channel.valueOf(row.getString("channel")));
    }

    private static Terms terms(Row row) {
        return new Terms(
                row.getBoolean("awaits_confirmation"),
                row.getUUID("refers_to"),
                instant(row, "valid_until"),
                row.getString("identifier_hash"),
                row.getBoolean("legacy_bundled"));
    }

    private static Evidence evidence(Row row) {
        return new Evidence(
                row.getString("source"),
                row.getString("form_id"),
                row.getString("ip"),
                row.getString("user_agent"),
                row.getString("request_id"),
                row.getBoolean("checkbox_unticked"),
                Actor.valueOf(row.getString("actor")),
                row.getString("recorded_by"),
                row.getUUID("message_id"),
                row.getString("details"));
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
