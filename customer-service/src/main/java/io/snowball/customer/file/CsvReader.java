package io.snowball.customer.file;

import io.snowball.customer.file.SourceRecord.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * CSV after RFC 4180, in UTF-8, with a header. Written for hostile files: a parser library gives up at the first byte that is not
 * UTF-8 and lets a forgotten quotation mark swallow the rest of the file. Works on bytes, and makes texts of known columns only.
 */
public final class CsvReader implements RecordReader {
    private static final byte QUOTE = '"';
    private static final int MORE = -1;
    /** A quoted text may have line breaks; one with more than this is a forgotten quotation mark. */
    private static final int MAX_BREAKS = 20;

    private final Columns columns;
    private final Window window;
    private final Limits limits;
    private final byte delimiter;
    private final int[] from;
    private final int[] to;
    private final boolean[] escaped;
    private int count;
    private boolean quoted;
    private int openQuote;
    private @Nullable String fault;
    private long line = 1;
    /** For each field of the file its place in a record, or -1; null before the header is read. */
    private int @Nullable [] places;

    public CsvReader(InputStream in, Columns columns, char delimiter, Limits limits) {
        this.columns = columns;
        this.window = new Window(in, limits.maxLine());
        this.limits = limits;
        this.delimiter = (byte) delimiter;
        this.from = new int[limits.maxColumns()];
        this.to = new int[limits.maxColumns()];
        this.escaped = new boolean[limits.maxColumns()];
    }

    @Override
    public @Nullable SourceRecord next() throws IOException, FileRefusedException {
        if (places == null) {
            window.skipByteOrderMark();
            places = header();
        }
        return record(places);
    }

    private @Nullable SourceRecord record(int[] order) throws IOException {
        while (!atEnd()) {
            int behind = scan();
            long first = line;
            if (behind == MORE) {
                if (!window.readOn()) {
                    return tooLong();
                }
            } else if (isBlank()) {
                pass(behind);
            } else {
                @Nullable String[] fields = new String[columns.names().size()];
                Fault found = fault == null ? fill(fields, order) : new Fault(null, fault);
                pass(behind);
                return new SourceRecord(first, fields, null, found);
            }
        }
        return null;
    }

    private int[] header() throws IOException, FileRefusedException {
        while (!atEnd()) {
            int behind = scan();
            if (behind == MORE) {
                if (!window.readOn()) {
                    throw new FileRefusedException(
                            "The first line is too long to be a header: put the column names there");
                }
            } else if (isBlank()) {
                pass(behind);
            } else {
                int[] order = places();
                pass(behind);
                return order;
            }
        }
        throw new FileRefusedException("The file is empty: its first line must have the column names");
    }

    private int[] places() throws FileRefusedException {
        if (count > limits.maxColumns()) {
            throw new FileRefusedException(
                    "The file has more than " + limits.maxColumns() + " columns: leave out what is not needed");
        }
        int[] order = new int[count];
        List<String> missing = new ArrayList<>(columns.required());
        boolean[] seen = new boolean[columns.names().size()];
        for (int i = 0; i < count; i++) {
            String name = text(i).strip().toLowerCase(Locale.ROOT);
            order[i] = columns.indexOf(name);
            if (order[i] >= 0 && seen[order[i]]) {
                throw new FileRefusedException("The column " + name + " comes twice");
            }
            if (order[i] >= 0) {
                seen[order[i]] = true;
            }
            missing.remove(name);
        }
        if (!missing.isEmpty()) {
            throw new FileRefusedException("The first line lacks these column names: " + String.join(", ", missing)
                    + ". Is the delimiter right?");
        }
        return order;
    }

    private @Nullable Fault fill(@Nullable String[] fields, int[] order) {
        Fault found = count == order.length
                ? null
                : new Fault(null, "the line has " + count + " fields, the header has " + order.length);
        for (int i = 0; i < Math.min(count, order.length); i++) {
            if (order[i] >= 0 && from[i] < to[i]) {
                String text = text(i);
                // What was not UTF-8 has become U+FFFD; one that was in the file already tells of a wrong conversion
                // before.
                if (text.indexOf('\uFFFD') >= 0) {
                    found = new Fault(columns.names().get(order[i]), "is not UTF-8: save the file in UTF-8");
                } else {
                    fields[order[i]] = text;
                }
            }
        }
        return found;
    }

    private String text(int field) {
        String text = new String(window.bytes, from[field], to[field] - from[field], StandardCharsets.UTF_8);
        return escaped[field] ? text.replace("\"\"", "\"") : text;
    }

    /** Finds the fields of the record at the window's start; returns the place behind it, or MORE. */
    private int scan() {
        count = 0;
        quoted = false;
        openQuote = -1;
        fault = null;
        byte[] bytes = window.bytes;
        int end = window.end;
        int i = window.start;
        while (true) {
            if (i < end && bytes[i] == QUOTE) {
                quoted = true;
                int closing = closing(i + 1);
                if (closing < 0 || fault != null) {
                    return closing;
                }
                i = closing + 1;
                if (i >= end && !window.complete) {
                    return MORE;
                }
                boolean carriageReturn = i < end && bytes[i] == '\r';
                if (carriageReturn && i + 1 >= end && !window.complete) {
                    return MORE;
                }
                i = carriageReturn ? i + 1 : i;
                if (i < end && bytes[i] != delimiter && bytes[i] != '\n') {
                    fault = "there is text behind a closing quotation mark: double the marks that belong to the text";
                    return window.behindBreak(i);
                }
            } else {
                int begin = i;
                while (i < end && bytes[i] != delimiter && bytes[i] != '\n') {
                    i++;
                }
                if (i >= end && !window.complete) {
                    return MORE;
                }
                boolean carriageReturn = i > begin && bytes[i - 1] == '\r' && (i >= end || bytes[i] == '\n');
                add(begin, carriageReturn ? i - 1 : i, false);
            }
            if (i >= end) {
                return end;
            }
            if (bytes[i++] == '\n') {
                return i;
            }
        }
    }

    /** Adds the quoted field that begins here; returns the place of its closing mark, or what scan is to return. */
    private int closing(int begin) {
        byte[] bytes = window.bytes;
        boolean doubled = false;
        int breaks = 0;
        for (int i = begin; i < window.end; i++) {
            if (bytes[i] == QUOTE) {
                if (i + 1 >= window.end && !window.complete) {
                    return MORE;
                }
                if (i + 1 >= window.end || bytes[i + 1] != QUOTE) {
                    add(begin, i, doubled);
                    return i;
                }
                doubled = true;
                i++;
            } else if (bytes[i] == '\n' && ++breaks > MAX_BREAKS) {
                return unclosed(begin);
            }
        }
        openQuote = begin;
        return window.complete ? unclosed(begin) : MORE;
    }

    /** Only the line with the mark is lost: reading goes on behind it. */
    private int unclosed(int begin) {
        fault = "a quotation mark is not closed";
        return window.behindBreak(begin);
    }

    private void add(int begin, int finish, boolean doubled) {
        if (count < from.length) {
            from[count] = begin;
            to[count] = finish;
            escaped[count] = doubled;
        }
        count++;
    }

    private boolean isBlank() {
        return count == 1 && !quoted && fault == null && from[0] == to[0];
    }

    private void pass(int behind) {
        line += quoted ? Math.max(1, window.breaksUpTo(behind)) : 1;
        window.start = behind;
    }

    private boolean atEnd() throws IOException {
        if (window.isEmpty() && !window.complete) {
            window.readOn();
        }
        return window.isEmpty();
    }

    private SourceRecord tooLong() throws IOException {
        long first = line;
        int behind = openQuote < 0 ? -1 : window.behindBreak(openQuote);
        if (behind < 0) {
            window.skipLine();
            line++;
        } else {
            pass(behind);
        }
        return new SourceRecord(
                first,
                new String[columns.names().size()],
                null,
                new Fault(null, "the line is longer than " + limits.maxLine() + " bytes"));
    }
}
