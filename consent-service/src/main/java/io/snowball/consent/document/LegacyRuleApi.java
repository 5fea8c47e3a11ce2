package io.snowball.consent.document;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of the rule about consents that were asked for inside other documents. */
final class LegacyRuleApi {
    private LegacyRuleApi() {}

    record ChangeLegacyConsentRule(
            @Schema(examples = "false", description = "Whether such consents still allow advertising") @NotNull
            Boolean countsForAdvertising,

            @Schema(
                    examples = "Заключение юриста от 01.11.2026 № 7",
                    description = "On what the operator relies; stays on record with who changed it and when")
            @NotBlank
            @Size(max = 1000)
            @Pattern(regexp = PurposeApi.NO_NUL)
            String reason) {}

    record LegacyConsentRule(
            @NotNull boolean countsForAdvertising,

            @Schema(description = "Consents from this moment on must each stand apart") @NotNull
            Instant separateSince,

            @NotNull String article,
            @NotNull Instant changedAt,
            @Nullable String reason,
            @NotNull String changedBy) {}
}
