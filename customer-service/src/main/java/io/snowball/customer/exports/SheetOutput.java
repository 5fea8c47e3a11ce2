package io.snowball.customer.exports;

import io.snowball.customer.file.CsvText;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** A table that is written row by row. A cell that a spreadsheet program would take for a formula is made harmless in each kind. */
sealed interface SheetOutput extends Closeable {
    void row(List<String> cells) throws IOException;

    static SheetOutput of(Export.Shape shape, OutputStream out) throws IOException {
        return switch (shape.format()) {
            case CSV -> new Csv(shape, out);
            case XLSX -> new Xlsx(out);
        };
    }

    final class Csv implements SheetOutput {
        private static final char MARK = '\uFEFF';

        private final Writer writer;
        private final char delimiter;

        private Csv(Export.Shape shape, OutputStream out) throws IOException {
            // An OutputStreamWriter replaces what the encoding does not have.
            this.writer = new BufferedWriter(
                    new OutputStreamWriter(out, shape.encoding().charset()));
            this.delimiter = shape.delimiter();
            if (shape.encoding() == ExportEncoding.UTF_8) {
                writer.write(MARK);
            }
        }

        @Override
        public void row(List<String> cells) throws IOException {
            writer.write(CsvText.line(delimiter, cells));
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }

    final class Xlsx implements SheetOutput {
        /** So many rows are in memory before they are written. */
        private static final int FLUSH_ROWS = 500;

        private final OutputStream out;
        private final Workbook workbook;
        private final Worksheet sheet;
        private int rows;

        private Xlsx(OutputStream out) {
            this.out = out;
            this.workbook = new Workbook(out, "Snowball", "1.0");
            this.sheet = workbook.newWorksheet("customers");
        }

        @Override
        public void row(List<String> cells) throws IOException {
            for (int i = 0; i < cells.size(); i++) {
                if (!cells.get(i).isEmpty()) {
                    // Shared texts would all be kept in memory to the end. As a text it is no formula here, but it
                    // would be one
                    // again after "save as CSV".
                    sheet.inlineString(rows, i, CsvText.harmless(cells.get(i)));
                }
            }
            rows++;
            if (rows % FLUSH_ROWS == 0) {
                sheet.flush();
            }
        }

        @Override
        public void close() throws IOException {
            workbook.finish();
            out.close();
        }
    }
}
