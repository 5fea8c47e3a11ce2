package io.snowball.consent.destruction;

import io.snowball.consent.calendar.TermCode;
import io.snowball.platform.access.Accessed;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of destructions. */
final class DestructionApi {
    private static final String NO_NUL = "[^\\x00]*";

    private DestructionApi() {}

    /** Why, and by what term of the law. */
    @Schema(name = "DestructionReason")
    enum Reason {
        REQUEST(TermCode.DESTROY_ILLEGAL),
        WITHDRAWAL(TermCode.WITHDRAWAL),
        PURPOSE_REACHED(TermCode.PURPOSE_REACHED),
        UNLAWFUL(TermCode.DESTROY_UNLAWFUL),
        OTHER(TermCode.DESTROY_BLOCKED);

        private final TermCode term;

        Reason(TermCode term) {
            this.term = term;
        }

        TermCode term() {
            return term;
        }
    }

    @Schema(name = "DestructionState")
    enum State {
        /** A job has found that the purpose is reached; somebody must say yes or no. */
        PROPOSED,
        PLANNED,
        DESTROYING,
        VERIFYING,
        DONE,
        REJECTED
    }

    record PlanDestruction(
            @NotNull UUID customerId,
            @NotNull Reason reason,

            @Schema(
                    examples = "Требование субъекта № 17 от 20.11.2026",
                    description = "Goes into the act; no personal data")
            @NotBlank
            @Size(max = 1000)
            @Pattern(regexp = NO_NUL)
            String text,

            @Schema(description = "The subject request that asks for it") @Nullable
            UUID requestId,

            @Schema(
                    examples = "[\"фамилия, имя, отчество\"]",
                    description = "Which data, for the act; absent: those of all purposes that are described")
            @Size(min = 1, max = 50)
            @Nullable
            List<@NotBlank @Size(max = 500) @Pattern(regexp = NO_NUL) String> categories) {}

    record DestructionView(
            @NotNull UUID id,

            @Schema(examples = "12", description = "Of the act") @NotNull
            long number,

            @NotNull UUID customerId,
            @NotNull Reason reason,

            @Schema(description = "Empty once it is done: the words are in the act") @NotNull
            String text,

            @Nullable UUID requestId,
            @NotNull State state,

            @Schema(description = "The last day that the law gives, counted from the plan") @NotNull
            LocalDate dueOn,

            @NotNull List<String> categories,
            @NotNull Instant plannedAt,
            @Nullable Instant approvedAt,

            @Schema(
                    description =
                            "While it is being verified: when customer-service destroyed; once it is done: when no service had anything left")
            @Nullable
            Instant destroyedAt,

            @Schema(examples = "0", description = "Steps that failed and are tried again") @NotNull
            int attempts,

            @Schema(description = "Why the last step failed, or which service the act waits for; no personal data")
            @Nullable
            String lastFault)
            implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return List.of(customerId);
        }
    }

    record DestructionPage(
            @NotNull List<DestructionView> items, @Nullable String nextCursor) implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return items.stream().map(DestructionView::customerId).distinct().toList();
        }
    }

    record DestructionProofView(
            @NotNull UUID destructionId,
            @NotNull long number,
            @NotNull Instant destroyedAt,

            @Schema(description = "Of the act's PDF, in hexadecimal") @NotNull
            String actSha256,

            @Schema(description = "Of the log's CSV, in hexadecimal") @NotNull
            String logSha256,

            @Schema(description = "Of the log as XML; absent of acts from before it was made") @Nullable
            String logXmlSha256,

            @Schema(description = "Order 179 p. 8: three years; deleted on this day") @NotNull
            LocalDate keptUntil) {}
}
