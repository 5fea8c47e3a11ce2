package io.snowball.segmentation.prediction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.snowball.segmentation.cluster.Buyer;
import io.snowball.segmentation.cluster.ClusterKind;
import io.snowball.segmentation.cluster.ClusterModel;
import io.snowball.segmentation.prediction.HistorySql.Buyers;
import io.snowball.segmentation.prediction.HistorySql.Score;
import io.snowball.segmentation.prediction.HistorySql.Scored;
import io.snowball.segmentation.prediction.PredictionApi.State;
import io.snowball.segmentation.prediction.PredictionModel.Progress;
import io.snowball.segmentation.segment.PredictedSegments;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Fits what is queued, one model after the other, on a thread of its own: minutes of computing for a large base. Each page of scores is
 * a transaction of its own, so that no feed waits; they hold when all are scored, and segments that ask for predictions follow. Everything here may be done twice: a model whose worker died is begun again.
 */
@ApplicationScoped
class PredictionWorker {
    /** More would cost minutes and move no published digit. */
    private static final int FITTED_MAX = 20_000;

    private static final int PAGE = 5_000;
    private static final UUID BEGINNING = new UUID(0, 0);

    private final Pool pool;
    private final PredictionSql models;
    private final HistorySql histories;
    private final PredictedSegments segments;
    private final ObjectMapper json;
    private final Clock clock;

    PredictionWorker(
            Pool pool,
            PredictionSql models,
            HistorySql histories,
            PredictedSegments segments,
            ObjectMapper json,
            Clock clock) {
        this.pool = pool;
        this.models = models;
        this.histories = histories;
        this.segments = segments;
        this.json = json;
        this.clock = clock;
    }

    @Scheduled(every = "{segmentation.prediction.every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        Optional<PredictionModel> claimed = awaited(models.claim(pool, clock.instant()));
        while (claimed.isPresent()) {
            run(claimed.get());
            claimed = awaited(models.claim(pool, clock.instant()));
        }
    }

    private void run(PredictionModel model) {
        try {
            fit(model);
        } catch (RuntimeException | JsonProcessingException failure) {
            Log.errorf(failure, "Prediction model %s failed", model.id());
            move(model, State.FAILED, 0, 0, null);
            awaited(histories.deleteOthers(pool));
        }
    }

    private void fit(PredictionModel model) throws JsonProcessingException {
        Buyers buyers = awaited(histories.buyers(pool, model.spec()));
        LocalDate first = buyers.firstOn() == null ? model.spec().asOf() : buyers.firstOn();
        LocalDate calibratedUntil = Study.calibratedUntil(model.spec(), first);
        long oneIn = Math.max(1, buyers.count() / FITTED_MAX);
        List<Observed> sample = awaited(histories.sample(pool, model.spec(), calibratedUntil, oneIn, 2 * FITTED_MAX));
        Study.Result result = new Study(model.spec(), calibratedUntil, sample).run(buyers.firstOn(), buyers.count());
        String report = json.writeValueAsString(result.report());
        LifetimeModel lifetime = result.model();
        if (lifetime == null) {
            move(model, State.REFUSED, 0, buyers.count(), report);
            return;
        }
        move(model, State.SCORING, 0, buyers.count(), report);
        LocalDate asOf = model.spec().asOf();
        List<Buyer> known = sample.stream().map(buyer -> buyer.buyer(asOf)).toList();
        ClusterModel clusters = ClusterModel.fit(known).orElse(null);
        long scored = score(model, new Models(lifetime, result.spending(), clusters), buyers.count());
        awaited(histories.swap(pool, model.id()));
        awaited(models.keepBaseValue(pool, model.id(), json.writeValueAsString(awaited(models.baseValue(pool)))));
        awaited(histories.deleteOthers(pool));
        awaited(segments.refreshByPredictions());
        move(model, State.READY, scored, scored, null);
    }

    /** What is said of each buyer. */
    private record Models(
            LifetimeModel lifetime,
            @Nullable GammaGamma spending,
            @Nullable ClusterModel clusters) {
        @Nullable
        ClusterKind kindOf(Buyer buyer) {
            return clusters == null ? null : clusters.kindOf(buyer);
        }
    }

    private long score(PredictionModel model, Models models, long total) {
        Potential potential = awaited(histories.potential(pool, model.spec()));
        long scored = 0;
        List<Scored> page = awaited(histories.page(pool, model.spec(), BEGINNING, PAGE));
        while (!page.isEmpty()) {
            List<Score> scores = page.stream()
                    .map(buyer -> score(model.spec(), models, potential, buyer))
                    .toList();
            awaited(histories.upsert(pool, model.id(), scores));
            scored += scores.size();
            move(model, State.SCORING, scored, Math.max(total, scored), null);
            page = awaited(histories.page(pool, model.spec(), page.getLast().customerId(), PAGE));
        }
        return scored;
    }

    private static Score score(PredictionModel.Spec spec, Models models, Potential potential, Scored buyer) {
        PurchaseHistory history = buyer.observed().history(spec.asOf());
        Forecast forecast = Forecast.of(
                models.lifetime(),
                models.spending(),
                spec,
                history,
                buyer.observed().meanRepeat());
        return new Score(
                buyer,
                history,
                forecast,
                potential.of(buyer.peers(), buyer.yearRevenue()),
                models.kindOf(buyer.observed().buyer(spec.asOf())));
    }

    private void move(PredictionModel model, State state, long scored, long total, @Nullable String report) {
        boolean done = state != State.SCORING;
        Progress progress = new Progress(scored, total, report, done ? clock.instant() : null);
        awaited(models.move(pool, model.id(), state, progress, clock.instant()));
    }

    private static <T> T awaited(Uni<T> asked) {
        return asked.await().indefinitely();
    }
}
