package io.snowball.customer.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * CSV after RFC 4180. Written for hostile files: a parser library gives up at the first byte that is no text and lets a forgotten
 * quotation mark swallow the rest of the file. Works on bytes, and makes texts only of the fields that are asked for.
 */
public final class CsvTable implements Table {
    private static final byte QUOTE = '"';
    private static final byte[] DELIMITERS = {',', ';', '\t', '|'};
    private static final int MORE = -1;
    /** A quoted text may have line breaks; one with more than this is a forgotten quotation mark. */
    private static final int MAX_BREAKS = 20;

    private final Window window;
    private final int maxLine;
    private final int[] from;
    private final int[] to;
    private final boolean[] escaped;
    private byte delimiter;
    private boolean delimiterKnown;
    private @Nullable Charset charset;
    private boolean begun;
    private int count;
    private boolean quoted;
    private int openQuote;
    private @Nullable String fault;
    private long line = 1;
    private long nextLine = 1;

    public CsvTable(InputStream in, Dialect dialect, RecordReader.Limits limits) {
        this.window = new Window(in, limits.maxLine());
        this.maxLine = limits.maxLine();
        this.delimiterKnown = dialect.delimiter() != null;
        this.delimiter = dialect.delimiter() == null
                ? DELIMITERS[0]
                : (byte) dialect.delimiter().charValue();
        this.charset = dialect.charset();
        this.from = new int[limits.maxColumns()];
        this.to = new int[limits.maxColumns()];
        this.escaped = new boolean[limits.maxColumns()];
    }

    @Override
    public boolean next() throws IOException, FileRefusedException {
        if (!begun) {
            begin();
        }
        while (!atEnd()) {
            int behind = delimiterKnown ? scan() : scanFirst();
            line = nextLine;
            if (behind == MORE) {
                if (!window.readOn()) {
                    passTooLong();
                    return true;
                }
            } else {
                boolean blank = isBlank();
                // The bytes of the fields stay where they are until the window is asked to read on.
                pass(behind);
                if (!blank) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public int width() {
        return count;
    }

    @Override
    public String text(int field) {
        String text = decoded(from[field], to[field]);
        return escaped[field] ? text.replace("\"\"", "\"") : text;
    }

    @Override
    public @Nullable String fault() {
        return fault;
    }

    public char delimiter() {
        return (char) delimiter;
    }

    /** As far as it is known by now: a file may begin with thousands of lines in ASCII. */
    public Charset charset() {
        return charset == null ? UTF_8 : charset;
    }

    private void begin() throws IOException, FileRefusedException {
        begun = true;
        if (window.skipByteOrderMark()) {
            charset = UTF_8;
        } else if (window.startsWith('P', 'K', 3, 4)) {
            throw new FileRefusedException("This is an Excel file or an archive, not CSV: announce the format XLSX");
        } else if (window.startsWith(0xff, 0xfe) || window.startsWith(0xfe, 0xff)) {
            throw new FileRefusedException("The file is in UTF-16: save it as CSV in UTF-8");
        }
    }

    /** The delimiter is the one that cuts the first row into the most fields. */
    private int scanFirst() {
        int behind = scan();
        if (behind == MORE || isBlank()) {
            return behind;
        }
        byte best = delimiter;
        int most = 0;
        for (byte candidate : DELIMITERS) {
            delimiter = candidate;
            if (scan() != MORE && fault == null && count > most) {
                best = candidate;
                most = count;
            }
        }
        delimiter = best;
        delimiterKnown = true;
        return scan();
    }

    private String decoded(int begin, int finish) {
        Charset known = charset();
        String text = new String(window.bytes, begin, finish - begin, known);
        if (charset == null && text.indexOf('\uFFFD') >= 0) {
            charset = guess();
            return new String(window.bytes, begin, finish - begin, charset);
        }
        return text;
    }

    /**
     * By all that is in memory: Russian in windows-1251 is hardly ever valid as UTF-8, and a file in UTF-8 with a broken byte has
     * more letters that are.
     */
    private Charset guess() {
        String text = new String(window.bytes, 0, window.end, UTF_8);
        long broken = text.chars().filter(c -> c == '\uFFFD').count();
        long whole = text.chars().filter(c -> c >= 0x80).count() - broken;
        return broken > whole ? Dialect.WINDOWS_1251 : UTF_8;
    }

    /** Finds the fields of the row at the window's start; returns the place behind it, or MORE. */
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
        nextLine += quoted ? Math.max(1, window.breaksUpTo(behind)) : 1;
        window.start = behind;
    }

    private boolean atEnd() throws IOException {
        if (window.isEmpty() && !window.complete) {
            window.readOn();
        }
        return window.isEmpty();
    }

    private void passTooLong() throws IOException {
        int behind = openQuote < 0 ? MORE : window.behindBreak(openQuote);
        if (behind == MORE) {
            window.skipLine();
            nextLine++;
        } else {
            pass(behind);
        }
        count = 0;
        fault = "the line is longer than " + maxLine + " bytes";
    }
}
