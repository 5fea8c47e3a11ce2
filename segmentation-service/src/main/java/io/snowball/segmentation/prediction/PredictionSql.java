package io.snowball.segmentation.prediction;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.money.Money;
import io.snowball.segmentation.cluster.ClusterKind;
import io.snowball.segmentation.cluster.ClusterLevel;
import io.snowball.segmentation.prediction.PredictionApi.BaseValueView;
import io.snowball.segmentation.prediction.PredictionApi.PredictedCluster;
import io.snowball.segmentation.prediction.PredictionApi.PredictionView;
import io.snowball.segmentation.prediction.PredictionApi.State;
import io.snowball.segmentation.prediction.PredictionApi.Wanted;
import io.snowball.segmentation.prediction.PredictionModel.Progress;
import io.snowball.segmentation.prediction.PredictionModel.Spec;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The models' table, and reading the scores. */
@ApplicationScoped
class PredictionSql {
    /** Further away a date says nothing. */
    private static final double NEXT_ORDER_WEEKS_MAX = 3 * 52;

    private static final Duration LEASE = Duration.ofMinutes(30);

    private static final String COLUMNS =
            "id, state, wanted, as_of, horizon_weeks, annual_discount_rate, margin_share, customers_scored, customers_total, report,"
                    + " base_value, created_at, finished_at\n";

    /* language=PostgreSQL */
    private static final String INSERT = """
            insert into prediction_model (id, state, wanted, as_of, horizon_weeks, annual_discount_rate, margin_share,
              customers_scored, customers_total, created_at)
            values ($1, 'QUEUED', $2, $3, $4, $5, $6, 0, 0, $7)
            """;

    /* language=PostgreSQL */
    private static final String FIND = "select " + COLUMNS + """
            from prediction_model
            where id = $1
            """;

    /* language=PostgreSQL */
    private static final String LIST = "select " + COLUMNS + """
            from prediction_model
            where $1::uuid is null or id < $1
            order by id desc
            limit $2
            """;

    // A lease that has run out belongs to a dead worker: fitting is begun again, and gives the same.
    /* language=PostgreSQL */
    private static final String CLAIM = """
            update prediction_model
            set state = 'FITTING', claimed_until = $2
            where id = (
              select id
              from prediction_model
              where state in ('QUEUED', 'FITTING', 'SCORING') and (claimed_until is null or claimed_until < $1)
              order by id
              limit 1
              for update skip locked)
            returning\s""" + COLUMNS;

    /* language=PostgreSQL */
    private static final String MOVE = """
            update prediction_model
            set state = $2, customers_scored = $3, customers_total = $4, report = coalesce($5, report), finished_at = $6,
              claimed_until = $7
            where id = $1
            """;

    /* language=PostgreSQL */
    private static final String KEEP_BASE_VALUE = "update prediction_model set base_value = $2 where id = $1";

    /* language=PostgreSQL */
    private static final String PREDICTION = """
            select p.customer_id, p.model_id, m.as_of, m.horizon_weeks, p.repeats, p.recency_weeks, p.age_weeks,
              p.probability_alive, p.expected_purchases, p.expected_spend, p.realised, p.forecast, p.potential, p.wait_weeks,
              p.cluster_recency, p.cluster_frequency, p.cluster_bill
            from customer_prediction p
            join prediction_model m on m.id = p.model_id
            where p.customer_id = $1
            """;

    /* language=PostgreSQL */
    private static final String BASE_VALUE = """
            select count(*) as customers, coalesce(sum(expected_purchases), 0) as expected_purchases,
              coalesce(sum(probability_alive), 0) as customers_alive, coalesce(sum(realised), 0)::bigint as realised,
              sum(forecast)::bigint as forecast, coalesce(sum(potential), 0)::bigint as potential
            from customer_prediction
            """;

    Uni<Void> insert(SqlClient client, UUID id, Spec spec, Instant now) {
        return client.preparedQuery(INSERT)
                .execute(Params.of(
                        id,
                        spec.wanted().name(),
                        spec.asOf(),
                        spec.horizonWeeks(),
                        spec.annualDiscountRate(),
                        spec.marginShare(),
                        utc(now)))
                .replaceWithVoid();
    }

    Uni<Optional<PredictionModel>> find(SqlClient client, UUID id) {
        return client.preparedQuery(FIND).execute(Params.of(id)).map(rows -> Rows.first(rows, PredictionSql::model));
    }

    /** The newest first. */
    Uni<List<PredictionModel>> list(SqlClient client, @Nullable UUID before, int limit) {
        return client.preparedQuery(LIST)
                .execute(Params.of(before, limit))
                .map(rows -> Rows.list(rows, PredictionSql::model));
    }

    Uni<Optional<PredictionModel>> claim(SqlClient client, Instant now) {
        return client.preparedQuery(CLAIM)
                .execute(Params.of(utc(now), utc(now.plus(LEASE))))
                .map(rows -> Rows.first(rows, PredictionSql::model));
    }

    /** @param progress its report may be null: then the one that is there stays */
    Uni<Void> move(SqlClient client, UUID id, State state, Progress progress, Instant now) {
        Instant finished = progress.finishedAt();
        return client.preparedQuery(MOVE)
                .execute(Params.of(
                        id,
                        state.name(),
                        progress.scored(),
                        progress.total(),
                        progress.report(),
                        finished == null ? null : utc(finished),
                        utc(now.plus(LEASE))))
                .replaceWithVoid();
    }

    /** @param baseValue as JSON: it stays when the scores of the next model take the place of these */
    Uni<Void> keepBaseValue(SqlClient client, UUID id, String baseValue) {
        return client.preparedQuery(KEEP_BASE_VALUE)
                .execute(Params.of(id, baseValue))
                .replaceWithVoid();
    }

    Uni<Optional<PredictionView>> prediction(SqlClient client, UUID customerId) {
        return client.preparedQuery(PREDICTION)
                .execute(Params.of(customerId))
                .map(rows -> Rows.first(rows, PredictionSql::view));
    }

    Uni<BaseValueView> baseValue(SqlClient client) {
        return client.preparedQuery(BASE_VALUE)
                .execute()
                .map(rows -> baseValue(rows.iterator().next()));
    }

    private static PredictionModel model(Row row) {
        OffsetDateTime finished = row.getOffsetDateTime("finished_at");
        return new PredictionModel(
                row.getUUID("id"),
                new Spec(
                        Wanted.valueOf(row.getString("wanted")),
                        row.getLocalDate("as_of"),
                        row.getInteger("horizon_weeks"),
                        row.getDouble("annual_discount_rate"),
                        row.getDouble("margin_share")),
                State.valueOf(row.getString("state")),
                new Progress(
                        row.getLong("customers_scored"),
                        row.getLong("customers_total"),
                        row.getString("report"),
                        finished == null ? null : finished.toInstant()),
                row.getString("base_value"),
                row.getOffsetDateTime("created_at").toInstant());
    }

    private static PredictionView view(Row row) {
        double alive = row.getDouble("probability_alive");
        return new PredictionView(
                row.getUUID("customer_id"),
                row.getUUID("model_id"),
                row.getLocalDate("as_of"),
                row.getInteger("horizon_weeks"),
                row.getInteger("repeats"),
                row.getDouble("recency_weeks"),
                row.getDouble("age_weeks"),
                alive,
                1 - alive,
                row.getDouble("expected_purchases"),
                money(row.getLong("expected_spend")),
                new Money(row.getLong("realised")),
                money(row.getLong("forecast")),
                new Money(row.getLong("potential")),
                nextOrderOn(row.getLocalDate("as_of"), row.getDouble("wait_weeks")),
                cluster(row));
    }

    private static @Nullable PredictedCluster cluster(Row row) {
        return row.getString("cluster_recency") == null
                ? null
                : PredictedCluster.of(new ClusterKind(
                        ClusterLevel.valueOf(row.getString("cluster_recency")),
                        ClusterLevel.valueOf(row.getString("cluster_frequency")),
                        ClusterLevel.valueOf(row.getString("cluster_bill"))));
    }

    private static @Nullable LocalDate nextOrderOn(LocalDate asOf, @Nullable Double weeks) {
        return weeks == null || weeks > NEXT_ORDER_WEEKS_MAX ? null : asOf.plusDays(Math.round(7 * weeks));
    }

    private static BaseValueView baseValue(Row row) {
        return new BaseValueView(
                row.getLong("customers"),
                row.getDouble("expected_purchases"),
                row.getDouble("customers_alive"),
                new Money(row.getLong("realised")),
                money(row.getLong("forecast")),
                new Money(row.getLong("potential")));
    }

    private static @Nullable Money money(@Nullable Long kopecks) {
        return kopecks == null ? null : new Money(kopecks);
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
