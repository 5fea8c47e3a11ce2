package io.snowball.segmentation.prediction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.id.Ids;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.ProblemException;
import io.snowball.segmentation.prediction.PredictionApi.BaseValueView;
import io.snowball.segmentation.prediction.PredictionApi.CreatePredictionModel;
import io.snowball.segmentation.prediction.PredictionApi.PredictionModelView;
import io.snowball.segmentation.prediction.PredictionApi.PredictionReport;
import io.snowball.segmentation.prediction.PredictionApi.PredictionView;
import io.snowball.segmentation.prediction.PredictionApi.State;
import io.snowball.segmentation.prediction.PredictionApi.Wanted;
import io.snowball.segmentation.prediction.PredictionModel.Progress;
import io.snowball.segmentation.prediction.PredictionModel.Spec;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Asking for a model, looking how far it is, reading what it says. {@link PredictionWorker} fits. */
@ApplicationScoped
class Predictions {
    private static final LocalDate EARLIEST = LocalDate.of(1990, 1, 1);

    private final Pool pool;
    private final PredictionSql sql;
    private final Idempotency idempotency;
    private final ObjectMapper json;
    private final Clock clock;

    Predictions(Pool pool, PredictionSql sql, Idempotency idempotency, ObjectMapper json, Clock clock) {
        this.pool = pool;
        this.sql = sql;
        this.idempotency = idempotency;
        this.json = json;
        this.clock = clock;
    }

    Uni<RestResponse<PredictionModelView>> create(@Nullable UUID key, CreatePredictionModel body) {
        Instant now = clock.instant();
        Spec spec = spec(body, LocalDate.ofInstant(now, ZoneOffset.UTC));
        PredictionModel model =
                new PredictionModel(Ids.next(), spec, State.QUEUED, new Progress(0, 0, null, null), null, now);
        return idempotency.once(
                "createPredictionModel",
                key,
                body,
                PredictionModelView.class,
                tx -> sql.insert(tx, model.id(), spec, now)
                        .map(_ -> Reply.accepted("/api/v1/prediction-models/" + model.id(), view(model))));
    }

    private static Spec spec(CreatePredictionModel body, LocalDate today) {
        LocalDate asOf = Objects.requireNonNullElse(body.asOf(), today.minusDays(1));
        if (!asOf.isBefore(today) || asOf.isBefore(EARLIEST)) {
            throw ProblemException.invalidField(
                    "/asOf", "out-of-range", "must be a day that is over, and not before 1990");
        }
        return new Spec(
                Objects.requireNonNullElse(body.model(), Wanted.AUTO),
                asOf,
                Objects.requireNonNullElse(body.horizonWeeks(), 52),
                Objects.requireNonNullElse(body.annualDiscountRate(), 0.15),
                Objects.requireNonNullElse(body.marginShare(), 1.0));
    }

    Uni<PredictionModelView> get(UUID id) {
        return sql.find(pool, id)
                .map(found -> found.orElseThrow(
                        () -> CommonProblem.NOT_FOUND.with("There is no prediction model with this id")))
                .map(this::view);
    }

    Uni<Keyset<PredictionModelView>> list(@Nullable String cursor, int limit) {
        return sql.list(pool, before(Cursor.decode(cursor, 1, "prediction-models")), limit + 1)
                .map(rows -> Keyset.of(rows, limit, model -> List.of(model.id().toString()), "prediction-models")
                        .map(this::view));
    }

    private static @Nullable UUID before(@Nullable List<String> key) {
        try {
            return key == null ? null : UUID.fromString(key.getFirst());
        } catch (IllegalArgumentException _) {
            throw ProblemException.invalidField(
                    "cursor", "unreadable-cursor", "Pass nextCursor of the previous page as it was");
        }
    }

    Uni<PredictionView> prediction(UUID customerId) {
        return sql.prediction(pool, customerId)
                .map(found -> found.orElseThrow(() -> CommonProblem.NOT_FOUND.with(
                        "No model has scored this customer: who has not bought yet is not scored, nor is anybody before "
                                + "the first model is READY")));
    }

    Uni<BaseValueView> baseValue() {
        return sql.baseValue(pool);
    }

    private PredictionModelView view(PredictionModel model) {
        Progress progress = model.progress();
        Spec spec = model.spec();
        return new PredictionModelView(
                model.id(),
                model.state(),
                spec.wanted(),
                spec.asOf(),
                spec.horizonWeeks(),
                spec.annualDiscountRate(),
                spec.marginShare(),
                progress.scored(),
                progress.total(),
                model.createdAt(),
                progress.finishedAt(),
                stored(progress.report(), PredictionReport.class),
                stored(model.baseValue(), BaseValueView.class));
    }

    private <T> @Nullable T stored(@Nullable String stored, Class<T> type) {
        try {
            return stored == null ? null : json.readValue(stored, type);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("What was stored of a model can't be read", failure);
        }
    }
}
