package io.snowball.customer.imports;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.List;
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

            @Schema(examples = ";", description = "Of CSV: comma, semicolon, tab or vertical bar; a comma, if left out")
            @Pattern(regexp = "[,;\t|]", message = "must be a comma, a semicolon, a tab or a vertical bar")
            @Nullable
            String delimiter) {}

    @Schema(
            name = "ImportView",
            description =
                    "How far the import is. The counts are of the latest run; an order is one record, however many lines it has.")
    record ImportView(
            @NotNull UUID id,
            @NotNull ImportKind kind,
            @NotNull ImportFormat format,

            @Schema(examples = ",") @NotNull String delimiter,

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
