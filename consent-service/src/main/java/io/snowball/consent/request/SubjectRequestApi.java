package io.snowball.consent.request;

import io.snowball.platform.access.Accessed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of subject requests. */
final class SubjectRequestApi {
    private static final String NO_NUL = "[^\\x00]*";

    private SubjectRequestApi() {}

    @Schema(name = "SubjectRequestState")
    enum State {
        RECEIVED,
        IDENTIFIED,
        ANSWERED,
        REFUSED
    }

    @Schema(name = "SubjectRequestChannel")
    enum Way {
        LETTER,
        EMAIL,
        CALL,
        OFFICE,
        WEB,
        BOT,
        REGULATOR
    }

    @Schema(name = "IdentityMethod")
    enum IdentityMethod {
        DOCUMENT,
        EMAIL_LINK,
        PHONE_CODE,
        ESIA,
        SIGNATURE,
        ACCOUNT,
        POWER_OF_ATTORNEY
    }

    record RegisterRequest(
            @NotNull RequestKind kind,
            @NotNull Way channel,

            @Schema(
                    examples = "2026-11-20T09:30:00Z",
                    description = "When it reached you; absent: now. Its day starts the term")
            @Nullable
            Instant receivedAt,

            @Schema(description = "Whose data they are, where it is known") @Nullable
            UUID customerId,

            @Valid @Nullable Applicant applicant,

            @Schema(examples = "Прошу сообщить, какие мои данные вы обрабатываете.", description = "What was said")
            @Size(max = 10_000)
            @Pattern(regexp = NO_NUL)
            @Nullable
            String text) {}

    record Applicant(
            @Schema(examples = "Иванова Мария Петровна") @Size(max = 300) @Pattern(regexp = NO_NUL) @Nullable
            String name,

            @Schema(examples = "maria@example.org", description = "Where the answer goes")
            @Size(max = 300)
            @Pattern(regexp = NO_NUL)
            @Nullable
            String contact,

            @Schema(description = "Who speaks for the person, and by what authority")
            @Size(max = 500)
            @Pattern(regexp = NO_NUL)
            @Nullable
            String representative) {
        static final Applicant NOBODY = new Applicant(null, null, null);
    }

    record CheckIdentity(
            @NotNull IdentityMethod method,
            @NotNull Boolean confirmed,

            @Schema(description = "Who it turned out to be, where it was not known") @Nullable
            UUID customerId) {}

    record ExtendTerm(
            @Schema(
                    examples = "Данные запрошены у обработчика, ответ ожидается 10 декабря",
                    description = "Goes into the notice")
            @NotBlank
            @Size(max = 2000)
            @Pattern(regexp = NO_NUL)
            String reason) {}

    @Schema(name = "AnswerOutcome")
    enum Outcome {
        DONE,
        REFUSED
    }

    record AnswerRequest(
            @NotNull Outcome outcome,

            @Schema(
                    examples = "Данные уточнены, третьи лица уведомлены",
                    description =
                            "What was done; for a refusal its grounds with the article of the law. Goes into the answer")
            @NotBlank
            @Size(max = 5000)
            @Pattern(regexp = NO_NUL)
            String text) {}

    record SubjectRequestView(
            @NotNull UUID id,

            @Schema(examples = "17", description = "In the register of requests") @NotNull
            long number,

            @NotNull RequestKind kind,
            @NotNull State state,
            @NotNull Way channel,
            @NotNull Instant receivedAt,

            @Schema(examples = "2026-12-04", description = "The last day; it ends at midnight where the operator is")
            @NotNull
            LocalDate dueOn,

            @Schema(description = "Open, and the last day is over") @NotNull
            boolean overdue,

            @Schema(description = "To which day it may be put off; absent where it may not, or not any more") @Nullable
            LocalDate extendableTo,

            @Schema(description = "By when data must be destroyed where the person is right") @Nullable
            LocalDate destroyByOn,

            @Schema(examples = "152-ФЗ, ст. 20 ч. 1") @NotNull
            String article,

            @Nullable UUID customerId,
            @NotNull Applicant applicant,
            @Nullable String text,
            @Nullable IdentityView identity,
            @Nullable ExtensionView extension,
            @Nullable ClosingView closing)
            implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return customerId == null ? List.of() : List.of(customerId);
        }

        boolean isOpen() {
            return closing == null;
        }

        boolean isIdentified() {
            return identity != null && identity.confirmed();
        }
    }

    @Schema(name = "IdentityCheck")
    record IdentityView(
            @NotNull IdentityMethod method,
            @NotNull boolean confirmed,
            @NotNull Instant checkedAt,
            @Schema(description = "The user") @NotNull String checkedBy) {}

    @Schema(name = "TermExtension")
    record ExtensionView(@NotNull String reason, @NotNull Instant noticedAt) {}

    @Schema(name = "RequestClosing")
    record ClosingView(
            @NotNull Instant at,
            @Schema(description = "The user") @NotNull String by,
            @NotNull String text) {}

    record SubjectRequestPage(
            @NotNull List<SubjectRequestView> items,
            @Nullable String nextCursor) implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return items.stream()
                    .map(SubjectRequestView::customerId)
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
        }
    }

    @Schema(name = "SubjectRequestPaperKind")
    enum PaperKind {
        ACCESS_ANSWER,
        REFUSAL,
        EXTENSION_NOTICE,
        ANSWER
    }

    record SubjectRequestPaperView(
            @NotNull UUID id,
            @NotNull PaperKind kind,
            @NotNull String title,

            @Schema(description = "Of the PDF, in hexadecimal") @NotNull
            String sha256,

            @NotNull Instant createdAt) {}

    record SubjectRequestPaperList(@NotNull List<SubjectRequestPaperView> items) {}

    record RequestFilter(
            @Nullable Boolean open,
            @Nullable Boolean overdue,
            @Nullable RequestKind kind,
            @Nullable UUID customerId) {}
}
