package io.snowball.consent.policy;

import io.snowball.consent.document.PurposeApi;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

final class PolicyApi {
    static final String LANGUAGE = "[a-z]{2}(-[A-Z]{2})?";

    private PolicyApi() {}

    record PublishPolicy(
            @Schema(description = "The whole text as people read it, without markup; kept to the letter")
            @NotBlank
            @Size(max = 200_000)
            @Pattern(regexp = PurposeApi.NO_NUL)
            String text,

            @Schema(
                    examples = "2026-12-01T00:00:00Z",
                    description = "Later than the version before; absent: from now on")
            @Nullable
            Instant effectiveFrom) {}

    record PolicyVersionSummary(
            @Schema(examples = "ru") @NotNull String language,
            @Schema(examples = "3") @NotNull int version,

            @Schema(description = "Of the text in UTF-8, in hexadecimal") @NotNull
            String sha256,

            @NotNull Instant effectiveFrom,
            @NotNull Instant publishedAt) {}

    record PolicyVersionList(
            @Schema(description = "Newest first, the last 200 of them") @NotNull
            List<PolicyVersionSummary> items) {}

    record PolicyVersionView(
            @Schema(examples = "ru") @NotNull String language,
            @Schema(examples = "3") @NotNull int version,

            @NotNull String text,

            @Schema(description = "Of the text in UTF-8, in hexadecimal") @NotNull
            String sha256,

            @NotNull Instant effectiveFrom,
            @NotNull Instant publishedAt) {}
}
