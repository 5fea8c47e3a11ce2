package io.snowball.customer.erasure;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A person's data on the wire. */
final class PersonalDataApi {
    private PersonalDataApi() {}

    @Schema(name = "PersonalData", description = "Everything that is stored of one person, category by category")
    record PersonalDataView(
            @Schema(
                    description =
                            "Under which the person is stored: another id than asked for, where the two were merged")
            @NotNull
            UUID customerId,

            @Schema(description = "Whether anything is stored") @NotNull
            boolean found,

            @Schema(description = "Since when it is kept from lists, searches and sends") @Nullable
            Instant blockedAt,

            @Schema(description = "When it was destroyed") @Nullable
            Instant erasedAt,

            @Schema(description = "Only those with anything in them") @NotNull
            List<PersonalDataCategory> categories) {}

    @Schema(name = "CountPersonalData")
    record CountPersonalData(
            @Schema(description = "Absent: of everybody") @Size(max = 10_000) @Nullable
            List<@NotNull UUID> customerIds) {}

    @Schema(name = "PersonalDataCounts")
    record PersonalDataCounts(
            @Schema(examples = "81200", description = "People") @NotNull
            long subjects,

            @Schema(examples = "243600", description = "Their e-mail addresses, phone numbers, accounts and outside ids")
            @NotNull
            long identifiers) {}

    @Schema(name = "PersonalDataCategory")
    record PersonalDataCategory(
            @NotNull Trace category,

            @Schema(description = "As stored; at most 10,000") @NotNull
            List<Map<String, Object>> rows) {}

    @Schema(name = "ErasureView", description = "What was destroyed: counts, and nothing of the person")
    record ErasureView(
            @NotNull UUID customerId,

            @Schema(description = "All ids that the person had; the feed says customer.erased for each") @NotNull
            List<UUID> erasedIds,

            @Nullable Instant erasedAt,

            @Schema(description = "Rows by category; orders stay and are nobody's") @NotNull
            List<ErasedCategory> categories) {}

    @Schema(name = "ErasedCategory")
    record ErasedCategory(@NotNull Trace category, @NotNull int rows) {}
}
