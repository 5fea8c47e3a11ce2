package io.snowball.customer.feedback;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.Deadlocks;
import io.snowball.customer.Rewriting;
import io.snowball.customer.Rewriting.Placed;
import io.snowball.customer.feedback.AnswerApi.FeedbackData;
import io.snowball.customer.feedback.AnswerApi.FeedbackItemOutcome;
import io.snowball.customer.feedback.AnswerApi.FeedbackOutcome;
import io.snowball.customer.feedback.AnswerSql.After;
import io.snowball.customer.feedback.AnswerSql.Written;
import io.snowball.customer.profile.People;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asking and being answered. */
@ApplicationScoped
class Feedback {
    private final QuestionSql questions;
    private final AnswerSql answers;
    private final People people;
    private final Pool pool;
    private final Clock clock;

    Feedback(QuestionSql questions, AnswerSql answers, People people, Pool pool, Clock clock) {
        this.questions = questions;
        this.answers = answers;
        this.people = people;
        this.pool = pool;
        this.clock = clock;
    }

    /** 200 with what is stored where the last version says the same. */
    Uni<Reply<Question>> ask(SqlConnection tx, Question asked, String by) {
        return questions
                .lock(tx, asked.code())
                .chain(() -> questions.latest(tx, asked.code(), asked.language()))
                .chain(found -> {
                    Question last = found.orElse(null);
                    if (last != null && last.kind() != asked.kind()) {
                        throw FeedbackProblem.OTHER_KIND.with("It is " + last.kind() + ": choose another code");
                    }
                    boolean isSameLanguage = last != null && last.language().equals(asked.language());
                    if (last != null && isSameLanguage && last.says(asked)) {
                        return Uni.createFrom().item(Reply.ok(last));
                    }
                    Question next = new Question(
                            asked.id(),
                            asked.code(),
                            asked.language(),
                            last != null && isSameLanguage ? last.version() + 1 : 1,
                            asked.kind(),
                            asked.wording(),
                            asked.items(),
                            asked.createdAt());
                    return questions
                            .store(tx, next, by)
                            .replaceWith(Reply.created("/api/v1/feedback-questions/" + next.id(), next));
                });
    }

    Uni<List<Question>> questions(Set<UUID> ids) {
        return questions.byId(pool, ids);
    }

    /** Newest first. */
    Uni<Keyset<Question>> questions(@Nullable String cursor, int limit) {
        List<String> after = Cursor.decode(cursor, 1, "feedback-questions");
        return questions
                .page(pool, after == null ? null : Cursor.asUuid(after.getFirst()), limit + 1)
                .map(rows ->
                        Keyset.of(rows, limit, question -> List.of(question.id().toString()), "feedback-questions"));
    }

    /** Each answer for itself: one that is refused keeps no other from being stored. The outcomes are in the order sent. */
    Uni<List<FeedbackItemOutcome>> record(List<FeedbackData> sent) {
        Set<UUID> asked = sent.stream().map(FeedbackData::questionId).collect(Collectors.toSet());
        return questions
                .byId(pool, asked)
                .map(found -> found.stream().collect(Collectors.toMap(Question::id, Function.identity())))
                .chain(known -> write(sent, known));
    }

    private Uni<List<FeedbackItemOutcome>> write(List<FeedbackData> sent, Map<UUID, Question> known) {
        Instant now = clock.instant();
        FeedbackItemOutcome[] outcomes = new FeedbackItemOutcome[sent.size()];
        List<Placed<Answer>> drafts = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < outcomes.length; i++) {
            FeedbackData one = sent.get(i);
            try {
                Answer answer = one.toAnswer(known.get(one.questionId()), now);
                if (!seen.add(answer.externalId())) {
                    throw new IllegalArgumentException("the answer comes twice: send it once");
                }
                drafts.add(new Placed<>(i, answer));
            } catch (IllegalArgumentException refused) {
                outcomes[i] = FeedbackItemOutcome.rejected(one, String.valueOf(refused.getMessage()));
            }
        }
        if (drafts.isEmpty()) {
            return Uni.createFrom().item(List.of(outcomes));
        }
        return Rewriting.of(drafts, (batch, _) -> write(sent, batch, outcomes)).map(_ -> List.of(outcomes));
    }

    /** @return answers of nobody: who gave them may have been merged between the look-up and the write */
    private Uni<List<Placed<Answer>>> write(
            List<FeedbackData> sent, List<Placed<Answer>> batch, FeedbackItemOutcome[] outcomes) {
        List<Answer> drafts = batch.stream().map(Placed::draft).toList();
        return pool.withTransaction(tx -> answers.write(tx, drafts, clock.instant()))
                .onFailure(Deadlocks::caused)
                .retry()
                .atMost(Deadlocks.MAX_RETRIES)
                .map(written -> {
                    List<Placed<Answer>> again = new ArrayList<>();
                    for (Written one : written) {
                        Placed<Answer> answer = batch.get(one.n());
                        outcomes[answer.place()] = outcome(sent.get(answer.place()), one);
                        if (one.nobody()) {
                            again.add(answer);
                        }
                    }
                    return again;
                });
    }

    private static FeedbackItemOutcome outcome(FeedbackData sent, Written one) {
        if (one.nobody()) {
            return FeedbackItemOutcome.rejected(sent, "there is no such customer: send the customer first");
        }
        if (one.foreign()) {
            return FeedbackItemOutcome.rejected(sent, "the answer is stored for another customer");
        }
        FeedbackOutcome outcome = one.written()
                ? one.known() ? FeedbackOutcome.UPDATED : FeedbackOutcome.ACCEPTED
                : FeedbackOutcome.DUPLICATE;
        return new FeedbackItemOutcome(sent.id(), outcome, one.id(), null);
    }

    /** Of one customer, newest first. */
    Uni<Keyset<Answer>> ofCustomer(UUID customerId, @Nullable String cursor, int limit) {
        After after = after(cursor, "feedback", customerId);
        return people.existing(pool, customerId)
                .chain(customer -> answers.ofCustomer(pool, customer, after, limit + 1))
                .map(rows -> Keyset.of(rows, limit, Feedback::key, "feedback", customerId));
    }

    /** Newest first. */
    Uni<Keyset<Answer>> list(
            FeedbackKind kind, Period period, @Nullable String question, @Nullable String cursor, int limit) {
        // Not the enum itself, whose hash is another in the next process.
        Object[] query = {"feedback", kind.name(), period.from(), period.to(), question == null ? "" : question};
        After after = after(cursor, query);
        return answers.page(pool, kind, period, question, after, limit + 1)
                .map(rows -> Keyset.of(rows, limit, Feedback::key, query));
    }

    private static After after(@Nullable String cursor, Object... query) {
        List<String> key = Cursor.decode(cursor, 2, query);
        return key == null
                ? new After(null, null)
                : new After(Cursor.asInstant(key.getFirst()), Cursor.asUuid(key.getLast()));
    }

    private static List<String> key(Answer answer) {
        return List.of(answer.answeredAt().toString(), answer.id().toString());
    }

    Instant now() {
        return clock.instant();
    }
}
