package io.snowball.customer.imports;

import io.snowball.customer.CustomerConfig;
import io.snowball.customer.file.Columns;
import io.snowball.customer.file.CsvTable;
import io.snowball.customer.file.Dialect;
import io.snowball.customer.file.FileRefusedException;
import io.snowball.customer.file.NdjsonReader;
import io.snowball.customer.file.RecordReader;
import io.snowball.customer.file.SheetTable;
import io.snowball.customer.file.Table;
import io.snowball.customer.file.TablePreview;
import io.snowball.customer.file.TableReader;
import io.snowball.customer.imports.ImportApi.ImportPreview;
import io.snowball.customer.imports.ImportApi.ImportView;
import io.snowball.customer.profile.FileAttributes;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The content of an import, opened as what was announced. CSV and NDJSON are read as they come; a workbook, whose parts are in no
 * useful order, waits in a temporary file that nobody else can read.
 */
final class FileContent implements Closeable {
    private static final int PIECE = 64 * 1024;

    private final ImportView announced;
    private final Columns columns;
    private final CustomerConfig.Imports config;
    private final InputStream in;
    private @Nullable Path workbook;
    private @Nullable SheetTable sheet;

    /** @param declared attributes, which are columns too */
    FileContent(ImportView announced, FileAttributes declared, InputStream in, CustomerConfig.Imports config) {
        this.announced = announced;
        this.columns = announced.kind().columns(declared).mappedBy(announced.columns());
        this.in = in;
        this.config = config;
    }

    /** @throws IOException if the content stops coming */
    RecordReader records() throws IOException, FileRefusedException {
        return switch (announced.format()) {
            case CSV -> new TableReader(csv(), columns, limits());
            case XLSX -> new TableReader(sheet(), columns, limits());
            case NDJSON -> new NdjsonReader(in, columns, limits());
        };
    }

    ImportPreview preview() throws IOException, FileRefusedException {
        return switch (announced.format()) {
            case CSV -> {
                CsvTable csv = csv();
                TablePreview preview = TablePreview.of(csv, columns, limits());
                yield ImportPreview.of(preview, String.valueOf(csv.delimiter()), ImportEncoding.of(csv.charset()));
            }
            case XLSX -> ImportPreview.of(TablePreview.of(sheet(), columns, limits()), null, null);
            case NDJSON -> throw ImportProblem.WRONG_FORMAT.with("NDJSON names each field: there is nothing to map");
        };
    }

    private CsvTable csv() {
        String delimiter = announced.delimiter();
        ImportEncoding encoding = announced.encoding();
        Dialect dialect = new Dialect(
                delimiter == null ? null : delimiter.charAt(0), encoding == null ? null : encoding.charset());
        return new CsvTable(in, dialect, limits());
    }

    private Table sheet() throws IOException, FileRefusedException {
        Path file = Files.createTempFile("import-", ".xlsx");
        workbook = file;
        long left = config.maxWorkbook().asLongValue();
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] piece = new byte[PIECE];
            int read = in.read(piece);
            while (read >= 0) {
                left -= read;
                if (left < 0) {
                    throw new FileRefusedException("A workbook can have at most "
                            + config.maxWorkbook().asLongValue() + " bytes: save it as CSV, which has no limit");
                }
                out.write(piece, 0, read);
                read = in.read(piece);
            }
        }
        SheetTable table = new SheetTable(file, limits());
        sheet = table;
        return table;
    }

    private RecordReader.Limits limits() {
        return new RecordReader.Limits(Math.toIntExact(config.maxLine().asLongValue()), config.maxColumns());
    }

    @Override
    public void close() throws IOException {
        if (sheet != null) {
            sheet.close();
        }
        if (workbook != null) {
            Files.deleteIfExists(workbook);
        }
    }
}
