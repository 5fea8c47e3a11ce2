package io.snowball.platform.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.snowball.platform.problem.ProblemException;
import io.snowball.platform.time.TimeBounds;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a list goes on: the sort key of the last item shown. Opaque to the caller (base64url of a small JSON), bound to the
 * filters it was made for: used with others it is refused instead of skipping or repeating items.
 */
public final class Cursor {
    private static final int VERSION = 1;
    private static final JsonMapper JSON = new JsonMapper();

    private Cursor() {}

    /** @param query everything but limit and cursor that shaped the list, in a fixed order */
    public static String encode(List<String> key, Object... query) {
        try {
            byte[] json = JSON.writeValueAsBytes(new Content(VERSION, key, Objects.hash(query)));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A list of strings is always JSON", impossible);
        }
    }

    /** @return the sort key to go on after, or null for the first page */
    public static @Nullable List<String> decode(@Nullable String cursor, int keySize, Object... query) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        @Nullable Content content;
        try {
            byte[] json = Base64.getUrlDecoder().decode(cursor.getBytes(StandardCharsets.US_ASCII));
            content = JSON.readValue(json, Content.class);
        } catch (IllegalArgumentException | java.io.IOException _) {
            throw unreadable();
        }
        if (content != null && content.k() != null && content.k().stream().anyMatch(Cursor::isNoText)) {
            throw unreadable();
        }
        if (content == null
                || content.v() != VERSION
                || content.k() == null
                || content.k().size() != keySize
                || content.q() != Objects.hash(query)) {
            throw ProblemException.invalidField(
                    "cursor",
                    "foreign-cursor",
                    "The cursor belongs to a list with other filters: start again without it");
        }
        return content.k();
    }

    // Nothing signs a cursor, so its parts are read as carefully as any input.

    public static UUID asUuid(String part) {
        return read(part, UUID::fromString);
    }

    public static Instant asInstant(String part) {
        return read(part, text -> TimeBounds.check(Instant.parse(text)));
    }

    public static int asInt(String part) {
        return read(part, Integer::valueOf);
    }

    public static long asLong(String part) {
        return read(part, Long::valueOf);
    }

    private static <T> T read(String part, Function<String, T> reader) {
        try {
            return reader.apply(part);
        } catch (IllegalArgumentException | DateTimeException _) {
            throw unreadable();
        }
    }

    private static boolean isNoText(@Nullable String part) {
        return part == null || part.indexOf('\0') >= 0;
    }

    private static ProblemException unreadable() {
        return ProblemException.invalidField(
                "cursor", "unreadable-cursor", "Pass nextCursor of the previous page as it was");
    }

    @RegisterForReflection
    record Content(int v, @Nullable List<String> k, int q) {}
}
