package io.snowball.gateway.token;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The wire types of setting up a second factor. */
final class SecondFactorApi {
    static final int CODE_LENGTH_MAX = 40;

    private SecondFactorApi() {}

    record BeginSecondFactor(
            @Schema(examples = "four quiet snowy owls", description = "Once more: a token alone sets up nothing")
            @NotNull
            @Size(min = 1, max = 200)
            String password) {}

    record ProveSecondFactor(
            @Schema(examples = "four quiet snowy owls", description = "Once more: a token alone replaces nothing")
            @NotNull
            @Size(min = 1, max = 200)
            String password,

            @Schema(examples = "755224", description = "What the app of now shows, or a recovery code; used up by it")
            @NotNull
            @Size(min = 1, max = CODE_LENGTH_MAX)
            String code) {}

    record SecondFactorBegun(
            @Schema(
                    examples = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
                    description = "Shown this once; to type into the app")
            @NotNull
            String secret,

            @Schema(
                    examples =
                            "otpauth://totp/Snowball:m.petrova?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Snowball",
                    description = "The same for a QR code; draw it where nobody else gets it")
            @NotNull
            String uri) {}

    record ConfirmSecondFactor(
            @Schema(examples = "755224", description = "What the app shows") @NotNull @Size(max = CODE_LENGTH_MAX)
            String code) {}

    record SecondFactorConfirmed(
            @Schema(
                    examples = "[\"gezd-gnbv-gy3t-qojq\"]",
                    description = "Each signs in once in place of a code; shown this once: print them")
            @NotNull
            List<String> recoveryCodes) {}
}
