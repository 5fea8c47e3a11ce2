package io.snowball.customer.file;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of a file.
 *
 * @param line where it begins, from 1
 * @param fields in the order of {@link Columns#names}; null where empty, absent or unreadable
 * @param lines what NDJSON had in {@code lines}, each with all fields; null for CSV, where a record is itself a line
 * @param fault why it can't be used, or null
 */
// Arrays, because a list for each of a hundred million lines is a cost that shows; they are made for one reader and not
// shared.
@SuppressWarnings("ArrayRecordComponent")
public record SourceRecord(
        long line,
        @Nullable String[] fields,
        @Nullable List<@Nullable String[]> lines,
        @Nullable Fault fault) {

    /** @param field the column, or null where it is the whole line */
    public record Fault(@Nullable String field, String reason) {}
}
