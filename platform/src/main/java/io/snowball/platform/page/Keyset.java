package io.snowball.platform.page;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list: the query asks for one row more than the limit, and that row only tells whether there is a next page.
 * A resource maps it to its own page record, so that each list has a schema of its own in the contract.
 */
public record Keyset<T>(List<T> items, @Nullable String nextCursor) {
    public static final int MAX_LIMIT = 200;

    public static <T> Keyset<T> of(List<T> rows, int limit, Function<T, List<String>> key, Object... query) {
        if (rows.size() <= limit) {
            return new Keyset<>(List.copyOf(rows), null);
        }
        List<T> items = List.copyOf(rows.subList(0, limit));
        return new Keyset<>(items, Cursor.encode(key.apply(items.getLast()), query));
    }

    public <R> Keyset<R> map(Function<T, R> view) {
        return new Keyset<>(items.stream().map(view).toList(), nextCursor);
    }
}
