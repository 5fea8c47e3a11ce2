package io.snowball.gateway.login;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.snowball.platform.page.Keyset;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the admin's endpoints take and give. */
final class UserApi {
    private static final String ROLE = "admin|marketer|analyst|sales|dpo|partner";
    private static final String ROLE_SENTENCE = "must be one of admin, marketer, analyst, sales, dpo, partner";
    private static final String PASSWORD =
            "10 to 200 characters; without the login in it, and not one of the passwords that everybody tries first";

    private UserApi() {}

    @RegisterForReflection
    record CreateUser(
            @Schema(examples = "m.petrova", description = "Small letters, digits and . _ @ -; letters are made small")
            @NotNull
            @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9._@-]{1,63}", message = "has 2 to 64 letters, digits and . _ @ -")
            String login,

            @Schema(examples = "four quiet snowy owls", description = PASSWORD) @NotNull
            String password,

            @Schema(examples = "[\"marketer\"]") @NotEmpty
            Set<@NotNull @Pattern(regexp = ROLE, message = ROLE_SENTENCE) String> roles) {}

    @Schema(description = "What is absent stays as it is")
    record UpdateUser(
            @Schema(examples = "[\"marketer\", \"analyst\"]") @Nullable @Size(min = 1)
            Set<@NotNull @Pattern(regexp = ROLE, message = ROLE_SENTENCE) String> roles,

            @Schema(description = "A disabled user can't sign in, and tokens stop working within a minute") @Nullable
            Boolean disabled,

            @Schema(examples = "four quiet snowy owls", description = PASSWORD + ". Tokens of before stop working")
            @Nullable
            String password) {}

    @RegisterForReflection
    record UserView(
            @NotNull UUID id,
            @Schema(examples = "m.petrova") @NotNull String login,

            @Schema(examples = "[\"marketer\"]") @NotNull Set<String> roles,

            @NotNull boolean disabled,

            @Schema(description = "Signing in asks for a code too") @NotNull
            boolean secondFactor,

            @Schema(examples = "2026-11-21T09:30:00Z") @NotNull
            Instant createdAt,

            @Schema(examples = "2026-11-21T09:30:00Z") @NotNull
            Instant changedAt) {
        static UserView of(User user) {
            return new UserView(
                    user.id(),
                    user.login(),
                    user.roles(),
                    user.disabled(),
                    user.secondFactor(),
                    user.createdAt(),
                    user.changedAt());
        }
    }

    record UserPage(
            @NotNull List<UserView> items,

            @Schema(description = "Absent on the last page") @Nullable
            String nextCursor) {
        static UserPage of(Keyset<User> page) {
            return new UserPage(page.items().stream().map(UserView::of).toList(), page.nextCursor());
        }
    }
}
