package io.snowball.gateway.token;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What signing in takes and gives. */
final class SessionApi {
    private static final int LENGTH_MAX = 200;

    private SessionApi() {}

    record CreateSession(
            @Schema(examples = "m.petrova") @NotNull @Size(min = 1, max = LENGTH_MAX)
            String login,

            @Schema(examples = "four quiet snowy owls") @NotNull @Size(min = 1, max = LENGTH_MAX)
            String password,

            @Schema(
                    examples = "755224",
                    description = "Where you have a second factor: what the app shows, or a recovery code")
            @Size(max = SecondFactorApi.CODE_LENGTH_MAX)
            @Nullable
            String code) {}

    record SessionView(
            @Schema(description = "Send it with every request: Authorization: Bearer …") @NotNull
            String accessToken,

            @Schema(examples = "Bearer") @NotNull String tokenType,

            @Schema(examples = "28800", description = "Seconds") @NotNull
            long expiresIn,

            @Schema(examples = "[\"marketer\"]") @NotNull Set<String> roles,

            @Schema(
                    description =
                            "True where your role needs a second factor that you have not set up yet: until then the token is good for that only")
            @Nullable
            Boolean secondFactorDue) {}

    record CurrentSessionView(
            @Schema(examples = "01980d2c-4a3e-7c52-9d0a-5b1f3f0c9a11") @NotNull
            String userId,

            @Schema(examples = "m.petrova") @NotNull String login,

            @Schema(examples = "[\"marketer\"]") @NotNull Set<String> roles,

            @Schema(description = "True where a second factor must be set up before anything else") @Nullable
            Boolean secondFactorDue) {}
}
