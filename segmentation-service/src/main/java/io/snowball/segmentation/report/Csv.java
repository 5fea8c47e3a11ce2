package io.snowball.segmentation.report;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table as RFC 4180 text, UTF-8, with a head; what is absent is an empty cell. A text that a spreadsheet would take for a formula
 * gets an apostrophe in front: product codes and names of campaigns come from outside. Numbers stay numbers.
 */
public final class Csv {
    public static final String MEDIA_TYPE = "text/csv";

    private static final String FORMULA_STARTS = "=+-@\t\r\n";
    private static final String QUOTED = ",\"\r\n";

    private Csv() {}

    /** The cells of a line; null is an empty one. */
    public static List<@Nullable Object> row(@Nullable Object... cells) {
        return Arrays.asList(cells);
    }

    public static String table(Collection<String> head, Stream<List<@Nullable Object>> rows) {
        return Stream.concat(Stream.<Collection<?>>of(head), rows)
                .map(Csv::line)
                .collect(Collectors.joining());
    }

    private static String line(Collection<?> cells) {
        return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(@Nullable Object value) {
        String text = value instanceof BigDecimal number ? number.toPlainString() : Objects.toString(value, "");
        if (value instanceof CharSequence && !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        return text.chars().anyMatch(c -> QUOTED.indexOf(c) >= 0) ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
