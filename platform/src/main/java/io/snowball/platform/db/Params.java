package io.snowball.platform.db;

import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of one statement, in order. {@code Tuple.of} spreads an array that comes last over several parameters; these
 * methods never do.
 */
public final class Params {
    private final Tuple tuple = Tuple.tuple();

    private Params() {}

    public static Tuple of(@Nullable Object... values) {
        Params params = new Params();
        for (Object value : values) {
            params.add(value);
        }
        return params.tuple;
    }

    private void add(@Nullable Object value) {
        tuple.addValue(value);
    }

    /** One array parameter for {@code unnest} or {@code any}, a column of the given rows. */
    public static <R> UUID[] uuids(Collection<R> rows, Function<R, @Nullable UUID> column) {
        return rows.stream().map(column).toArray(UUID[]::new);
    }

    public static <R> String[] texts(Collection<R> rows, Function<R, @Nullable String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    public static <R> Long[] longs(Collection<R> rows, Function<R, @Nullable Long> column) {
        return rows.stream().map(column).toArray(Long[]::new);
    }

    public static <R> Integer[] integers(Collection<R> rows, Function<R, @Nullable Integer> column) {
        return rows.stream().map(column).toArray(Integer[]::new);
    }
}
