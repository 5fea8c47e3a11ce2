package io.snowball.consent.receipt;

import io.snowball.consent.document.PurposeApi;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of receipts. */
final class ReceiptApi {
    private ReceiptApi() {}

    enum ReceiptFormat {
        ISO_27560,
        KANTARA_1_1
    }

    record ConsentReceipt(
            @NotNull UUID recordId,
            @Schema(examples = "ISO_27560") @NotNull ReceiptFormat format,

            @Schema(description = "In the words of the standard") @NotNull
            Map<String, Object> receipt,

            @Schema(
                    description =
                            "The same, signed as a compact JWS (EdDSA): give the person this; consent-keys checks it")
            @NotNull
            String jws) {}

    record VerifyReceipt(
            @Schema(
                    examples = "eyJhbGciOiJFUzI1NiJ9.eyJqdGkiOiJ4In0.c2ln",
                    description = "A compact JWS, as a receipt carries it")
            @NotNull
            @Size(max = 100_000)
            @Pattern(regexp = PurposeApi.NO_NUL)
            String jws) {}

    record ReceiptVerification(
            @Schema(description = "Whether we signed it and nothing was changed since") @NotNull
            boolean valid,

            @Schema(description = "Whether the record that it tells of is in the ledger and says the same") @NotNull
            boolean inLedger,

            @Schema(description = "What was signed; only where it is valid") @Nullable
            Map<String, Object> receipt) {}
}
