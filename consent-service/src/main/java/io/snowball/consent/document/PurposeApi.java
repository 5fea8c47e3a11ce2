package io.snowball.consent.document;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of purposes. */
public final class PurposeApi {
    /** Also part of signed links, where a bar ends it: so no bar. */
    public static final String CODE = "[a-z][a-z0-9_-]{0,49}";

    /** PostgreSQL keeps no NUL in a text. */
    public static final String NO_NUL = "[^\\x00]*";

    private PurposeApi() {}

    record CreatePurpose(
            @Schema(examples = "birthday-club", description = "Never changes; messages and consents name it")
            @NotNull
            @Pattern(regexp = CODE)
            String code,

            @Schema(examples = "Birthday club") @NotBlank @Size(max = 200) @Pattern(regexp = NO_NUL)
            String title,

            @Schema(examples = "Congratulations and presents on the customer's birthday")
            @Size(max = 2000)
            @Pattern(regexp = NO_NUL)
            @Nullable
            String description) {}

    record PurposeView(
            @Schema(examples = "marketing") @NotNull String code,

            @Schema(examples = "Marketing") @NotNull String title,

            @Nullable String description,
            @NotNull Instant createdAt) {}

    record PurposePage(
            @NotNull List<PurposeView> items, @Nullable String nextCursor) {}
}
