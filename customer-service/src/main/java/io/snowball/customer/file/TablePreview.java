package io.snowball.customer.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the beginning of a table is read.
 *
 * @param missing required columns that no heading stands for
 * @param rows what is in the first rows, by column
 */
public record TablePreview(List<Column> columns, List<String> missing, List<List<String>> rows) {
    private static final int ROWS = 20;

    /** @param column ours, or null where the file's column is passed over */
    public record Column(String heading, @Nullable String column) {}

    public static TablePreview of(Table table, Columns columns, RecordReader.Limits limits)
            throws IOException, FileRefusedException {
        List<Column> found = new ArrayList<>();
        List<String> missing = new ArrayList<>(columns.required());
        for (String heading : TableReader.header(table, limits.maxColumns())) {
            int place = columns.placeOf(heading);
            String ours = place < 0 ? null : columns.names().get(place);
            found.add(new Column(heading, ours));
            if (ours != null) {
                missing.remove(ours);
            }
        }
        List<List<String>> rows = new ArrayList<>();
        while (rows.size() < ROWS && table.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 0; i < Math.min(table.width(), found.size()); i++) {
                row.add(table.text(i));
            }
            rows.add(row);
        }
        return new TablePreview(found, missing, rows);
    }
}
