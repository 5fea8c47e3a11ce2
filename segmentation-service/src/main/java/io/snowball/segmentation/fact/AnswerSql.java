package io.snowball.segmentation.fact;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.segmentation.fact.Facts.Answer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** What customers said of the company. */
@ApplicationScoped
class AnswerSql {
    /* language=PostgreSQL */
    private static final String UPSERT = """
            insert into feedback_fact as f (customer_id, answer_id, kind, score, answered_at)
            select u.customer_id, u.answer_id, u.kind, u.score, u.answered_at
            from unnest($1::uuid[], $2::uuid[], $3::text[], $4::numeric[], $5::timestamptz[])
              as u (customer_id, answer_id, kind, score, answered_at)
            where not exists (select from forgotten_customer g where g.customer_id = u.customer_id)
            on conflict (customer_id, answer_id) do update
            set kind = excluded.kind, score = excluded.score, answered_at = excluded.answered_at
            where (f.kind, f.score, f.answered_at) is distinct from (excluded.kind, excluded.score, excluded.answered_at)
            returning customer_id
            """;

    private final MergeSql merges;

    AnswerSql(MergeSql merges) {
        this.merges = merges;
    }

    /** @return whose answers are not what they were */
    Uni<Set<UUID>> upsert(SqlConnection tx, Collection<Answer> answers) {
        return answers.isEmpty()
                ? Uni.createFrom().item(Set.<UUID>of())
                : merges.owners(tx, MergeSql.Kind.ANSWER, answers, Answer::id, Answer::customerId)
                        .chain(owners -> write(
                                tx, answers.stream().map(one -> one.of(owners)).toList()));
    }

    private static Uni<Set<UUID>> write(SqlConnection tx, Collection<Answer> answers) {
        return tx.preparedQuery(UPSERT)
                .execute(Params.of(
                        Params.uuids(answers, Answer::customerId),
                        Params.uuids(answers, Answer::id),
                        Params.texts(answers, Answer::kind),
                        answers.stream().map(Answer::score).toArray(BigDecimal[]::new),
                        FactSql.times(answers, Answer::at)))
                .map(rows -> new HashSet<>(Rows.list(rows, row -> row.getUUID("customer_id"))));
    }
}
