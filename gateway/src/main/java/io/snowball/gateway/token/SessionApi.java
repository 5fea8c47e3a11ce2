package io.snowball.gateway.token;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What signing in takes and gives. */
final class SessionApi {
    private static final int LENGTH_MAX = 200;

    private SessionApi() {}

    record CreateSession(
            @Schema(examples = "m.petrova") @NotNull @Size(min = 1, max = LENGTH_MAX)
            String login,

            @Schema(examples = "four quiet snowy owls") @NotNull @Size(min = 1, max = LENGTH_MAX)
            String password) {}

    record SessionView(
            @Schema(description = "Send it with every request: Authorization: Bearer …") @NotNull
            String accessToken,

            @Schema(examples = "Bearer") @NotNull String tokenType,

            @Schema(examples = "28800", description = "Seconds") @NotNull
            long expiresIn,

            @Schema(examples = "[\"marketer\"]") @NotNull Set<String> roles) {}

    record CurrentSessionView(
            @Schema(examples = "01980d2c-4a3e-7c52-9d0a-5b1f3f0c9a11") @NotNull
            String userId,

            @Schema(examples = "m.petrova") @NotNull String login,

            @Schema(examples = "[\"marketer\"]") @NotNull Set<String> roles) {}
}
