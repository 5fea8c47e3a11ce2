package io.snowball.customer.imports;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;

/** Times as files have them: with an offset, or by the clock of whoever wrote the file. */
final class FileTime {
    private static final int DAY_ALONE = "2026-11-20".length();

    private FileTime() {}

    /** @throws IllegalArgumentException with a sentence for the user */
    static @Nullable Instant parse(@Nullable String text, ZoneId zone) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String time = text.strip();
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
}
