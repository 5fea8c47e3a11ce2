package io.snowball.customer.imports;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;

/** Times as files have them: with an offset, or by the clock of whoever wrote the file. */
final class FileTime {
    private static final int DAY_ALONE = "2026-11-20".length();
    private static final String FORM = "0000-00-00T00:00:00";
    private static final int SECONDS_END = FORM.length();

    private FileTime() {}

    /** @throws IllegalArgumentException with a sentence for the user */
    static @Nullable Instant parse(@Nullable String text, ZoneId zone) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String time = text.strip();
        Instant plain = plain(time);
        if (plain != null) {
            return plain;
        }
        try {
            if (time.length() == DAY_ALONE) {
                return LocalDate.parse(time).atStartOfDay(zone).toInstant();
            }
            String iso = time.replace(' ', 'T');
            TemporalAccessor parsed =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(iso, OffsetDateTime::from, LocalDateTime::from);
            return parsed instanceof OffsetDateTime exact
                    ? exact.toInstant()
                    : LocalDateTime.from(parsed).atZone(zone).toInstant();
        } catch (DateTimeException _) {
            // The message of the cause would repeat the value.
            throw new IllegalArgumentException("must be a time such as 2026-11-20T18:30:00+03:00");
        }
    }

    /**
     * The form that nearly all files have, 2026-11-20T18:30:00Z with or without a fraction: a formatter makes a map of fields for
     * each, which showed in the profile of an import. Null where it is another form, or no time at all.
     */
    private static @Nullable Instant plain(String time) {
        int end = time.length() - 1;
        if (end < SECONDS_END || end == SECONDS_END + 1 || end > SECONDS_END + 10 || time.charAt(end) != 'Z') {
            return null;
        }
        for (int i = 0; i < end; i++) {
            char form = i < SECONDS_END ? FORM.charAt(i) : i == SECONDS_END ? '.' : '0';
            char c = time.charAt(i);
            if (form == '0' ? c < '0' || c > '9' : c != form && !(form == 'T' && c == ' ')) {
                return null;
            }
        }
        int nanos = 0;
        for (int i = SECONDS_END + 1; i < SECONDS_END + 10; i++) {
            nanos = 10 * nanos + (i < end ? time.charAt(i) - '0' : 0);
        }
        try {
            return LocalDateTime.of(
                            digits(time, 0, 4),
                            digits(time, 5, 7),
                            digits(time, 8, 10),
                            digits(time, 11, 13),
                            digits(time, 14, 16),
                            digits(time, 17, SECONDS_END),
                            nanos)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException _) {
            return null;
        }
    }

    private static int digits(String time, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = 10 * number + time.charAt(i) - '0';
        }
        return number;
    }
}
