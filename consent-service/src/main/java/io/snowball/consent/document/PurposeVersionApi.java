package io.snowball.consent.document;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of what a purpose means in law. */
final class PurposeVersionApi {
    private static final int LIST_MAX = 50;
    private static final int TEXT_MAX = 500;

    private PurposeVersionApi() {}

    record PublishPurposeVersion(
            @Schema(
                    examples = "2026-12-01T00:00:00Z",
                    description = "Later than the version before; absent: from now on")
            @Nullable
            Instant effectiveFrom,

            @Schema(examples = "CONSENT", description = "152-FZ art. 6 p. 1") @NotNull
            LegalBasis legalBasis,

            @Schema(examples = "[\"покупатели\"]", description = "Whose data") @NotNull @Size(min = 1, max = LIST_MAX)
            List<@NotBlank @Size(max = TEXT_MAX) @Pattern(regexp = PurposeApi.NO_NUL) String> subjects,

            @Schema(
                    examples = "[\"адрес электронной почты\"]",
                    description = "Which data; acts of destruction name them")
            @NotNull
            @Size(min = 1, max = LIST_MAX)
            List<@NotBlank @Size(max = TEXT_MAX) @Pattern(regexp = PurposeApi.NO_NUL) String> categories,

            @Schema(examples = "[\"сбор\", \"хранение\"]") @NotNull @Size(min = 1, max = LIST_MAX)
            List<@NotBlank @Size(max = TEXT_MAX) @Pattern(regexp = PurposeApi.NO_NUL) String> actions,

            @Schema(examples = "[\"автоматизированная обработка\"]") @NotNull @Size(min = 1, max = LIST_MAX)
            List<@NotBlank @Size(max = TEXT_MAX) @Pattern(regexp = PurposeApi.NO_NUL) String> methods,

            @Schema(
                    examples = "[\"ООО «Почта», г. Москва: доставка писем\"]",
                    description = "Who gets the data or processes them for you: name, address, what for")
            @NotNull
            @Size(max = LIST_MAX)
            List<@NotBlank @Size(max = TEXT_MAX) @Pattern(regexp = PurposeApi.NO_NUL) String> recipients,

            @Schema(examples = "не осуществляется", description = "Transfer abroad; absent: none")
            @Size(max = TEXT_MAX)
            @Pattern(regexp = PurposeApi.NO_NUL)
            @Nullable
            String crossBorder,

            @Schema(examples = "до отзыва согласия")
            @NotBlank
            @Size(max = TEXT_MAX)
            @Pattern(regexp = PurposeApi.NO_NUL)
            String term,

            @Schema(
                    examples = "1095",
                    description = "After so many days without a consent in force, the purpose is reached")
            @Min(1)
            @Max(36500)
            @Nullable
            Integer retentionDays,

            @Schema(examples = "по ссылке в любом сообщении")
            @NotBlank
            @Size(max = TEXT_MAX)
            @Pattern(regexp = PurposeApi.NO_NUL)
            String withdrawalMethod) {}

    record PurposeVersionView(
            @Schema(examples = "marketing") @NotNull String purpose,

            @Schema(examples = "1") @NotNull int version,

            @NotNull Instant effectiveFrom,
            @NotNull LegalBasis legalBasis,
            @NotNull List<String> subjects,
            @NotNull List<String> categories,
            @NotNull List<String> actions,
            @NotNull List<String> methods,
            @NotNull List<String> recipients,
            @Nullable String crossBorder,
            @NotNull String term,
            @Nullable Integer retentionDays,
            @NotNull String withdrawalMethod,
            @NotNull Instant publishedAt) {}

    record PurposeVersionList(
            @Schema(description = "Newest first, the last 200 of them") @NotNull
            List<PurposeVersionView> items) {}
}
