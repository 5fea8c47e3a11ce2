package io.snowball.customer.exports;

import io.snowball.customer.CleanText;
import io.snowball.customer.Codes;
import io.snowball.customer.FieldErrors;
import io.snowball.platform.access.AccessReason;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.ProblemException;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Exports on the wire. */
final class ExportApi {
    static final int MAX_IDS = 50_000;
    private static final int MAX_REASON = 81;

    private ExportApi() {}

    @Schema(
            name = "CreateExport",
            description = "Of the members of a segment, or of the customers named: one of the two")
    record CreateExport(
            @NotNull ExportFormat format,

            @Schema(examples = ";", description = "Of CSV: ; or , ; a semicolon, if left out")
            @Nullable
            @Pattern(regexp = "[;,]")
            String delimiter,

            @Schema(description = "Of CSV; UTF_8, if left out") @Nullable
            ExportEncoding encoding,

            @Schema(
                    examples = "[\"external_id\", \"first_name\", \"phone\"]",
                    description =
                            "In the order in which they are to be: id, and the columns of an import of customers: external_id, email, phone, first_name, "
                                    + "last_name, sex, birthday, time_zone, language, source, registered_at, time_zone_source, "
                                    + "children_birthdays, country, region, city, street, postal_code, utm_source, utm_medium, "
                                    + "utm_campaign, utm_term, utm_content, device_type, browser, os, social_accounts, "
                                    + "preferred_channel, attribute.<name>. A phone comes without its plus")
            @NotEmpty
            @Size(max = 100)
            List<@NotNull @Size(max = 100) String> columns,

            @Nullable UUID segmentId,

            @Schema(description = "1 to 50000; who is not known or blocked is left out")
            @Nullable
            @Size(min = 1, max = MAX_IDS)
            List<@NotNull UUID> customerIds,

            @Schema(examples = "marketing", description = "What the data are used for: a code to count by") @NotNull
            String purpose,

            @Schema(
                    examples = "ticket:CRM-17",
                    description =
                            "Why, as a code and perhaps a number: it is kept in the log for longer than anybody's data, so there are no names in it",
                    maxLength = MAX_REASON)
            @NotNull
            String reason) {
        Export.Shape shape(boolean masked) {
            return new Export.Shape(
                    format,
                    delimiter == null ? ';' : delimiter.charAt(0),
                    encoding == null ? ExportEncoding.UTF_8 : encoding,
                    columns,
                    masked);
        }

        /** @throws ProblemException with all that is wrong */
        Export.Why why() {
            FieldErrors errors = new FieldErrors();
            String code = errors.read("/purpose", () -> Codes.required(purpose));
            String text = errors.read("/reason", () -> reason(reason));
            errors.throwIfAny();
            if ((segmentId == null) == (customerIds == null)) {
                throw ProblemException.invalidField("/segmentId", "one-of-two", "Give either segmentId or customerIds");
            }
            return new Export.Why(String.valueOf(code), String.valueOf(text));
        }

        private static String reason(String text) {
            String clean = CleanText.required(text, MAX_REASON);
            if (!AccessReason.isCode(clean)) {
                throw new IllegalArgumentException(
                        "must be a code and perhaps a number, such as complaint or ticket:CRM-4711; no names or addresses");
            }
            return clean;
        }
    }

    enum ExportDecision {
        APPROVE,
        REJECT
    }

    @Schema(name = "DecideExport")
    record DecideExport(@NotNull ExportDecision decision) {}

    @Schema(name = "ExportView")
    record ExportView(
            @NotNull UUID id,

            @Schema(
                    description =
                            "COLLECTING members, AWAITING_APPROVAL of a second person or REJECTED, WRITING, READY for download, FAILED or "
                                    + "DELETED: see failure")
            @NotNull
            ExportState state,

            @NotNull ExportFormat format,
            @NotNull List<String> columns,

            @Schema(description = "Whether personal data are masked in it: who asked has no right to see them") @NotNull
            boolean masked,

            @Nullable UUID segmentId,
            @NotNull String purpose,
            @NotNull String reason,

            @Schema(description = "The user's id") @NotNull String requestedBy,

            @NotNull Instant requestedAt,

            @Schema(description = "Who approved or rejected it") @Nullable
            String decidedBy,

            @Nullable Instant decidedAt,

            @Schema(description = "How many people are asked for; grows while COLLECTING") @NotNull
            int customers,

            @Schema(description = "How many are in the file: fewer, where some were blocked or erased meanwhile")
            @Nullable
            Integer rows,

            @Nullable Long bytes,
            @Nullable Instant writtenAt,

            @Schema(description = "When the file is deleted") @Nullable
            Instant expiresAt,

            @Schema(description = "Why there is no file: a sentence") @Nullable
            String failure) {
        static ExportView of(Export export) {
            return new ExportView(
                    export.id(),
                    export.state(),
                    export.shape().format(),
                    export.shape().columns(),
                    export.shape().masked(),
                    export.segmentId(),
                    export.why().purpose(),
                    export.why().reason(),
                    export.requestedBy(),
                    export.requestedAt(),
                    export.decidedBy(),
                    export.decidedAt(),
                    export.customers(),
                    export.rows(),
                    export.bytes(),
                    export.writtenAt(),
                    export.expiresAt(),
                    export.failure());
        }
    }

    @Schema(name = "ExportPage")
    record ExportPage(
            @NotNull List<ExportView> items, @Nullable String nextCursor) {
        static ExportPage of(Keyset<Export> page) {
            return new ExportPage(page.map(ExportView::of).items(), page.nextCursor());
        }
    }

    @Schema(name = "ExportAccessPage")
    record ExportAccessPage(
            @NotNull List<ExportAccessView> items, @Nullable String nextCursor) {}

    @Schema(name = "ExportAccessView", description = "Who did what with an export")
    record ExportAccessView(
            @NotNull UUID id,
            @NotNull Instant at,

            @Schema(description = "The user's id, or customer where the service did it by itself") @NotNull
            String actor,

            @NotNull ExportAction action,
            @NotNull String purpose,
            @NotNull String reason,

            @Schema(description = "How many people it was about") @NotNull
            int customers,

            @NotNull ExportResult result) {}
}
