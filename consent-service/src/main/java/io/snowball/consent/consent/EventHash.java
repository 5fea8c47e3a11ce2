package io.snowball.consent.consent;

import io.snowball.consent.document.Sha256;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The seal of an event: SHA-256 over its fields and the seal of the customer's event before it, so that no row can be changed,
 * left out or put in without all later ones showing it.
 *
 * <p>Made to be counted again without this code: each field is a line {@code name:length:value}, in the order below, where length
 * is that of the value in UTF-8 bytes; a field without a value is {@code name:-}. Times are RFC 3339 in UTC, hashes hexadecimal.
 * {@code version} is the event's format: 1 ends with {@code messageId}, 2 with {@code details}, 3 with
 * {@code operatorSince}. A field that an event's format does not know must be without a value: where it has one, it is counted too, so
 * that it shows.
 */
final class EventHash {
    /** Of what is written now. */
    static final int FORMAT = 3;

    private EventHash() {}

    static String of(ConsentEvent event) {
        return Sha256.hex(text(event));
    }

    /** What is hashed. */
    static String text(ConsentEvent event) {
        ConsentKey key = event.key();
        Evidence evidence = event.evidence();
        SignedText signed = event.signed();
        StringBuilder lines = new StringBuilder(600);
        line(lines, "version", event.format());
        line(lines, "previousHash", event.previousHash());
        line(lines, "customerId", key.customerId());
        line(lines, "sequence", event.sequence());
        line(lines, "recordId", event.recordId());
        line(lines, "type", key.type());
        line(lines, "purpose", key.purpose());
        line(lines, "channel", key.channel());
        line(lines, "action", event.action());
        line(lines, "at", event.at());
        line(lines, "recordedAt", event.recordedAt());
        line(lines, "documentId", signed == null ? null : signed.documentId());
        line(lines, "documentVersion", signed == null ? null : Integer.valueOf(signed.version()));
        line(lines, "documentSha256", signed == null ? null : signed.sha256());
        line(lines, "source", evidence.source());
        line(lines, "formId", evidence.formId());
        line(lines, "ip", evidence.ip());
        line(lines, "userAgent", evidence.userAgent());
        line(lines, "requestId", evidence.requestId());
        line(lines, "checkboxUnticked", evidence.checkboxUnticked());
        line(lines, "actor", evidence.actor());
        line(lines, "recordedBy", evidence.recordedBy());
        line(lines, "messageId", evidence.messageId());
        Terms terms = event.terms();
        if (event.format() >= 2 || !terms.equals(Terms.NONE) || evidence.details() != null) {
            line(lines, "awaitsConfirmation", terms.awaitsConfirmation());
            line(lines, "refersTo", terms.refersTo());
            line(lines, "validUntil", terms.validUntil());
            line(lines, "identifierHash", terms.identifierHash());
            line(lines, "details", evidence.details());
        }
        if (event.format() >= 3 || terms.legacyBundled() || event.operatorSince() != null) {
            line(lines, "legacyBundled", terms.legacyBundled());
            line(lines, "operatorSince", event.operatorSince());
        }
        return lines.toString();
    }

    private static void line(StringBuilder lines, String name, @Nullable Object value) {
        lines.append(name).append(':');
        if (value == null) {
            lines.append('-');
        } else {
            String text = value.toString();
            lines.append(text.getBytes(StandardCharsets.UTF_8).length)
                    .append(':')
                    .append(text);
        }
        lines.append('\n');
    }
}
