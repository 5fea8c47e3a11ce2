package io.snowball.customer.deal;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.Codes;
import io.snowball.customer.EntityTags;
import io.snowball.customer.deal.DealApi.CreateDeal;
import io.snowball.customer.deal.DealApi.DealData;
import io.snowball.customer.deal.DealApi.MoveDeal;
import io.snowball.customer.deal.Pipeline.Stage;
import io.snowball.platform.id.Ids;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What can be done with deals. Every change is announced as deal.changed by the transaction that makes it. */
@ApplicationScoped
public class Deals {
    private final DealSql sql;
    private final PipelineSql pipelineSql;
    private final Pipelines pipelines;
    private final Pool pool;
    private final Clock clock;

    Deals(DealSql sql, PipelineSql pipelineSql, Pipelines pipelines, Pool pool, Clock clock) {
        this.sql = sql;
        this.pipelineSql = pipelineSql;
        this.pipelines = pipelines;
        this.pool = pool;
        this.clock = clock;
    }

    Uni<Deal> create(SqlConnection tx, CreateDeal request, String by) {
        Deal.Terms terms = request.terms();
        return customer(tx, request.customerId())
                .chain(customer -> pipelineSql
                        .hold(tx, request.pipelineId())
                        .chain(() -> pipelineOf(tx, request.pipelineId()))
                        .map(pipeline -> begun(customer, pipeline, request.stageId(), terms)))
                .call(deal -> sql.create(tx, deal, Ids.next(), by))
                .call(deal -> sql.announce(tx, List.of(deal.id()), deal.createdAt()));
    }

    private Uni<UUID> customer(SqlConnection tx, UUID id) {
        return sql.customer(tx, id).map(found -> {
            DealSql.Held held = found.orElseThrow(() -> unknown("/customerId", "There is no such customer"));
            if (held.blocked()) {
                throw DealProblem.CUSTOMER_BLOCKED.with(
                        "Nothing new may be stored of this customer for the time being");
            }
            return held.id();
        });
    }

    private Uni<Pipeline> pipelineOf(SqlConnection tx, UUID id) {
        return pipelineSql
                .find(tx, id)
                .map(found -> found.orElseThrow(() -> unknown("/pipelineId", "There is no such pipeline")));
    }

    private Deal begun(UUID customer, Pipeline pipeline, @Nullable UUID stageId, Deal.Terms terms) {
        Stage stage = stageId == null ? pipeline.first() : openStage(pipeline, stageId);
        Instant now = now();
        return new Deal(
                Ids.next(),
                customer,
                pipeline.id(),
                stage.id(),
                stage.kind(),
                terms,
                null,
                now,
                now,
                null,
                due(stage, now),
                1);
    }

    Uni<Deal> change(UUID id, int expectedVersion, DealData data) {
        Deal.Terms terms = data.terms();
        return pool.withTransaction(tx -> locked(tx, id, expectedVersion)
                .chain(deal -> deal.terms().equals(terms)
                        ? Uni.createFrom().item(deal)
                        : sql.change(tx, id, terms)
                                .chain(() -> sql.announce(tx, List.of(id), now()))
                                .chain(() -> existing(tx, id))));
    }

    /** To another stage of its pipeline; where it is there already, nothing is done. */
    Uni<Deal> move(UUID id, int expectedVersion, MoveDeal request, String by) {
        return move(id, expectedVersion, by, (deal, pipeline) -> {
            Stage stage = stage(pipeline, request.stageId());
            String reason = lossReason(request.lossReason(), stage);
            if (deal.stageKind().isClosed() && !stage.id().equals(deal.stageId())) {
                throw DealProblem.DEAL_CLOSED.with("Reopen the deal first");
            }
            return moved(deal, stage, reason);
        });
    }

    Uni<Deal> reopen(UUID id, int expectedVersion, UUID stageId, String by) {
        return move(id, expectedVersion, by, (deal, pipeline) -> {
            if (!deal.stageKind().isClosed()) {
                throw DealProblem.DEAL_OPEN.with("Move the deal: there is nothing to reopen");
            }
            return moved(deal, openStage(pipeline, stageId), null);
        });
    }

    /** First the pipeline, then the deal: whoever changes the stages of a pipeline locks in this order too. */
    private Uni<Deal> move(UUID id, int expectedVersion, String by, BiFunction<Deal, Pipeline, Deal> step) {
        return pool.withTransaction(tx -> existing(tx, id)
                .call(deal -> pipelineSql.hold(tx, deal.pipelineId()))
                .chain(deal -> pipelines.get(tx, deal.pipelineId()))
                .chain(pipeline -> locked(tx, id, expectedVersion)
                        .chain(deal -> store(tx, deal, step.apply(deal, pipeline), by))));
    }

    private Uni<Deal> store(SqlConnection tx, Deal before, Deal after, String by) {
        return before.equals(after)
                ? Uni.createFrom().item(before)
                : sql.move(tx, after, Ids.next(), by)
                        .chain(() -> sql.announce(tx, List.of(after.id()), after.enteredAt()))
                        .replaceWith(after);
    }

    private Deal moved(Deal deal, Stage stage, @Nullable String lossReason) {
        if (stage.id().equals(deal.stageId())) {
            return deal;
        }
        Instant now = now();
        return new Deal(
                deal.id(),
                deal.customerId(),
                deal.pipelineId(),
                stage.id(),
                stage.kind(),
                deal.terms(),
                lossReason,
                deal.createdAt(),
                now,
                stage.kind().isClosed() ? now : null,
                due(stage, now),
                deal.version() + 1);
    }

    private static @Nullable Instant due(Stage stage, Instant enteredAt) {
        Integer hours = stage.expectedHours();
        return hours == null ? null : enteredAt.plus(Duration.ofHours(hours));
    }

    private static @Nullable String lossReason(@Nullable String text, Stage stage) {
        try {
            String reason = Codes.optional(text);
            if (reason != null && stage.kind() != StageKind.LOST) {
                throw new IllegalArgumentException("is only for a LOST stage");
            }
            return reason;
        } catch (IllegalArgumentException refused) {
            throw ProblemException.invalidField("/lossReason", "invalid", String.valueOf(refused.getMessage()));
        }
    }

    private static Stage stage(Pipeline pipeline, UUID stageId) {
        return pipeline.stage(stageId).orElseThrow(() -> unknown("/stageId", "The deal's pipeline has no such stage"));
    }

    private static Stage openStage(Pipeline pipeline, UUID stageId) {
        Stage stage = stage(pipeline, stageId);
        if (stage.kind().isClosed()) {
            throw ProblemException.invalidField("/stageId", "closed", "Give an OPEN stage");
        }
        return stage;
    }

    Uni<Deal> get(UUID id) {
        return sql.find(pool, id).map(Deals::existing);
    }

    /** Newest first, without those of blocked customers. */
    Uni<Keyset<Deal>> list(DealFilter filter, @Nullable String cursor, int limit) {
        List<String> after = Cursor.decode(cursor, 1, filter.query());
        return sql.page(pool, filter, now(), after == null ? null : Cursor.asUuid(after.getFirst()), limit + 1)
                .map(rows -> Keyset.of(rows, limit, deal -> List.of(deal.id().toString()), filter.query()));
    }

    /** In the order in which they were. */
    Uni<Keyset<Deal.Stay>> stays(UUID id, @Nullable String cursor, int limit) {
        List<String> after = Cursor.decode(cursor, 1, "deal-stays", id);
        return get(id).chain(
                        () -> sql.stays(pool, id, after == null ? null : Cursor.asUuid(after.getFirst()), limit + 1))
                .map(rows -> Keyset.of(rows, limit, stay -> List.of(stay.id().toString()), "deal-stays", id));
    }

    /** Says of deals that went over to another customer whose they are now. */
    public Uni<Void> handedOver(SqlConnection tx, Collection<UUID> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : sql.touch(tx, ids).chain(() -> sql.announce(tx, ids, now()));
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private Uni<Deal> existing(SqlConnection tx, UUID id) {
        return sql.find(tx, id).map(Deals::existing);
    }

    private Uni<Deal> locked(SqlConnection tx, UUID id, int expectedVersion) {
        return sql.lock(tx, id).map(Deals::existing).invoke(deal -> EntityTags.check(expectedVersion, deal.version()));
    }

    private static Deal existing(Optional<Deal> found) {
        return found.orElseThrow(() -> CommonProblem.NOT_FOUND.with("There is no deal with this id"));
    }

    private static ProblemException unknown(String pointer, String detail) {
        return ProblemException.invalidField(pointer, "unknown", detail);
    }
}
