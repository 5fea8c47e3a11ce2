package io.snowball.customer.feedback;

import io.quarkus.security.identity.SecurityIdentity;
import io.snowball.customer.CleanText;
import io.snowball.customer.feedback.Answer.Context;
import io.snowball.platform.access.Accessed;
import io.snowball.platform.id.Ids;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.security.Roles;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Answers on the wire. */
final class AnswerApi {
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final int MAX_COMMENT = 4000;
    private static final int MAX_NAME = 100;

    private AnswerApi() {}

    @Schema(name = "FeedbackBatch")
    record FeedbackBatch(@NotEmpty @Size(max = 1000) List<@NotNull @Valid FeedbackData> items) {}

    @Schema(name = "CliMarks", description = "From 1, definitely not, to 6, definitely yes")
    record CliMarks(
            @Schema(examples = "6") @NotNull Integer recommend,
            @Schema(examples = "5") @NotNull Integer repurchase,
            @Schema(examples = "4") @NotNull Integer tryOther) {
        List<Integer> all() {
            return List.of(recommend, repurchase, tryOther);
        }
    }

    @Schema(name = "FeedbackData", description = "customerId or customerExternalId; neither, where no name was given")
    record FeedbackData(
            @Schema(
                    examples = "survey-7-1042",
                    description =
                            "Your own id of the answer: repeated it is stored once, told differently it is changed",
                    maxLength = 100)
            @NotNull
            String id,

            @Schema(description = "The wording that was shown") @NotNull
            UUID questionId,

            @Nullable UUID customerId,

            @Schema(examples = "shop-10042") @Nullable String customerExternalId,

            @Schema(examples = "9", description = "NPS 0 to 10, CSAT 1 to 5, CES 1 to 7") @Nullable
            Integer score,

            @Schema(description = "Of CLI, instead of a score") @Nullable @Valid
            CliMarks items,

            @Schema(
                    examples = "Быстро привезли, спасибо",
                    description = "Stays in this service and is shown only to roles that may see personal data",
                    maxLength = MAX_COMMENT)
            @Nullable
            String comment,

            @Schema(examples = "web-10042", description = "The shop's id of the order that it is about") @Nullable
            String orderExternalId,

            @Schema(examples = "T-2201", description = "Support ticket that it is about") @Nullable
            String ticket,

            @Schema(examples = "welcome-3", description = "Step of a journey that asked") @Nullable
            String journeyStep,

            @Schema(examples = "email", description = "Where it was asked") @Nullable
            String channel,

            @Schema(examples = "Moscow, Arbat") @Nullable String shop,

            @NotNull Instant answeredAt) {

        /** @throws IllegalArgumentException with a sentence for the sender, without values */
        Answer toAnswer(@Nullable Question question, Instant now) {
            if (question == null) {
                throw new IllegalArgumentException("there is no such question");
            }
            if (customerId != null && customerExternalId != null) {
                throw new IllegalArgumentException("give customerId or customerExternalId, or neither");
            }
            if (answeredAt.isBefore(EARLIEST) || answeredAt.isAfter(now.plus(1, ChronoUnit.HOURS))) {
                throw new IllegalArgumentException("answeredAt must be a time between 2000 and now");
            }
            List<Integer> marks = items == null ? List.of() : items.all();
            return new Answer(
                    Ids.next(),
                    CleanText.required(id, MAX_NAME),
                    question.id(),
                    question.kind(),
                    customerId,
                    customerExternalId,
                    Answer.score(question.kind(), score, marks),
                    marks,
                    cleanComment(),
                    new Context(
                            CleanText.optional(orderExternalId, 200),
                            CleanText.optional(ticket, MAX_NAME),
                            CleanText.optional(journeyStep, MAX_NAME),
                            CleanText.optional(channel, 50),
                            CleanText.optional(shop, MAX_NAME)),
                    answeredAt.truncatedTo(ChronoUnit.MICROS));
        }

        /** In a comment people press Enter: breaks are kept, all other control characters are refused. */
        private @Nullable String cleanComment() {
            if (comment == null || comment.isBlank()) {
                return null;
            }
            CleanText.optional(comment.replaceAll("[\\n\\r\\t]", " "), MAX_COMMENT);
            return comment.strip();
        }
    }

    enum FeedbackOutcome {
        ACCEPTED,
        UPDATED,
        DUPLICATE,
        REJECTED
    }

    @Schema(name = "FeedbackItemOutcome")
    record FeedbackItemOutcome(
            @Schema(examples = "survey-7-1042") @NotNull String id,

            @NotNull FeedbackOutcome outcome,
            @Nullable UUID answerId,

            @Schema(examples = "a mark of NPS is between 0 and 10") @Nullable
            String reason) {
        static FeedbackItemOutcome rejected(FeedbackData sent, String reason) {
            return new FeedbackItemOutcome(sent.id(), FeedbackOutcome.REJECTED, null, reason);
        }
    }

    @Schema(name = "FeedbackBatchResult")
    record FeedbackBatchResult(
            @Schema(description = "In the order of the items sent") @NotNull
            List<FeedbackItemOutcome> items) {}

    @Schema(name = "FeedbackAnswer")
    record FeedbackView(
            @NotNull UUID id,
            @NotNull UUID questionId,
            @NotNull FeedbackKind kind,

            @Schema(description = "Absent where no name was given") @Nullable
            UUID customerId,

            @Schema(examples = "9", description = "The mark; of CLI the mean of its three") @NotNull
            BigDecimal score,

            @Schema(description = "Of CLI: recommend, repurchase, try other; empty for others") @NotNull
            List<Integer> items,

            @Schema(description = "For roles that may see personal data") @Nullable
            String comment,

            @Schema(examples = "web-10042") @Nullable String orderExternalId,
            @Schema(examples = "T-2201") @Nullable String ticket,
            @Schema(examples = "welcome-3") @Nullable String journeyStep,

            @Schema(examples = "email") @Nullable String channel,
            @Nullable String shop,
            @NotNull Instant answeredAt) {
        static FeedbackView of(Answer answer, boolean comment) {
            Context context = answer.context();
            return new FeedbackView(
                    answer.id(),
                    answer.questionId(),
                    answer.kind(),
                    answer.customerId(),
                    answer.score(),
                    answer.items(),
                    comment ? answer.comment() : null,
                    context.orderId(),
                    context.ticket(),
                    context.step(),
                    context.channel(),
                    context.shop(),
                    answer.answeredAt());
        }
    }

    @Schema(name = "FeedbackAnswerPage")
    record FeedbackPage(
            @NotNull List<FeedbackView> items, @Nullable String nextCursor) implements Accessed {
        /** Comments only for who may see personal data. */
        static FeedbackPage of(Keyset<Answer> answers, SecurityIdentity caller) {
            boolean comments = Stream.of(Roles.ADMIN, Roles.SALES, Roles.DPO, Roles.SERVICE)
                    .anyMatch(caller::hasRole);
            Keyset<FeedbackView> page = answers.map(answer -> FeedbackView.of(answer, comments));
            return new FeedbackPage(page.items(), page.nextCursor());
        }

        @Override
        public List<UUID> whoseData() {
            return items.stream()
                    .map(FeedbackView::customerId)
                    .filter(Objects::nonNull)
                    .toList();
        }
    }
}
