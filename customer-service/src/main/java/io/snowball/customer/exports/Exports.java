package io.snowball.customer.exports;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.CustomerConfig;
import io.snowball.customer.exports.ExportApi.CreateExport;
import io.snowball.customer.exports.ExportApi.ExportAccessView;
import io.snowball.customer.exports.ExportApi.ExportDecision;
import io.snowball.customer.profile.CustomerSheet;
import io.snowball.platform.id.Ids;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.CommonProblem;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asking for exports, deciding on them and fetching the files. {@link ExportWorker} writes them. */
@ApplicationScoped
class Exports {
    private final ExportSql sql;
    private final ExportAccesses accesses;
    private final CustomerSheet sheet;
    private final Pool pool;
    private final int approveAbove;
    private final Clock clock;

    Exports(
            ExportSql sql,
            ExportAccesses accesses,
            CustomerSheet sheet,
            Pool pool,
            CustomerConfig config,
            Clock clock) {
        this.sql = sql;
        this.accesses = accesses;
        this.sheet = sheet;
        this.pool = pool;
        this.approveAbove = config.exports().approveAbove();
        this.clock = clock;
    }

    /**
     * Who asks.
     *
     * @param clear sees personal data
     * @param officer looks after everybody's exports
     */
    record Caller(String id, boolean clear, boolean officer) {
        private boolean mayFetch(Export export) {
            return (officer || id.equals(export.requestedBy()))
                    && (clear || export.shape().masked());
        }
    }

    Uni<Export> create(SqlConnection tx, CreateExport request, Caller caller) {
        Export.Why why = request.why();
        Export asked = asked(request, why, caller);
        return sheet.check(request.columns())
                .chain(() -> sql.create(tx, asked))
                .chain(() -> request.customerIds() == null
                        ? Uni.createFrom().voidItem()
                        : sql.add(tx, asked.id(), request.customerIds()).chain(added -> settle(tx, asked, added)))
                .chain(() -> existing(tx, asked.id()))
                .call(export -> accesses.note(tx, export, caller.id(), ExportAction.REQUESTED, export.customers()));
    }

    private Export asked(CreateExport request, Export.Why why, Caller caller) {
        return new Export(
                Ids.next(),
                ExportState.COLLECTING,
                request.shape(!caller.clear()),
                request.segmentId(),
                why,
                caller.id(),
                now(),
                null,
                null,
                0,
                null,
                0,
                0,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** All who are asked for are in it: it is written, or a second person has to approve first. */
    Uni<Void> settle(SqlConnection tx, Export export, int more) {
        Export.Shape shape = export.shape();
        boolean inTheClear = !shape.masked() && CustomerSheet.anyPersonal(shape.columns());
        return sql.settle(tx, export.id(), more, inTheClear, approveAbove);
    }

    Uni<Export> decide(UUID id, ExportDecision decision, Caller caller) {
        return get(id).call(export -> caller.id().equals(export.requestedBy())
                        ? refused(
                                export,
                                caller,
                                decision == ExportDecision.APPROVE ? ExportAction.APPROVED : ExportAction.REJECTED,
                                ExportProblem.FOUR_EYES)
                        : Uni.createFrom().voidItem())
                .chain(() -> pool.withTransaction(tx -> locked(tx, id)
                        .chain(export -> decide(tx, export, decision, caller.id()))
                        .chain(() -> existing(tx, id))));
    }

    private Uni<Void> decide(SqlConnection tx, Export export, ExportDecision decision, String by) {
        if (export.state() != ExportState.AWAITING_APPROVAL) {
            throw ExportProblem.NOT_AWAITING_APPROVAL.with("It is " + export.state());
        }
        return switch (decision) {
            case APPROVE ->
                sql.decide(tx, export.id(), ExportState.WRITING, by, now(), null)
                        .chain(() -> accesses.note(tx, export, by, ExportAction.APPROVED, export.customers()));
            case REJECT ->
                sql.decide(tx, export.id(), ExportState.REJECTED, by, now(), "The second person rejected it")
                        .chain(() -> accesses.note(tx, export, by, ExportAction.REJECTED, export.customers()));
        };
    }

    /** Logged before the first byte is sent. */
    Uni<Export> open(UUID id, Caller caller) {
        return get(id).call(export -> caller.mayFetch(export)
                        ? Uni.createFrom().voidItem()
                        : refused(export, caller, ExportAction.DOWNLOADED, ExportProblem.NOT_YOURS))
                .chain(() -> pool.withTransaction(tx -> locked(tx, id)
                        .invoke(Exports::checkReady)
                        .call(export -> accesses.note(
                                tx, export, caller.id(), ExportAction.DOWNLOADED, number(export.rows())))));
    }

    private static void checkReady(Export export) {
        if (export.state() != ExportState.READY) {
            String why = export.failure();
            throw ExportProblem.NOT_READY.with("It is " + export.state() + (why == null ? "" : ": " + why));
        }
    }

    /** Stops what is under way and deletes what is there; may be repeated. */
    Uni<Void> delete(UUID id, Caller caller) {
        return get(id).call(export -> caller.officer() || caller.id().equals(export.requestedBy())
                        ? Uni.createFrom().voidItem()
                        : refused(export, caller, ExportAction.DELETED, ExportProblem.NOT_YOURS))
                .chain(() -> pool.withTransaction(tx -> locked(tx, id).chain(export -> switch (export.state()) {
                    case REJECTED, FAILED, DELETED -> Uni.createFrom().voidItem();
                    case COLLECTING, AWAITING_APPROVAL, WRITING, READY ->
                        sql.end(tx, id, ExportState.DELETED, "Somebody deleted it")
                                .chain(() -> accesses.note(
                                        tx, export, caller.id(), ExportAction.DELETED, export.customers()));
                })));
    }

    private Uni<Void> refused(Export export, Caller caller, ExportAction action, ExportProblem problem) {
        return accesses.refused(export, caller.id(), action).invoke(() -> {
            throw problem.with(
                    problem == ExportProblem.FOUR_EYES
                            ? "Who asks for personal data can't decide on it"
                            : "Ask who requested it, or for an export of your own");
        });
    }

    Uni<Export> get(UUID id) {
        return sql.find(pool, id).map(Exports::existing);
    }

    /** An export that the caller may know of. */
    Uni<Export> get(UUID id, Caller caller) {
        return get(id).invoke(export -> {
            if (!caller.officer() && !caller.id().equals(export.requestedBy())) {
                throw ExportProblem.NOT_YOURS.with("Only who requested it and the officers may look at it");
            }
        });
    }

    Uni<byte[]> piece(Export export, int n) {
        return sql.piece(pool, export, n);
    }

    /** Newest first; an officer sees everybody's. */
    Uni<Keyset<Export>> list(Caller caller, @Nullable String cursor, int limit) {
        String whose = caller.officer() ? null : caller.id();
        String query = whose == null ? "" : whose;
        List<String> after = Cursor.decode(cursor, 1, "exports", query);
        return sql.page(pool, whose, after == null ? null : Cursor.asUuid(after.getFirst()), limit + 1)
                .map(rows ->
                        Keyset.of(rows, limit, export -> List.of(export.id().toString()), "exports", query));
    }

    Uni<Keyset<ExportAccessView>> accesses(UUID id, @Nullable String cursor, int limit) {
        List<String> after = Cursor.decode(cursor, 1, "export-accesses", id);
        return get(id).chain(() -> accesses.page(id, after == null ? null : Cursor.asUuid(after.getFirst()), limit + 1))
                .map(rows -> Keyset.of(rows, limit, line -> List.of(line.id().toString()), "export-accesses", id));
    }

    static int number(@Nullable Integer rows) {
        return rows == null ? 0 : rows;
    }

    private Uni<Export> locked(SqlConnection tx, UUID id) {
        return sql.lock(tx, id).map(Exports::existing);
    }

    private Uni<Export> existing(SqlConnection tx, UUID id) {
        return sql.find(tx, id).map(Exports::existing);
    }

    private static Export existing(Optional<Export> found) {
        return found.orElseThrow(() -> CommonProblem.NOT_FOUND.with("There is no export with this id"));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
