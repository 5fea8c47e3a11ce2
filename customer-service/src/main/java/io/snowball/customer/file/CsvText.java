package io.snowball.customer.file;

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
        for (int i = 0; i < fields.length; i++) {
            if (i > 0) {
                text.append(';');
            }
            append(fields[i]);
        }
        text.append("\r\n");
    }

    private void append(@Nullable String field) {
        String safe = harmless(field == null ? "" : field);
        if (safe.indexOf(';') < 0 && safe.indexOf('"') < 0 && safe.indexOf('\n') < 0 && safe.indexOf('\r') < 0) {
            text.append(safe);
        } else {
            text.append('"').append(safe.replace("\"", "\"\"")).append('"');
        }
    }

    /** After OWASP's advice on CSV injection. */
    static String harmless(String field) {
        return !field.isEmpty() && "=+-@\t\r".indexOf(field.charAt(0)) >= 0 ? "'" + field : field;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
