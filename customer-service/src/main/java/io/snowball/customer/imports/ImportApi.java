package io.snowball.customer.imports;

import io.snowball.customer.file.TablePreview;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Imports on the wire. */
final class ImportApi {
    private ImportApi() {}

    @Schema(name = "CreateImport")
    record CreateImport(
            @NotNull ImportKind kind,
            @NotNull ImportFormat format,

            @Schema(
                    examples = ";",
                    description = "Of CSV: comma, semicolon, tab or vertical bar; found out, if left out")
            @Pattern(regexp = "[,;\t|]", message = "must be a comma, a semicolon, a tab or a vertical bar")
            @Nullable
            String delimiter,

            @Schema(description = "Of CSV; found out, if left out") @Nullable
            ImportEncoding encoding,

            @Schema(
                    examples = "{\"Почта\": \"email\"}",
                    description = "Of CSV and XLSX: which column of the file is which of ours, where the names differ; "
                            + "upper and lower case are the same")
            @Size(max = 200)
            @Nullable
            Map<@Size(max = 200) String, @NotNull String> columns,

            @Schema(
                    examples = "Asia/Yekaterinburg",
                    description = "Of times in the file without an offset; Europe/Moscow, if left out")
            @Nullable
            String timeZone,

            @Schema(description = "Checks the whole file and counts what would be done, but stores nothing") @Nullable
            Boolean dryRun) {}

    @Schema(
            name = "ImportView",
            description =
                    "How far the import is. The counts are of the latest run; an order is one record, however many lines it has.")
    record ImportView(
            @NotNull UUID id,
            @NotNull ImportKind kind,
            @NotNull ImportFormat format,

            @Schema(examples = ",", description = "Absent where it is found out from the file") @Nullable
            String delimiter,

            @Schema(description = "Absent where it is found out from the file") @Nullable
            ImportEncoding encoding,

            @Schema(examples = "{\"Почта\": \"email\"}") @NotNull
            Map<String, String> columns,

            @Schema(examples = "Europe/Moscow") @NotNull String timeZone,

            @Schema(examples = "false") @NotNull boolean dryRun,

            @Schema(
                    description = "INTERRUPTED: the content stopped coming or the service died; send it again, "
                            + "what is stored already does no harm")
            @NotNull
            ImportState state,

            @Schema(examples = "6921", description = "Lines of the file that are dealt with") @NotNull
            long linesRead,

            @Schema(examples = "6919", description = "New records") @NotNull
            long accepted,

            @Schema(examples = "0", description = "Known records that were changed") @NotNull
            long updated,

            @Schema(examples = "0", description = "Records that were stored exactly so before") @NotNull
            long unchanged,

            @Schema(examples = "1", description = "Records that could not be taken: see the errors") @NotNull
            long rejected,

            @Schema(description = "Why the file as a whole could not be taken") @Nullable
            String failure,

            @NotNull Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {}

    @Schema(
            name = "ImportPreview",
            description =
                    "How the file is read. The values are those that were sent, shown to who sent them; nothing is stored")
    record ImportPreview(
            @Schema(examples = ";", description = "Of CSV") @Nullable
            String delimiter,

            @Schema(description = "Of CSV") @Nullable ImportEncoding encoding,

            @NotNull List<ImportPreviewColumn> columns,

            @Schema(
                    examples = "[\"external_id\"]",
                    description = "Required columns that no heading stands for: map them")
            @NotNull
            List<String> missing,

            @Schema(description = "The first 20 rows, by column") @NotNull
            List<List<String>> rows) {
        static ImportPreview of(TablePreview preview, @Nullable String delimiter, @Nullable ImportEncoding encoding) {
            return new ImportPreview(
                    delimiter,
                    encoding,
                    preview.columns().stream()
                            .map(column -> new ImportPreviewColumn(column.heading(), column.column()))
                            .toList(),
                    preview.missing(),
                    preview.rows());
        }
    }

    @Schema(name = "ImportPreviewColumn")
    record ImportPreviewColumn(
            @Schema(examples = "Почта", description = "As it stands in the file") @NotNull
            String heading,

            @Schema(examples = "email", description = "What it is read as; absent where it is passed over") @Nullable
            String column) {}

    @Schema(name = "ImportErrorView", description = "What was wrong on a line; the value itself is never kept")
    record ImportErrorView(
            @Schema(examples = "17", description = "From 1, the header being 1") @NotNull
            long line,

            @Schema(examples = "price", description = "The column; absent where it is the whole line") @Nullable
            String field,

            @Schema(examples = "amount is not a decimal number such as 1499.90") @NotNull
            String reason) {}

    @Schema(name = "ImportErrorPage")
    record ImportErrorPage(
            @NotNull List<ImportErrorView> items, @Nullable String nextCursor) {}
}
