package io.snowball.customer.feedback;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.snowball.customer.CleanText;
import io.snowball.customer.FieldErrors;
import io.snowball.platform.id.Ids;
import io.snowball.platform.problem.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Questions on the wire. */
final class QuestionApi {
    static final String CODE = "[a-z][a-z0-9_-]{0,49}";
    private static final int MAX_WORDING = 1000;

    private QuestionApi() {}

    @RegisterForReflection
    @Schema(name = "CliWordings", description = "The three items of a customer loyalty index")
    record CliWordings(
            @Schema(examples = "Посоветуете ли вы нас друзьям?") @NotNull @Size(max = MAX_WORDING)
            String recommend,

            @Schema(examples = "Купите ли вы у нас ещё раз?") @NotNull @Size(max = MAX_WORDING)
            String repurchase,

            @Schema(examples = "Попробуете ли вы другие наши товары?") @NotNull @Size(max = MAX_WORDING)
            String tryOther) {}

    @Schema(name = "CreateFeedbackQuestion")
    record CreateFeedbackQuestion(
            @Schema(examples = "nps_shop", description = "The same in all languages and versions")
            @NotNull
            @Pattern(regexp = CODE)
            String code,

            @NotNull FeedbackKind kind,

            @Schema(examples = "ru") @NotNull @Pattern(regexp = "[a-z]{2}")
            String language,

            @Schema(
                    examples = "Насколько вероятно, что вы порекомендуете нас друзьям?",
                    description = "Exactly as it is shown")
            @NotNull
            @Size(max = MAX_WORDING)
            String wording,

            @Schema(description = "Of CLI, and required there") @Nullable @Valid
            CliWordings items) {
        Question toQuestion(Instant now) {
            FieldErrors errors = new FieldErrors();
            String clean = errors.read("/wording", () -> CleanText.required(wording, MAX_WORDING));
            List<String> each = errors.read(
                    "/items",
                    () -> items == null
                            ? List.of()
                            : Stream.of(items.recommend(), items.repurchase(), items.tryOther())
                                    .map(item -> CleanText.required(item, MAX_WORDING))
                                    .toList());
            errors.throwIfAny();
            if (clean == null || each == null) {
                throw new IllegalStateException("A refused field went through");
            }
            if (each.size() != kind.itemCount()) {
                throw ProblemException.invalidField("/items", "of-cli", "belong to CLI, and CLI needs them");
            }
            return new Question(Ids.next(), code, language, 1, kind, clean, each, now);
        }
    }

    @RegisterForReflection
    @Schema(name = "FeedbackQuestion", description = "One wording; other words are another version")
    record FeedbackQuestionView(
            @NotNull UUID id,
            @Schema(examples = "nps_shop") @NotNull String code,

            @NotNull FeedbackKind kind,
            @Schema(examples = "ru") @NotNull String language,
            @Schema(examples = "1") @NotNull int version,

            @Schema(examples = "Насколько вероятно, что вы порекомендуете нас друзьям?") @NotNull
            String wording,

            @Schema(examples = "0", description = "The lowest mark") @NotNull
            int least,

            @Schema(examples = "10", description = "The highest mark, and the best") @NotNull
            int most,

            @Nullable CliWordings items,
            @NotNull Instant createdAt) {
        static FeedbackQuestionView of(Question question) {
            List<String> items = question.items();
            return new FeedbackQuestionView(
                    question.id(),
                    question.code(),
                    question.kind(),
                    question.language(),
                    question.version(),
                    question.wording(),
                    question.kind().least(),
                    question.kind().most(),
                    items.isEmpty() ? null : new CliWordings(items.get(0), items.get(1), items.get(2)),
                    question.createdAt());
        }
    }

    @Schema(name = "FeedbackQuestionPage")
    record FeedbackQuestionPage(
            @NotNull List<FeedbackQuestionView> items,
            @Nullable String nextCursor) {}
}
