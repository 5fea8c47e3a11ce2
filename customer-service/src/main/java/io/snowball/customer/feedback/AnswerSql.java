package io.snowball.customer.feedback;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.feedback.Answer.Context;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Answers in SQL. One statement writes a batch with what the feed tells of it. */
@ApplicationScoped
class AnswerSql {
    // Held customers can't be merged into others or erased before the commit. Arrays of arrays are not for unnest:
    // items come as text.
    /* language=PostgreSQL */
    private static final String WRITE = """
            with sent as materialized (
              select s.n, s.id, s.external_id, s.question_id, s.kind, s.score, s.items::int[] as items, s.comment, s.order_id, s.ticket,
                     s.step, s.channel, s.shop, s.answered_at,
                     case
                       when s.customer_id is not null then coalesce(
                         (select a.customer_id from customer_alias a where a.id = s.customer_id), s.customer_id)
                       when s.customer_external_id is not null then (
                         select i.customer_id from identity i
                         where i.kind = 'EXTERNAL_ID' and i.key = s.customer_external_id and i.system = '') end as customer_id,
                     s.customer_id is null and s.customer_external_id is null as anonymous
              from unnest($1::int[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::uuid[], $7::text[], $8::numeric[], $9::text[],
                          $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::timestamptz[])
                as s (n, id, external_id, question_id, kind, customer_id, customer_external_id, score, items, comment, order_id,
                      ticket, step, channel, shop, answered_at)
            ), held as materialized (
              select c.id
              from customer c
              where c.id in (select s.customer_id from sent s)
              order by c.id
              for key share
            ), written as (
              insert into feedback_answer as f
                (id, external_id, question_id, kind, customer_id, score, items, comment, order_id, ticket, step, channel, shop,
                 answered_at, recorded_at)
              select s.id, s.external_id, s.question_id, s.kind, s.customer_id, s.score, s.items, s.comment, s.order_id, s.ticket,
                     s.step, s.channel, s.shop, s.answered_at, $17
              from sent s
              where (s.customer_id in (select h.id from held h)) is true or s.anonymous
              order by s.external_id
              on conflict (external_id) do update set
                question_id = excluded.question_id, kind = excluded.kind, score = excluded.score, items = excluded.items,
                comment = excluded.comment, order_id = excluded.order_id, ticket = excluded.ticket, step = excluded.step,
                channel = excluded.channel, shop = excluded.shop, answered_at = excluded.answered_at,
                recorded_at = excluded.recorded_at
              where f.customer_id is not distinct from excluded.customer_id
                and (f.question_id, f.score, f.items, f.comment, f.order_id, f.ticket, f.step, f.channel, f.shop, f.answered_at)
                  is distinct from (excluded.question_id, excluded.score, excluded.items, excluded.comment, excluded.order_id,
                                    excluded.ticket, excluded.step, excluded.channel, excluded.shop, excluded.answered_at)
              returning f.id, f.external_id, f.customer_id, f.kind, f.score, f.question_id, f.answered_at
            ), announced as (
              insert into feed_event (subject, type, occurred_at, data)
              select w.customer_id, 'feedback.given', $17, jsonb_build_object(
                'answerId', w.id, 'customerId', w.customer_id, 'kind', w.kind, 'score', w.score, 'questionId', w.question_id,
                'at', to_char(w.answered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
              from written w
              where w.customer_id is not null
            )
            select s.n, coalesce(w.id, f.id) as id, w.id is not null as written, f.id is not null as known,
                   (f.id is not null and f.customer_id is distinct from s.customer_id) as foreign_answer,
                   not s.anonymous and (s.customer_id in (select h.id from held h)) is not true as nobody
            from sent s
            left join written w on w.external_id = s.external_id
            left join feedback_answer f on f.external_id = s.external_id
            """;

    /* language=PostgreSQL */
    private static final String ANSWER = """
            select a.id, a.external_id, a.question_id, a.kind, a.customer_id, a.score, a.items, a.comment, a.order_id, a.ticket, a.step,
                   a.channel, a.shop, a.answered_at
            from feedback_answer a
            """;

    private static final String OF_CUSTOMER = ANSWER + """
            where a.customer_id = $1 and ($2::timestamptz is null or (a.answered_at, a.id) < ($2, $3::uuid))
            order by a.answered_at desc, a.id desc
            limit $4
            """;

    private static final String PAGE = ANSWER + """
            where a.kind = $1 and ($2::timestamptz is null or (a.answered_at, a.id) < ($2, $3::uuid))
              and a.answered_at >= $5 and a.answered_at < $6
              and ($7::text is null or a.question_id in (select q.id from feedback_question q where q.code = $7))
            order by a.answered_at desc, a.id desc
            limit $4
            """;

    record Written(int n, @Nullable UUID id, boolean written, boolean known, boolean foreign, boolean nobody) {}

    /** Where a list goes on. */
    record After(@Nullable Instant at, @Nullable UUID id) {}

    Uni<List<Written>> write(SqlConnection tx, List<Answer> answers, Instant now) {
        return tx.preparedQuery(WRITE)
                .execute(Params.of(
                        IntStream.range(0, answers.size()).boxed().toArray(Integer[]::new),
                        Params.uuids(answers, Answer::id),
                        Params.texts(answers, Answer::externalId),
                        Params.uuids(answers, Answer::questionId),
                        Params.texts(answers, answer -> answer.kind().name()),
                        Params.uuids(answers, Answer::customerId),
                        Params.texts(answers, Answer::customerExternalId),
                        answers.stream().map(Answer::score).toArray(BigDecimal[]::new),
                        Params.texts(answers, AnswerSql::items),
                        Params.texts(answers, Answer::comment),
                        Params.texts(answers, answer -> answer.context().orderId()),
                        Params.texts(answers, answer -> answer.context().ticket()),
                        Params.texts(answers, answer -> answer.context().step()),
                        Params.texts(answers, answer -> answer.context().channel()),
                        Params.texts(answers, answer -> answer.context().shop()),
                        answers.stream()
                                .map(answer -> answer.answeredAt().atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new),
                        now.atOffset(ZoneOffset.UTC)))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Written(
                                row.getInteger("n"),
                                row.getUUID("id"),
                                row.getBoolean("written"),
                                row.getBoolean("known"),
                                row.getBoolean("foreign_answer"),
                                row.getBoolean("nobody"))));
    }

    private static String items(Answer answer) {
        return "{"
                + String.join(",", answer.items().stream().map(String::valueOf).toList()) + "}";
    }

    Uni<List<Answer>> ofCustomer(SqlClient client, UUID customer, After after, int limit) {
        return client.preparedQuery(OF_CUSTOMER)
                .execute(Params.of(customer, time(after.at()), after.id(), limit))
                .map(rows -> Rows.list(rows, AnswerSql::answer));
    }

    Uni<List<Answer>> page(
            SqlClient client, FeedbackKind kind, Period period, @Nullable String question, After after, int limit) {
        return client.preparedQuery(PAGE)
                .execute(Params.of(
                        kind.name(),
                        time(after.at()),
                        after.id(),
                        limit,
                        time(period.from()),
                        time(period.to()),
                        question))
                .map(rows -> Rows.list(rows, AnswerSql::answer));
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    private static Answer answer(Row row) {
        return new Answer(
                row.getUUID("id"),
                row.getString("external_id"),
                row.getUUID("question_id"),
                FeedbackKind.valueOf(row.getString("kind")),
                row.getUUID("customer_id"),
                null,
                row.getNumeric("score").bigDecimalValue(),
                List.of(row.getArrayOfIntegers("items")),
                row.getString("comment"),
                new Context(
                        row.getString("order_id"),
                        row.getString("ticket"),
                        row.getString("step"),
                        row.getString("channel"),
                        row.getString("shop")),
                row.getOffsetDateTime("answered_at").toInstant());
    }
}
