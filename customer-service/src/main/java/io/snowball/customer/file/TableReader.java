package io.snowball.customer.file;

import io.snowball.customer.file.SourceRecord.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records out of the rows of a table, by the names in its first row. */
public final class TableReader implements RecordReader {
    private final Table table;
    private final Columns columns;
    private final int maxColumns;
    /** For each field of the file its place in a record, or -1; null before the header is read. */
    private int @Nullable [] places;

    public TableReader(Table table, Columns columns, Limits limits) {
        this.table = table;
        this.columns = columns;
        this.maxColumns = limits.maxColumns();
    }

    @Override
    public @Nullable SourceRecord next() throws IOException, FileRefusedException {
        int[] order = places;
        if (order == null) {
            order = places(header(table, maxColumns));
            places = order;
        }
        if (!table.next()) {
            return null;
        }
        @Nullable String[] fields = new String[columns.names().size()];
        String broken = table.fault();
        Fault fault = broken == null ? fill(fields, order) : new Fault(null, broken);
        return new SourceRecord(table.line(), fields, null, fault);
    }

    /** The names in the first row, as they are. */
    static List<String> header(Table table, int maxColumns) throws IOException, FileRefusedException {
        if (!table.next()) {
            throw new FileRefusedException("The file is empty: its first line must have the column names");
        }
        if (table.fault() != null) {
            throw new FileRefusedException("The first line can't be read as column names: " + table.fault());
        }
        if (table.width() > maxColumns) {
            throw new FileRefusedException(
                    "The file has more than " + maxColumns + " columns: leave out what is not needed");
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < table.width(); i++) {
            names.add(table.text(i).strip());
        }
        return names;
    }

    private int[] places(List<String> header) throws FileRefusedException {
        int[] order = new int[header.size()];
        List<String> missing = new ArrayList<>(columns.required());
        boolean[] seen = new boolean[columns.names().size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = columns.placeOf(header.get(i));
            if (order[i] >= 0) {
                String name = columns.names().get(order[i]);
                if (seen[order[i]]) {
                    throw new FileRefusedException("The column " + name + " comes twice");
                }
                seen[order[i]] = true;
                missing.remove(name);
            }
        }
        if (!missing.isEmpty()) {
            throw new FileRefusedException("The first line lacks these column names: " + String.join(", ", missing)
                    + ". Is the delimiter right? A preview shows how the file is read");
        }
        return order;
    }

    private @Nullable Fault fill(@Nullable String[] fields, int[] order) {
        int width = table.width();
        Fault found = width == order.length
                ? null
                : new Fault(null, "the line has " + width + " fields, the header has " + order.length);
        for (int i = 0; i < Math.min(width, order.length); i++) {
            if (order[i] >= 0) {
                String text = table.text(i);
                // What was no text has become U+FFFD; one that was in the file already tells of a wrong conversion
                // before.
                if (text.indexOf('\uFFFD') >= 0) {
                    found = new Fault(columns.names().get(order[i]), "is not UTF-8: save the file in UTF-8");
                } else if (!text.isEmpty()) {
                    fields[order[i]] = text;
                }
            }
        }
        return found;
    }
}
