package io.snowball.customer.deal;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.deal.Pipeline.Stage;
import io.snowball.customer.deal.PipelineApi.LossReason;
import io.snowball.customer.deal.PipelineApi.StageSummary;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.money.Money;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Pipelines in SQL. */
@ApplicationScoped
class PipelineSql {
    static final int MAX_PIPELINES = 100;

    /* language=PostgreSQL */
    private static final String CREATE = """
            insert into pipeline (id, name, version, created_at)
            select $1, $2, 1, $3
            where (select count(*) from pipeline) < $4
            """;

    // Its stages may change no more until the transaction ends.
    /* language=PostgreSQL */
    private static final String HOLD = "select p.id from pipeline p where p.id = $1 for key share";

    /* language=PostgreSQL */
    private static final String LOCK = "select p.id from pipeline p where p.id = $1 for update";

    /* language=PostgreSQL */
    private static final String RENAME = "update pipeline set name = $2, version = $3 where id = $1";

    /* language=PostgreSQL */
    private static final String STORE_STAGES = """
            insert into pipeline_stage (id, pipeline_id, position, name, kind, expected_hours)
            select s.id, $1, s.position, s.name, s.kind, s.expected_hours
            from unnest($2::uuid[], $3::int[], $4::text[], $5::text[], $6::int[]) as s (id, position, name, kind, expected_hours)
            on conflict (id) do update set
              position = excluded.position,
              name = excluded.name,
              expected_hours = excluded.expected_hours
            """;

    /* language=PostgreSQL */
    private static final String REMOVE_STAGES = """
            update pipeline_stage s
            set removed = true
            where s.pipeline_id = $1 and s.id = any($2) and not exists (select from deal d where d.stage_id = s.id)
            """;

    /* language=PostgreSQL */
    private static final String EXPECT = """
            update deal d
            set due_at = d.entered_at + make_interval(hours => s.expected_hours)
            from pipeline_stage s
            where s.pipeline_id = $1 and d.stage_id = s.id and s.kind = 'OPEN'
              and d.due_at is distinct from d.entered_at + make_interval(hours => s.expected_hours)
            """;

    /* language=PostgreSQL */
    private static final String PIPELINES = """
            select p.id, p.name, p.version, s.id as stage_id, s.name as stage_name, s.kind, s.expected_hours
            from pipeline p
            join pipeline_stage s on s.pipeline_id = p.id and not s.removed
            where $1::uuid is null or p.id = $1
            order by p.name, s.position
            limit 5000
            """;

    /* language=PostgreSQL */
    private static final String SUMMARY = """
            select s.id, s.name, s.kind, coalesce(n.deals, 0) as deals, coalesce(n.amount, 0)::bigint as amount,
                   coalesce(n.overdue, 0) as overdue, p.mean_hours
            from pipeline_stage s
            left join lateral (
              select count(*) as deals, sum(d.amount) as amount, count(*) filter (where d.due_at <= $2) as overdue
              from deal d
              join customer c on c.id = d.customer_id and c.blocked_at is null
              where d.stage_id = s.id) n on true
            left join lateral (
              select (avg(extract(epoch from t.left_at - t.entered_at)) / 3600)::numeric as mean_hours
              from deal_stay t
              where t.stage_id = s.id and t.left_at >= $2::timestamptz - interval '365 days') p on true
            where s.pipeline_id = $1 and not s.removed
            order by s.position
            """;

    /* language=PostgreSQL */
    private static final String LOSSES = """
            select d.loss_reason, count(*) as deals
            from deal d
            join pipeline_stage s on s.id = d.stage_id and s.kind = 'LOST'
            join customer c on c.id = d.customer_id and c.blocked_at is null
            where d.pipeline_id = $1 and d.closed_at >= $2::timestamptz - interval '365 days'
            group by d.loss_reason
            order by count(*) desc, d.loss_reason
            limit 50
            """;

    /* language=PostgreSQL */
    private static final String DAYS_TO_WIN = """
            select (avg(extract(epoch from d.closed_at - d.created_at)) / 86400)::numeric as days
            from deal d
            join pipeline_stage s on s.id = d.stage_id and s.kind = 'WON'
            where d.pipeline_id = $1 and d.closed_at >= $2::timestamptz - interval '365 days'
            """;

    /** @return false where there are as many as there may be */
    Uni<Boolean> create(SqlConnection tx, Pipeline pipeline, Instant now) {
        return tx.preparedQuery(CREATE)
                .execute(Params.of(pipeline.id(), pipeline.name(), now.atOffset(ZoneOffset.UTC), (long) MAX_PIPELINES))
                .map(rows -> rows.rowCount() == 1)
                .call(created ->
                        created ? storeStages(tx, pipeline) : Uni.createFrom().voidItem());
    }

    Uni<Void> hold(SqlConnection tx, UUID id) {
        return tx.preparedQuery(HOLD).execute(Params.of(id)).replaceWithVoid();
    }

    Uni<Void> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LOCK).execute(Params.of(id)).replaceWithVoid();
    }

    Uni<Void> replace(SqlConnection tx, Pipeline pipeline) {
        return tx.preparedQuery(RENAME)
                .execute(Params.of(pipeline.id(), pipeline.name(), pipeline.version()))
                .chain(() -> storeStages(tx, pipeline))
                .chain(() -> tx.preparedQuery(EXPECT).execute(Params.of(pipeline.id())))
                .replaceWithVoid();
    }

    private static Uni<Void> storeStages(SqlConnection tx, Pipeline pipeline) {
        List<Stage> stages = pipeline.stages();
        return tx.preparedQuery(STORE_STAGES)
                .execute(Params.of(
                        pipeline.id(),
                        Params.uuids(stages, Stage::id),
                        IntStream.range(0, stages.size()).boxed().toArray(Integer[]::new),
                        Params.texts(stages, Stage::name),
                        Params.texts(stages, stage -> stage.kind().name()),
                        Params.integers(stages, Stage::expectedHours)))
                .replaceWithVoid();
    }

    /** @return how many of them could be taken out: no deal is there */
    Uni<Integer> removeStages(SqlConnection tx, UUID pipelineId, List<UUID> stages) {
        return stages.isEmpty()
                ? Uni.createFrom().item(0)
                : tx.preparedQuery(REMOVE_STAGES)
                        .execute(Params.of(pipelineId, stages.toArray(UUID[]::new)))
                        .map(rows -> rows.rowCount());
    }

    Uni<List<Pipeline>> all(SqlClient client) {
        return pipelines(client, null);
    }

    Uni<Optional<Pipeline>> find(SqlClient client, UUID id) {
        return pipelines(client, id).map(found -> found.stream().findFirst());
    }

    private static Uni<List<Pipeline>> pipelines(SqlClient client, @Nullable UUID id) {
        return client.preparedQuery(PIPELINES).execute(Params.of(id)).map(rows -> {
            Map<UUID, Pipeline> found = new LinkedHashMap<>();
            rows.forEach(row -> found.computeIfAbsent(
                            row.getUUID("id"),
                            key -> new Pipeline(
                                    key, row.getString("name"), row.getInteger("version"), new ArrayList<>()))
                    .stages()
                    .add(stage(row)));
            return List.copyOf(found.values());
        });
    }

    Uni<List<StageSummary>> summary(SqlClient client, UUID pipelineId, Instant now) {
        return client.preparedQuery(SUMMARY)
                .execute(Params.of(pipelineId, now.atOffset(ZoneOffset.UTC)))
                .map(rows -> Rows.list(
                        rows,
                        row -> new StageSummary(
                                row.getUUID("id"),
                                row.getString("name"),
                                StageKind.valueOf(row.getString("kind")),
                                row.getLong("deals"),
                                new Money(row.getLong("amount")),
                                row.getLong("overdue"),
                                rounded(row.getBigDecimal("mean_hours")))));
    }

    Uni<List<LossReason>> losses(SqlClient client, UUID pipelineId, Instant now) {
        return client.preparedQuery(LOSSES)
                .execute(Params.of(pipelineId, now.atOffset(ZoneOffset.UTC)))
                .map(rows ->
                        Rows.list(rows, row -> new LossReason(row.getString("loss_reason"), row.getLong("deals"))));
    }

    Uni<Optional<BigDecimal>> daysToWin(SqlClient client, UUID pipelineId, Instant now) {
        return client.preparedQuery(DAYS_TO_WIN)
                .execute(Params.of(pipelineId, now.atOffset(ZoneOffset.UTC)))
                .map(rows -> Optional.ofNullable(rounded(rows.iterator().next().getBigDecimal("days"))));
    }

    private static Stage stage(Row row) {
        return new Stage(
                row.getUUID("stage_id"),
                row.getString("stage_name"),
                StageKind.valueOf(row.getString("kind")),
                row.getInteger("expected_hours"));
    }

    private static @Nullable BigDecimal rounded(@Nullable BigDecimal value) {
        return value == null ? null : value.setScale(1, RoundingMode.HALF_UP);
    }
}
