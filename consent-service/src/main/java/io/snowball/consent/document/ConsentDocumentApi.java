package io.snowball.consent.document;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of consent documents. */
final class ConsentDocumentApi {
    private static final int TEXT_LENGTH_MAX = 200_000;
    private static final String SHA256_EXAMPLE = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    private ConsentDocumentApi() {}

    record CreateConsentDocument(
            @Schema(examples = "advertising-email", description = "One code may have a document in each language")
            @NotNull
            @Pattern(regexp = PurposeApi.CODE)
            String code,

            @Schema(examples = "ADVERTISING", description = "One document is for one type of consent, never for two")
            @NotNull
            ConsentType type,

            @Schema(examples = "marketing") @NotNull @Pattern(regexp = PurposeApi.CODE)
            String purpose,

            @Schema(examples = "ru") @NotNull @Pattern(regexp = "[a-z]{2}(-[A-Z]{2})?")
            String language,

            @Schema(examples = "Согласие на получение рекламы")
            @NotBlank
            @Size(max = 200)
            @Pattern(regexp = PurposeApi.NO_NUL)
            String title,

            @Schema(
                    examples =
                            "Я согласен получать рекламу ООО «Ромашка» по электронной почте. Отозвать согласие можно в любом письме.",
                    description =
                            "The whole text as people see it; kept to the letter, its SHA-256 is taken over UTF-8")
            @NotBlank
            @Size(max = TEXT_LENGTH_MAX)
            @Pattern(regexp = PurposeApi.NO_NUL)
            String text,

            @Schema(examples = "2026-11-01T00:00:00Z", description = "Absent: from now on") @Nullable
            Instant effectiveFrom,

            @Schema(
                    description =
                            "True for a text that asked for the consent inside another document, such as a contract: only with effect before 01.09.2025, to record what was given then")
            @Nullable
            Boolean legacyBundled) {

        PublishVersion version() {
            return new PublishVersion(text, effectiveFrom, legacyBundled);
        }
    }

    record PublishVersion(
            @Schema(examples = "Я согласен получать рекламу ООО «Ромашка» по электронной почте не чаще раза в неделю.")
            @NotBlank
            @Size(max = TEXT_LENGTH_MAX)
            @Pattern(regexp = PurposeApi.NO_NUL)
            String text,

            @Schema(
                    examples = "2026-12-01T00:00:00Z",
                    description = "Later than the version before; absent: from now on")
            @Nullable
            Instant effectiveFrom,

            @Schema(
                    description =
                            "True for a text that asked for the consent inside another document, such as a contract: only with effect before 01.09.2025, to record what was given then")
            @Nullable
            Boolean legacyBundled) {

        boolean isLegacy() {
            return Boolean.TRUE.equals(legacyBundled);
        }
    }

    @Schema(description = "A document without its texts")
    record ConsentDocumentSummary(
            @NotNull UUID id,
            @Schema(examples = "advertising-email") @NotNull String code,

            @NotNull ConsentType type,
            @Schema(examples = "marketing") @NotNull String purpose,

            @Schema(examples = "ru") @NotNull String language,

            @NotNull String title,
            @NotNull Instant createdAt,

            @Schema(examples = "1", description = "The version in effect; absent where the first is still to come")
            @Nullable
            Integer currentVersion) {}

    record ConsentDocumentPage(
            @NotNull List<ConsentDocumentSummary> items,
            @Nullable String nextCursor) {}

    record ConsentDocumentView(
            @NotNull ConsentDocumentSummary document,

            @Schema(description = "Newest first, the last 200 of them") @NotNull
            List<VersionSummary> versions) {}

    record VersionSummary(
            @Schema(examples = "1") @NotNull int version,

            @Schema(examples = SHA256_EXAMPLE, description = "Of the text in UTF-8, in hexadecimal") @NotNull
            String sha256,

            @NotNull Instant effectiveFrom,
            @NotNull Instant publishedAt,

            @Schema(
                    description =
                            "True where the text asked for the consent inside another document, before 01.09.2025")
            @NotNull
            boolean legacyBundled) {}

    record VersionView(
            @NotNull UUID documentId,
            @Schema(examples = "1") @NotNull int version,

            @NotNull String text,

            @Schema(examples = SHA256_EXAMPLE) @NotNull String sha256,

            @NotNull Instant effectiveFrom,
            @NotNull Instant publishedAt,

            @Schema(
                    description =
                            "True where the text asked for the consent inside another document, before 01.09.2025")
            @NotNull
            boolean legacyBundled) {}
}
