package io.snowball.consent.signature;

import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Keys on the wire, as RFC 7517 and RFC 8037 write them. */
final class SigningKeyApi {
    private SigningKeyApi() {}

    record ConsentKeys(@NotNull List<ConsentJwk> keys) {}

    record ConsentJwk(
            @Schema(examples = "OKP") @NotNull String kty,
            @Schema(examples = "Ed25519") @NotNull String crv,

            @Schema(description = "RFC 7638 thumbprint; the header of what was signed names it") @NotNull
            String kid,

            @Schema(examples = "EdDSA") @NotNull String alg,
            @Schema(examples = "sig") @NotNull String use,

            @Schema(examples = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo") @NotNull
            String x,

            @Schema(description = "Absent for a key that has sealed nothing yet") @Nullable
            Instant firstUsedAt) {

        static ConsentJwk of(SigningKeys.Known key) {
            return new ConsentJwk(
                    "OKP", "Ed25519", key.kid(), "EdDSA", "sig", Signer.base64(key.raw()), key.firstUsedAt());
        }
    }
}
