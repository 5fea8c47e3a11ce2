package io.snowball.segmentation;

import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The cursor of a list that is sorted by id. */
public final class IdCursor {
    private IdCursor() {}

    /** @return the id to go on after, or null for the first page */
    public static @Nullable UUID after(@Nullable String cursor, String list) {
        List<String> key = Cursor.decode(cursor, 1, list);
        return key == null ? null : Cursor.asUuid(key.getFirst());
    }

    public static <T> Keyset<T> page(List<T> rows, int limit, Function<T, UUID> id, String list) {
        return Keyset.of(rows, limit, row -> List.of(id.apply(row).toString()), list);
    }
}
