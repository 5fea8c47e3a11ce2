package io.snowball.customer.file;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CSV that spreadsheet programs in Russia open by a double click: semicolons, UTF-8 with its mark. A text that such a program would
 * take for a formula is made harmless by an apostrophe before it.
 */
public final class CsvText {
    private static final char MARK = '\uFEFF';

    private final StringBuilder text = new StringBuilder().append(MARK);

    public CsvText(String... header) {
        row(header);
    }

    public void row(@Nullable String... fields) {
        text.append(line(';', Arrays.asList(fields)));
    }

    /** One line with its end. */
    public static String line(char delimiter, List<? extends @Nullable String> fields) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) {
                line.append(delimiter);
            }
            String field = fields.get(i);
            String safe = harmless(field == null ? "" : field);
            if (safe.indexOf(delimiter) < 0
                    && safe.indexOf('"') < 0
                    && safe.indexOf('\n') < 0
                    && safe.indexOf('\r') < 0) {
                line.append(safe);
            } else {
                line.append('"').append(safe.replace("\"", "\"\"")).append('"');
            }
        }
        return line.append("\r\n").toString();
    }

    /** After OWASP's advice on CSV injection. */
    public static String harmless(String field) {
        return !field.isEmpty() && "=+-@\t\r".indexOf(field.charAt(0)) >= 0 ? "'" + field : field;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
