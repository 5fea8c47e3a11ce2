package io.snowball.consent.consent;

import io.snowball.consent.consent.Chains.Head;
import io.snowball.consent.document.ConsentType;
import io.vertx.mutiny.sqlclient.Row;
import java.util.UUID;

/** Rows of the ledger's tables as what they mean. */
final class LedgerRows {
    private LedgerRows() {}

    static Head head(Row row) {
        return new Head(row.getUUID("customer_id"), row.getInteger("sequence"), row.getString("hash"));
    }

    static ConsentState state(Row row) {
        return new ConsentState(
                key(row),
                ConsentAction.valueOf(row.getString("state")),
                row.getUUID("record_id"),
                row.getOffsetDateTime("stated_at").toInstant());
    }

    static ConsentEvent event(Row row) {
        UUID documentId = row.getUUID("document_id");
        return new ConsentEvent(
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
                evidence(row),
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
                row.getUUID("message_id"));
    }
}
