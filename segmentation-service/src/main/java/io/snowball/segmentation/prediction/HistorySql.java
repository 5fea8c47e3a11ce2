package io.snowball.segmentation.prediction;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.segmentation.cluster.ClusterKind;
import io.snowball.segmentation.cluster.ClusterLevel;
import io.snowball.segmentation.prediction.Potential.Peers;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Purchases as the models want them, and writing the scores. */
@ApplicationScoped
class HistorySql {
    /* language=PostgreSQL */
    private static final String BUYERS = """
            select count(*) as buyers, (min(first_order_at) at time zone 'UTC')::date as first_on
            from customer_metric
            where orders_count > 0 and first_order_at < $1
            """;

    // The orders of one day are one purchase. $3: one in how many buyers, by a hash of the id, the same ones each time.
    /* language=PostgreSQL */
    private static final String SAMPLE = """
            with days as (
              select o.customer_id, (o.ordered_at at time zone 'UTC')::date as day, sum(o.amount)::bigint as amount
              from order_fact o
              join customer_metric m on m.customer_id = o.customer_id
              where o.counts and o.ordered_at < $1
                and mod(hashtextextended(o.customer_id::text, 0) & 9223372036854775807, $3) = 0
              group by 1, 2),
            ranked as (
              select customer_id, day, amount, min(day) over (partition by customer_id) as first_on
              from days)
            select first_on, max(day) as last_on, count(*)::int - 1 as repeats,
              (avg(amount) filter (where day > first_on))::float8 as mean_repeat, sum(amount)::bigint as realised,
              max(day) filter (where day <= $2) as calibration_last_on,
              (count(*) filter (where day <= $2))::int - 1 as calibration_repeats
            from ranked
            group by customer_id, first_on
            limit $4
            """;

    /* language=PostgreSQL */
    private static final String PAGE = """
            with page as (
              select m.customer_id, c.source, c.sex
              from customer_metric m
              join customer_fact c on c.customer_id = m.customer_id
              where m.customer_id > $1 and m.orders_count > 0 and m.first_order_at < $2
              order by m.customer_id
              limit $4),
            days as (
              select o.customer_id, (o.ordered_at at time zone 'UTC')::date as day, sum(o.amount)::bigint as amount
              from page p
              join order_fact o on o.customer_id = p.customer_id and o.counts and o.ordered_at < $2
              group by 1, 2),
            ranked as (
              select customer_id, day, amount, min(day) over (partition by customer_id) as first_on
              from days)
            select p.customer_id, p.source, p.sex, r.first_on, max(r.day) as last_on, count(*)::int - 1 as repeats,
              (avg(r.amount) filter (where r.day > r.first_on))::float8 as mean_repeat, sum(r.amount)::bigint as realised,
              coalesce(sum(r.amount) filter (where r.day > $3), 0)::bigint as year_revenue
            from page p
            join ranked r on r.customer_id = p.customer_id
            group by p.customer_id, p.source, p.sex, r.first_on
            order by p.customer_id
            """;

    /* language=PostgreSQL */
    private static final String PEERS = """
            with year as (
              select customer_id, sum(amount)::bigint as revenue
              from order_fact
              where counts and ordered_at >= $1 and ordered_at < $2
              group by 1)
            select c.source, c.sex, grouping(c.source) = 1 as everyone,
              (percentile_disc(0.9) within group (order by y.revenue))::bigint as ninth_decile
            from year y
            join customer_fact c on c.customer_id = y.customer_id
            group by grouping sets ((c.source, c.sex), ())
            having count(*) >= 100 or grouping(c.source) = 1
            order by count(*) desc
            limit 1000
            """;

    // Who was erased, merged or blocked since the page was read has no metrics any more, and gets no score.
    /* language=PostgreSQL */
    private static final String UPSERT = """
            insert into prediction_score (customer_id, model_id, probability_alive, expected_purchases, recency_weeks,
              age_weeks, repeats, expected_spend, forecast, realised, potential, wait_weeks,
              cluster_recency, cluster_frequency, cluster_bill)
            select u.customer_id, $1, u.probability_alive, u.expected_purchases, u.recency_weeks, u.age_weeks, u.repeats,
              u.expected_spend, u.forecast, u.realised, u.potential, u.wait_weeks, u.cluster_recency, u.cluster_frequency,
              u.cluster_bill
            from unnest($2::uuid[], $3::float8[], $4::float8[], $5::float8[], $6::float8[], $7::int[], $8::bigint[],
              $9::bigint[], $10::bigint[], $11::bigint[], $12::float8[], $13::text[], $14::text[], $15::text[])
              as u (customer_id, probability_alive, expected_purchases, recency_weeks, age_weeks, repeats, expected_spend,
                forecast, realised, potential, wait_weeks, cluster_recency, cluster_frequency, cluster_bill)
            join customer_metric m on m.customer_id = u.customer_id
            on conflict (customer_id, model_id) do update
            set probability_alive = excluded.probability_alive,
              expected_purchases = excluded.expected_purchases, recency_weeks = excluded.recency_weeks,
              age_weeks = excluded.age_weeks, repeats = excluded.repeats, expected_spend = excluded.expected_spend,
              forecast = excluded.forecast, realised = excluded.realised, potential = excluded.potential,
              wait_weeks = excluded.wait_weeks, cluster_recency = excluded.cluster_recency,
              cluster_frequency = excluded.cluster_frequency, cluster_bill = excluded.cluster_bill
            """;

    /* language=PostgreSQL */
    private static final String SWAP = """
            insert into current_prediction_model (model_id) values ($1)
            on conflict (one) do update set model_id = excluded.model_id
            """;

    // Not those of another worker that is at it.
    /* language=PostgreSQL */
    private static final String DELETE_OTHERS = """
            delete from prediction_score
            where model_id is distinct from (select model_id from current_prediction_model)
              and model_id not in (select id from prediction_model where state in ('FITTING', 'SCORING'))
            """;

    record Buyers(long count, @Nullable LocalDate firstOn) {}

    /** A buyer who is to be scored. */
    record Scored(UUID customerId, Peers peers, Observed observed, long realised, long yearRevenue) {}

    /** What is written of a buyer. */
    record Score(
            Scored buyer,
            PurchaseHistory history,
            Forecast forecast,
            long potential,
            @Nullable ClusterKind cluster) {
        private @Nullable String level(Function<ClusterKind, ClusterLevel> feature) {
            return cluster == null ? null : feature.apply(cluster).name();
        }
    }

    Uni<Buyers> buyers(SqlClient client, PredictionModel.Spec spec) {
        return client.preparedQuery(BUYERS).execute(Params.of(utc(spec.end()))).map(rows -> {
            Row row = rows.iterator().next();
            return new Buyers(row.getLong("buyers"), row.getLocalDate("first_on"));
        });
    }

    Uni<List<Observed>> sample(
            SqlClient client, PredictionModel.Spec spec, LocalDate calibratedUntil, long oneIn, int limit) {
        return client.preparedQuery(SAMPLE)
                .execute(Params.of(utc(spec.end()), calibratedUntil, oneIn, limit))
                .map(rows -> Rows.list(
                        rows,
                        row -> observed(
                                row, row.getLocalDate("calibration_last_on"), row.getInteger("calibration_repeats"))));
    }

    private static Observed observed(Row row, @Nullable LocalDate calibrationLastOn, int calibrationRepeats) {
        return new Observed(
                row.getLocalDate("first_on"),
                row.getLocalDate("last_on"),
                row.getInteger("repeats"),
                row.getDouble("mean_repeat"),
                row.getLong("realised"),
                calibrationLastOn,
                calibrationRepeats);
    }

    /** In id order. */
    Uni<List<Scored>> page(SqlClient client, PredictionModel.Spec spec, UUID after, int limit) {
        return client.preparedQuery(PAGE)
                .execute(Params.of(after, utc(spec.end()), spec.asOf().minusWeeks(Potential.WEEKS), limit))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Scored(
                                row.getUUID("customer_id"),
                                new Peers(row.getString("source"), row.getString("sex")),
                                observed(row, null, -1),
                                row.getLong("realised"),
                                row.getLong("year_revenue"))));
    }

    Uni<Potential> potential(SqlClient client, PredictionModel.Spec spec) {
        Instant from = spec.asOf()
                .minusWeeks(Potential.WEEKS)
                .plusDays(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        return client.preparedQuery(PEERS)
                .execute(Params.of(utc(from), utc(spec.end())))
                .map(rows -> {
                    Map<Peers, Long> peers = new HashMap<>();
                    long everyone = 0;
                    for (Row row : rows) {
                        Long ninthDecile = row.getLong("ninth_decile");
                        if (!row.getBoolean("everyone")) {
                            peers.put(new Peers(row.getString("source"), row.getString("sex")), ninthDecile);
                        } else if (ninthDecile != null) {
                            everyone = ninthDecile;
                        }
                    }
                    return new Potential(peers, everyone);
                });
    }

    Uni<Void> upsert(SqlClient client, UUID modelId, List<Score> scores) {
        return client.preparedQuery(UPSERT)
                .execute(Params.of(
                        modelId,
                        Params.uuids(scores, score -> score.buyer().customerId()),
                        doubles(scores, score -> score.forecast().probabilityAlive()),
                        doubles(scores, score -> score.forecast().expectedPurchases()),
                        doubles(scores, score -> score.history().recency()),
                        doubles(scores, score -> score.history().age()),
                        Params.integers(scores, score -> score.history().repeats()),
                        Params.longs(scores, score -> score.forecast().expectedSpend()),
                        Params.longs(scores, score -> score.forecast().value()),
                        Params.longs(scores, score -> score.buyer().realised()),
                        Params.longs(scores, Score::potential),
                        doubles(scores, score -> score.forecast().waitWeeks()),
                        Params.texts(scores, score -> score.level(ClusterKind::recency)),
                        Params.texts(scores, score -> score.level(ClusterKind::frequency)),
                        Params.texts(scores, score -> score.level(ClusterKind::bill))))
                .replaceWithVoid();
    }

    /** From now on what this model says holds, all of it at once; who has no order any more has no prediction either. */
    Uni<Void> swap(SqlClient client, UUID modelId) {
        return client.preparedQuery(SWAP).execute(Params.of(modelId)).replaceWithVoid();
    }

    /** What no longer holds, and what a run that did not come to its end has left. */
    Uni<Void> deleteOthers(SqlClient client) {
        return client.query(DELETE_OTHERS).execute().replaceWithVoid();
    }

    private static <R> Double[] doubles(Collection<R> rows, Function<R, Double> column) {
        return rows.stream().map(column).toArray(Double[]::new);
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
