package io.snowball.customer.feedback;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sums of answers, and who speaks well of the company, in SQL. */
@ApplicationScoped
class FigureSql {
    // Somebody who answers twice in a period counts once, with the last word; who gave no name counts each time.
    /* language=PostgreSQL */
    private static final String SUMS = """
            with given as (
              select a.id, a.customer_id, a.score, a.answered_at, a.answered_at >= $2 as current,
                     case $5 when 'SHOP' then coalesce(a.shop, '') when 'CHANNEL' then coalesce(a.channel, '') when 'QUESTION' then q.code
                             else '' end as part
              from feedback_answer a
              join feedback_question q on q.id = a.question_id
              where a.kind = $1 and a.answered_at >= $4 and a.answered_at < $3
                and ($6::text is null or q.code = $6) and ($7::text is null or a.shop = $7) and ($8::text is null or a.channel = $8)
            ), counted as (
              select distinct on (g.part, g.current, coalesce(g.customer_id, g.id)) g.part, g.current, g.score
              from given g
              order by g.part, g.current, coalesce(g.customer_id, g.id), g.answered_at desc, g.id desc
            ), answers as (
              select g.part, g.current, count(*) as answers from given g group by g.part, g.current
            )
            select c.part, c.current, max(a.answers)::bigint as answers, count(*)::bigint as n,
                   count(*) filter (where c.score >= 9)::bigint as promoters, count(*) filter (where c.score <= 6)::bigint as detractors,
                   count(*) filter (where c.score >= 4)::bigint as satisfied,
                   sum(c.score)::float8 as total, sum(c.score * c.score)::float8 as squares
            from counted c
            join answers a on a.part = c.part and a.current = c.current
            group by c.part, c.current
            order by c.part
            limit 2000
            """;

    /* language=PostgreSQL */
    private static final String POPULATION =
            "select count(*) as n from customer c where c.registered_at < $1 and c.blocked_at is null";

    // The last answer of each: who was a promoter once may have changed his mind.
    /* language=PostgreSQL */
    private static final String PROMOTERS = """
            select l.customer_id, l.score::int as score, l.answered_at
            from (
              select distinct on (a.customer_id) a.customer_id, a.score, a.answered_at
              from feedback_answer a
              where a.kind = 'NPS' and a.customer_id is not null and ($1::uuid is null or a.customer_id > $1)
                and ($2::text is null or a.question_id in (select q.id from feedback_question q where q.code = $2))
              order by a.customer_id, a.answered_at desc, a.id desc) l
            join customer c on c.id = l.customer_id
            where l.score >= 9 and l.answered_at >= $3 and c.blocked_at is null
            order by l.customer_id
            limit $4
            """;

    // Speaks well of the brand: a promoter by the last word, or somebody who came upon a recommendation and bought.
    // Uses it: has bought.
    /* language=PostgreSQL */
    private static final String ADVOCATES = """
            with word as (
              select distinct on (a.customer_id) a.customer_id, a.score
              from feedback_answer a
              where a.kind = 'NPS' and a.customer_id is not null and a.answered_at >= $2 and ($1::uuid is null or a.customer_id > $1)
              order by a.customer_id, a.answered_at desc, a.id desc
            ), invited as (
              select c.customer_id, count(*)::int as times
              from referral r
              join referral_code c on c.code = r.code
              where r.state = 'REWARDED' and r.created_at >= $2 and ($1::uuid is null or c.customer_id > $1)
              group by c.customer_id
            ), speaker as (
              select coalesce(w.customer_id, i.customer_id) as customer_id, w.score, coalesce(i.times, 0) as times
              from word w
              full join invited i on i.customer_id = w.customer_id
              where w.score >= 9 or (i.times > 0 and w.score is null)
            )
            select s.customer_id, s.score::int as score, s.times,
                   (select max(o.ordered_at) from orders o
                    where o.customer_id = s.customer_id and o.state in ('PAID', 'PARTLY_RETURNED')) as last_order_at
            from speaker s
            join customer c on c.id = s.customer_id and c.blocked_at is null
            where exists (select from orders o
                          where o.customer_id = s.customer_id and o.ordered_at >= $2 and o.state in ('PAID', 'PARTLY_RETURNED'))
            order by s.customer_id
            limit $3
            """;

    enum Dimension {
        ALL,
        SHOP,
        CHANNEL,
        QUESTION
    }

    /** Which answers. */
    record Filter(
            FeedbackKind kind,
            Period period,
            Dimension by,
            @Nullable String question,
            @Nullable String shop,
            @Nullable String channel) {}

    record Part(String name, boolean current, long answers, Figure.Sums sums) {}

    record Promoter(UUID customerId, int score, Instant answeredAt) {}

    record Advocate(UUID customerId, @Nullable Integer score, int invited, Instant lastOrderAt) {}

    Uni<List<Part>> sums(SqlClient client, Filter filter) {
        return client.preparedQuery(SUMS)
                .execute(Params.of(
                        filter.kind().name(),
                        time(filter.period().from()),
                        time(filter.period().to()),
                        time(filter.period().previous().from()),
                        filter.by().name(),
                        filter.question(),
                        filter.shop(),
                        filter.channel()))
                .map(rows -> Rows.list(rows, FigureSql::part));
    }

    Uni<Long> population(SqlClient client, Instant at) {
        return client.preparedQuery(POPULATION)
                .execute(Params.of(time(at)))
                .map(rows -> rows.iterator().next().getLong("n"));
    }

    Uni<List<Promoter>> promoters(
            SqlClient client, @Nullable UUID after, @Nullable String question, Instant since, int limit) {
        return client.preparedQuery(PROMOTERS)
                .execute(Params.of(after, question, time(since), limit))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Promoter(
                                row.getUUID("customer_id"),
                                row.getInteger("score"),
                                row.getOffsetDateTime("answered_at").toInstant())));
    }

    Uni<List<Advocate>> advocates(SqlClient client, @Nullable UUID after, Instant since, int limit) {
        return client.preparedQuery(ADVOCATES)
                .execute(Params.of(after, time(since), limit))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Advocate(
                                row.getUUID("customer_id"),
                                row.getInteger("score"),
                                row.getInteger("times"),
                                row.getOffsetDateTime("last_order_at").toInstant())));
    }

    private static Part part(Row row) {
        return new Part(
                row.getString("part"),
                row.getBoolean("current"),
                row.getLong("answers"),
                new Figure.Sums(
                        row.getLong("n"),
                        row.getLong("promoters"),
                        row.getLong("detractors"),
                        row.getLong("satisfied"),
                        row.getDouble("total"),
                        row.getDouble("squares")));
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
