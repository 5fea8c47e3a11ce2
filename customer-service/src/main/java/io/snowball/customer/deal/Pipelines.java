package io.snowball.customer.deal;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.EntityTags;
import io.snowball.customer.deal.Pipeline.Stage;
import io.snowball.customer.deal.PipelineApi.PipelineData;
import io.snowball.customer.deal.PipelineApi.PipelineSummary;
import io.snowball.platform.id.Ids;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.Constraints;
import io.snowball.platform.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What can be done with pipelines. */
@ApplicationScoped
class Pipelines {
    private final PipelineSql sql;
    private final Pool pool;
    private final Clock clock;

    Pipelines(PipelineSql sql, Pool pool, Clock clock) {
        this.sql = sql;
        this.pool = pool;
        this.clock = clock;
    }

    Uni<Pipeline> create(SqlConnection tx, PipelineData data) {
        Pipeline pipeline = data.toPipeline(Ids.next(), 1);
        for (int i = 0; i < data.stages().size(); i++) {
            if (data.stages().get(i).id() != null) {
                throw unknownStage(i);
            }
        }
        return sql.create(tx, pipeline, clock.instant())
                .onFailure()
                .transform(Constraints.to(DealProblem.PIPELINE_NAME_TAKEN))
                .map(created -> {
                    if (!created) {
                        throw CommonProblem.CONFLICT.with("There can be " + PipelineSql.MAX_PIPELINES + " pipelines");
                    }
                    return pipeline;
                });
    }

    /** Deals keep their stages; a stage that is left out must be empty. */
    Uni<Pipeline> replace(UUID id, int expectedVersion, PipelineData data) {
        return pool.withTransaction(tx -> sql.lock(tx, id)
                .chain(() -> get(tx, id))
                .chain(known -> replace(tx, known, expectedVersion, data))
                .onFailure()
                .transform(Constraints.to(DealProblem.PIPELINE_NAME_TAKEN)));
    }

    private Uni<Pipeline> replace(SqlConnection tx, Pipeline known, int expectedVersion, PipelineData data) {
        EntityTags.check(expectedVersion, known.version());
        Pipeline replaced = data.toPipeline(known.id(), known.version() + 1);
        check(known, data);
        List<UUID> gone = known.stages().stream()
                .map(Stage::id)
                .filter(stage -> replaced.stage(stage).isEmpty())
                .toList();
        return sql.removeStages(tx, known.id(), gone)
                .invoke(removed -> {
                    if (removed < gone.size()) {
                        throw DealProblem.STAGE_IN_USE.with("Move the deals that are there to other stages first");
                    }
                })
                .chain(() -> sql.replace(tx, replaced))
                .replaceWith(replaced);
    }

    private static void check(Pipeline known, PipelineData data) {
        for (int i = 0; i < data.stages().size(); i++) {
            UUID id = data.stages().get(i).id();
            Optional<Stage> stage = id == null ? Optional.empty() : known.stage(id);
            if (id != null && stage.isEmpty()) {
                throw unknownStage(i);
            }
            if (stage.isPresent() && stage.get().kind() != data.stages().get(i).kind()) {
                throw ProblemException.invalidField(
                        "/stages/" + i + "/kind", "immutable", "A stage keeps its kind: make a new stage");
            }
        }
    }

    private static ProblemException unknownStage(int place) {
        return ProblemException.invalidField(
                "/stages/" + place + "/id",
                "unknown",
                "The pipeline has no such stage: leave the id out for a new one");
    }

    Uni<List<Pipeline>> all() {
        return sql.all(pool);
    }

    Uni<Pipeline> get(UUID id) {
        return get(pool, id);
    }

    Uni<Pipeline> get(SqlClient client, UUID id) {
        return sql.find(client, id)
                .map(found ->
                        found.orElseThrow(() -> CommonProblem.NOT_FOUND.with("There is no pipeline with this id")));
    }

    Uni<PipelineSummary> summary(UUID id) {
        Instant now = clock.instant();
        return get(id).chain(() -> sql.summary(pool, id, now))
                .chain(stages -> sql.losses(pool, id, now)
                        .chain(losses -> sql.daysToWin(pool, id, now)
                                .map(days -> new PipelineSummary(stages, losses, days.orElse(null)))));
    }
}
