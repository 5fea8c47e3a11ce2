package io.snowball.customer.profile;

import io.snowball.platform.page.Keyset;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Who changed what, on the wire. */
final class CustomerChangeApi {
    private CustomerChangeApi() {}

    @Schema(name = "CustomerChangePage")
    record CustomerChangePage(
            @NotNull List<CustomerChangeView> items,
            @Nullable String nextCursor) {
        static CustomerChangePage of(Keyset<Changes.Stored> page, Masking masking) {
            return new CustomerChangePage(
                    page.map(change -> CustomerChangeView.of(change, masking)).items(), page.nextCursor());
        }
    }

    @Schema(name = "CustomerChangeView")
    record CustomerChangeView(
            @NotNull UUID id,
            @NotNull Instant changedAt,

            @Schema(description = "The user's id, or import, or rule where a visitor turned out to be the customer")
            @NotNull
            String changedBy,

            @Schema(examples = "lastName") @NotNull String field,

            @Schema(description = "Absent where nothing was known") @Nullable
            String oldValue,

            @Schema(description = "Absent where it was forgotten") @Nullable
            String newValue) {
        static CustomerChangeView of(Changes.Stored change, Masking masking) {
            return new CustomerChangeView(
                    change.id(),
                    change.changedAt(),
                    change.changedBy(),
                    change.field(),
                    masking.change(change.field(), change.oldValue()),
                    masking.change(change.field(), change.newValue()));
        }
    }
}
