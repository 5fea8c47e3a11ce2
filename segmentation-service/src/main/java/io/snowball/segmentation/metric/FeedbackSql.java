package io.snowball.segmentation.metric;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.segmentation.metric.MetricApi.LastAnswer;
import io.snowball.segmentation.metric.MetricApi.LastAnswerKind;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** The last word of customers: who was a promoter once may have changed his mind. */
@ApplicationScoped
public class FeedbackSql {
    /* language=PostgreSQL */
    private static final String RECOMPUTE = """
            with word as (
              select distinct on (f.customer_id, f.kind) f.customer_id, f.kind, f.score
              from feedback_fact f
              where f.customer_id = any($1)
              order by f.customer_id, f.kind, f.answered_at desc, f.answer_id desc),
            gone as (
              delete from customer_feedback c
              where c.customer_id = any($1) and not exists (select from word w where w.customer_id = c.customer_id))
            insert into customer_feedback as c (customer_id, nps, csat, ces, cli)
            select customer_id, max(score) filter (where kind = 'NPS'), max(score) filter (where kind = 'CSAT'),
              max(score) filter (where kind = 'CES'), max(score) filter (where kind = 'CLI')
            from word
            group by customer_id
            on conflict (customer_id) do update
            set nps = excluded.nps, csat = excluded.csat, ces = excluded.ces, cli = excluded.cli
            where (c.nps, c.csat, c.ces, c.cli) is distinct from (excluded.nps, excluded.csat, excluded.ces, excluded.cli)
            """;

    /* language=PostgreSQL */
    private static final String FIND = """
            select distinct on (kind) kind, score, answered_at
            from feedback_fact
            where customer_id = $1
            order by kind, answered_at desc, answer_id desc
            """;

    /** Looks again at what these customers have said. */
    public Uni<Void> recompute(SqlConnection tx, UUID[] customerIds) {
        return tx.preparedQuery(RECOMPUTE)
                .execute(Params.of((Object) customerIds))
                .replaceWithVoid();
    }

    Uni<List<LastAnswer>> find(SqlConnection tx, UUID customerId) {
        return tx.preparedQuery(FIND)
                .execute(Params.of(customerId))
                .map(rows -> Rows.list(
                        rows,
                        row -> new LastAnswer(
                                LastAnswerKind.valueOf(row.getString("kind")),
                                row.getNumeric("score").bigDecimalValue(),
                                row.getOffsetDateTime("answered_at").toInstant())));
    }
}
