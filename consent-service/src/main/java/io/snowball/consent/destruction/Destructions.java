package io.snowball.consent.destruction;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.calendar.Deadlines;
import io.snowball.consent.destruction.DestructionApi.DestructionPage;
import io.snowball.consent.destruction.DestructionApi.DestructionProofView;
import io.snowball.consent.destruction.DestructionApi.DestructionView;
import io.snowball.consent.destruction.DestructionApi.PlanDestruction;
import io.snowball.consent.destruction.DestructionApi.Reason;
import io.snowball.consent.destruction.DestructionApi.State;
import io.snowball.consent.destruction.DestructionSql.Planned;
import io.snowball.consent.document.PurposeVersions;
import io.snowball.platform.id.Ids;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.Constraints;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Planning destructions, deciding about proposed ones, and what is left of those done. */
@ApplicationScoped
class Destructions {
    private final Pool pool;
    private final DestructionSql sql;
    private final Deadlines deadlines;
    private final PurposeVersions purposes;
    private final Idempotency idempotency;
    private final Clock clock;

    Destructions(
            Pool pool,
            DestructionSql sql,
            Deadlines deadlines,
            PurposeVersions purposes,
            Idempotency idempotency,
            Clock clock) {
        this.pool = pool;
        this.sql = sql;
        this.deadlines = deadlines;
        this.purposes = purposes;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    /** @param by the id of the user who orders it */
    Uni<RestResponse<DestructionView>> plan(@Nullable UUID key, PlanDestruction plan, String by) {
        return idempotency
                .once(
                        "planDestruction",
                        Idempotency.required(key),
                        plan,
                        DestructionView.class,
                        tx -> insert(tx, plan, State.PLANNED, by)
                                .map(view -> Reply.accepted("/api/v1/destructions/" + view.id(), view)))
                .onFailure()
                .transform(Constraints.to(DestructionProblem.RUNNING_ALREADY));
    }

    /** What a job has found: nothing happens until somebody approves. */
    Uni<DestructionView> propose(UUID customerId) {
        PlanDestruction plan = new PlanDestruction(
                customerId,
                Reason.PURPOSE_REACHED,
                "Нет действующих согласий, срок хранения по всем целям истёк",
                null,
                null);
        return pool.withTransaction(tx -> insert(tx, plan, State.PROPOSED, "retention"));
    }

    Uni<DestructionView> decide(UUID id, State state, String by) {
        return pool.withTransaction(tx -> sql.decide(tx, id, state, clock.instant(), by)
                .chain(decided -> sql.find(tx, id).map(found -> {
                    DestructionView view = found.orElseThrow(Destructions::notFound);
                    if (!decided) {
                        throw DestructionProblem.NOT_PROPOSED.with("It is " + view.state());
                    }
                    return view;
                })));
    }

    Uni<DestructionView> get(UUID id) {
        return sql.find(pool, id).map(found -> found.orElseThrow(Destructions::notFound));
    }

    Uni<DestructionPage> list(@Nullable State state, int limit, @Nullable String cursor) {
        List<String> after = Cursor.decode(cursor, 1, String.valueOf(state));
        UUID afterId = after == null ? new UUID(0, 0) : UUID.fromString(after.getFirst());
        return sql.list(pool, afterId, state, limit + 1)
                .map(rows -> Keyset.of(rows, limit, last -> List.of(last.id().toString()), String.valueOf(state)))
                .map(page -> new DestructionPage(page.items(), page.nextCursor()));
    }

    Uni<DestructionProofView> proof(UUID id) {
        return sql.proof(pool, id).map(found -> found.orElseThrow(Destructions::noProof));
    }

    Uni<Row> files(UUID id) {
        return sql.files(pool, id).map(found -> found.orElseThrow(Destructions::noProof));
    }

    private Uni<DestructionView> insert(SqlConnection tx, PlanDestruction plan, State state, String by) {
        UUID id = Ids.next();
        Instant now = clock.instant();
        return deadlines
                .due(tx, plan.reason().term(), deadlines.dayOf(now))
                .map(deadline -> new Planned(now, by, deadline.dueOn()))
                .chain(planned -> categories(tx, plan, now)
                        .chain(categories -> sql.insert(tx, id, plan, state, planned, categories)))
                .chain(() -> sql.find(tx, id))
                .map(found -> found.orElseThrow(Destructions::notFound));
    }

    private Uni<List<String>> categories(SqlConnection tx, PlanDestruction plan, Instant now) {
        return plan.categories() != null
                ? Uni.createFrom().item(plan.categories())
                : purposes.at(tx, now)
                        .map(described -> described.stream()
                                .map(PurposeVersions.Described::categories)
                                .flatMap(List::stream)
                                .distinct()
                                .toList());
    }

    private static RuntimeException notFound() {
        return DestructionProblem.DESTRUCTION_NOT_FOUND.with("List the destructions to see their ids");
    }

    private static RuntimeException noProof() {
        return DestructionProblem.PROOF_NOT_FOUND.with("Read the destruction to see its state");
    }
}
