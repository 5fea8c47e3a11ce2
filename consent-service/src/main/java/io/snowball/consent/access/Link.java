package io.snowball.consent.access;

import io.snowball.consent.document.Sha256;
import io.snowball.platform.access.AccessRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One record in its place in the chain of its service.
 *
 * @param hash SHA-256 of {@link #content}
 */
record Link(
        String source,
        long sequence,
        AccessRecord entry,
        Instant receivedAt,
        int format,
        @Nullable String previousHash,
        String hash) {
    static final int FORMAT = 1;

    static Link after(String source, long sequence, AccessRecord entry, Instant receivedAt, @Nullable String previous) {
        Link open = new Link(source, sequence, entry, receivedAt, FORMAT, previous, "");
        return new Link(source, sequence, entry, receivedAt, FORMAT, previous, Sha256.hex(open.content()));
    }

    boolean isWhatWasWritten() {
        return Sha256.hex(content()).equals(hash);
    }

    /** What is hashed: a line {@code name:length:value} for each field, as in the consent ledger, so that anybody can make it again. */
    private String content() {
        StringBuilder lines = new StringBuilder(400 + entry.customers().size() * 37);
        line(lines, "version", format);
        line(lines, "previousHash", previousHash);
        line(lines, "source", source);
        line(lines, "sequence", sequence);
        line(lines, "id", entry.id());
        line(lines, "at", entry.at());
        line(lines, "actor", entry.actor());
        line(lines, "roles", String.join(",", entry.roles()));
        line(lines, "action", entry.action());
        line(lines, "operation", entry.operation());
        line(lines, "objectId", entry.objectId());
        line(lines, "customers", entry.customers().stream().map(UUID::toString).collect(Collectors.joining(",")));
        line(lines, "customerCount", entry.customerCount());
        line(lines, "reason", entry.reason());
        line(lines, "address", entry.address());
        line(lines, "result", entry.result());
        line(lines, "searched", entry.searched());
        line(lines, "details", entry.details());
        line(lines, "receivedAt", receivedAt);
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
