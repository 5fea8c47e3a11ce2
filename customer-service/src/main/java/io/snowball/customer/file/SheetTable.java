package io.snowball.customer.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The first sheet of an XLSX workbook, row by row. Our own, because what the libraries read is as large in memory as the file
 * wants it to be; this one holds a row, and what {@link Workbook} allows.
 */
public final class SheetTable implements Table, Closeable {
    private final Workbook workbook;
    private final XMLStreamReader xml;
    private final int maxColumns;
    private List<String> row = List.of();
    private @Nullable String fault;
    private int headerWidth;
    private int width;
    private long line;

    public SheetTable(Path file, RecordReader.Limits limits) throws IOException, FileRefusedException {
        this.maxColumns = limits.maxColumns();
        this.workbook = new Workbook(file);
        try {
            this.xml = workbook.rows();
        } catch (IOException | FileRefusedException failed) {
            workbook.close();
            throw failed;
        }
    }

    @Override
    public boolean next() throws FileRefusedException {
        try {
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("row")) {
                    readRow();
                    if (width > 0 || fault != null) {
                        headerWidth = headerWidth == 0 ? width : headerWidth;
                        return true;
                    }
                }
            }
            return false;
        } catch (XMLStreamException broken) {
            throw Workbook.refused(broken);
        }
    }

    @Override
    public long line() {
        return line;
    }

    /** Empty cells at the end of a row are not in the file. */
    @Override
    public int width() {
        return Math.max(headerWidth, width);
    }

    @Override
    public String text(int field) {
        return field < row.size() ? row.get(field) : "";
    }

    @Override
    public @Nullable String fault() {
        return fault;
    }

    private void readRow() throws XMLStreamException, FileRefusedException {
        int number = Workbook.number(xml, "r");
        line = number > 0 ? number : line + 1;
        row = new ArrayList<>();
        fault = null;
        width = 0;
        int column = -1;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("row")) {
                return;
            }
            if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("c")) {
                int named = SheetCell.column(Workbook.attribute(xml, "r"));
                column = named < 0 ? column + 1 : named;
                String text = cell();
                if (!text.isEmpty()) {
                    put(column, text);
                }
            }
        }
    }

    private void put(int column, String text) {
        width = Math.max(width, column + 1);
        if (column >= maxColumns) {
            return;
        }
        while (row.size() <= column) {
            row.add("");
        }
        row.set(column, text);
    }

    private String cell() throws XMLStreamException, FileRefusedException {
        String type = Workbook.attribute(xml, "t");
        int style = Workbook.number(xml, "s");
        String text = SheetCell.textWithin(xml, "c", "v", "t");
        if (text == null && !type.equals("str")) {
            // Left out, it would pass for an empty cell.
            fault = "a cell has a formula without its value: open the workbook in a spreadsheet program and save it";
        }
        if (text == null || text.isEmpty()) {
            return "";
        }
        String meant = switch (type) {
            case "s" -> shared(SheetCell.wholeNumber(text));
            case "str", "inlineStr", "d" -> text;
            case "b" -> text.equals("1") ? "true" : "false";
            case "e" -> null;
            default ->
                style >= 0 && workbook.dateStyles.get(style)
                        ? SheetCell.date(text, workbook.from1904())
                        : SheetCell.number(text);
        };
        if (meant == null) {
            fault = "a cell has no value that can be read, such as #REF! or a day before 1900";
            return "";
        }
        return meant;
    }

    private @Nullable String shared(int place) {
        return place >= 0 && place < workbook.sharedTexts.size() ? workbook.sharedTexts.get(place) : null;
    }

    @Override
    public void close() throws IOException {
        workbook.close();
    }
}
