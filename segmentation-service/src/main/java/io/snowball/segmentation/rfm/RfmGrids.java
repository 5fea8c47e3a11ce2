package io.snowball.segmentation.rfm;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.id.Ids;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.money.Money;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.Constraints;
import io.snowball.platform.problem.ProblemException;
import io.snowball.segmentation.IdCursor;
import io.snowball.segmentation.rfm.RfmGridApi.RfmGridBody;
import io.snowball.segmentation.rfm.RfmGridApi.RfmGridCell;
import io.snowball.segmentation.rfm.RfmGridApi.RfmGridCount;
import io.snowball.segmentation.rfm.RfmGridApi.RfmGridReport;
import io.snowball.segmentation.rfm.RfmGridApi.RfmGridView;
import io.snowball.segmentation.rfm.RfmGridApi.RfmScorePage;
import io.snowball.segmentation.rfm.RfmScoreSql.Counted;
import io.snowball.segmentation.rfm.RfmScoreSql.Counts;
import io.snowball.segmentation.rfm.RfmScoreSql.Moment;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Grids that a company declares beside the built-in one. */
@ApplicationScoped
class RfmGrids {
    static final int MAX = 50;

    private final Pool pool;
    private final RfmGridSql sql;
    private final RfmScoreSql scores;
    private final Idempotency idempotency;
    private final Clock clock;

    RfmGrids(Pool pool, RfmGridSql sql, RfmScoreSql scores, Idempotency idempotency, Clock clock) {
        this.pool = pool;
        this.sql = sql;
        this.scores = scores;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    Uni<RestResponse<RfmGridView>> create(@Nullable UUID key, RfmGridBody body) {
        RfmGridCheck.check(body);
        UUID id = Ids.next();
        return idempotency
                .once(
                        "createRfmGrid",
                        key,
                        body,
                        RfmGridView.class,
                        tx -> sql.insert(tx, id, body, clock.instant(), MAX)
                                .invoke(RfmGrids::checkRoom)
                                .chain(() -> sql.find(tx, id))
                                .map(RfmGrids::known)
                                .map(grid -> Reply.created("/api/v1/rfm-grids/" + id, RfmGridView.of(grid))))
                .onFailure()
                .transform(Constraints.to(RfmGridProblem.NAME_TAKEN));
    }

    Uni<RfmGrid> replace(UUID id, int version, RfmGridBody body) {
        RfmGridCheck.check(body);
        return pool.withTransaction(tx -> sql.find(tx, id)
                        .map(RfmGrids::known)
                        .chain(() -> sql.replace(tx, id, version, body, clock.instant()))
                        .invoke(RfmGrids::checkReplaced)
                        .chain(() -> sql.find(tx, id))
                        .map(RfmGrids::known))
                .onFailure()
                .transform(Constraints.to(RfmGridProblem.NAME_TAKEN));
    }

    Uni<Void> delete(UUID id) {
        return sql.delete(pool, id).map(deleted -> {
            if (!deleted) {
                throw unknown();
            }
            return null;
        });
    }

    Uni<RfmGrid> get(UUID id) {
        return sql.find(pool, id).map(RfmGrids::known);
    }

    Uni<Keyset<RfmGrid>> list(@Nullable String cursor, int limit) {
        return sql.list(pool, IdCursor.after(cursor, "rfm-grids"), limit + 1)
                .map(rows -> IdCursor.page(rows, limit, RfmGrid::id, "rfm-grids"));
    }

    Uni<RfmGridReport> report(UUID id, @Nullable Instant asOf) {
        Moment moment = moment(asOf);
        return pool.withTransaction(tx -> sql.find(tx, id)
                .map(RfmGrids::known)
                .chain(grid -> scores.count(tx, grid.definition(), moment)
                        .map(counts -> report(grid.definition(), moment.at(), counts))));
    }

    Uni<RfmScorePage> scores(UUID id, @Nullable Instant asOf, @Nullable String cell, @Nullable UUID after, int limit) {
        Moment moment = moment(asOf);
        return pool.withTransaction(tx -> sql.find(tx, id)
                        .map(RfmGrids::known)
                        .chain(grid -> scores.list(tx, grid.definition(), moment, cell, after, limit + 1)))
                .map(found -> RfmScorePage.of(found, limit));
    }

    private Moment moment(@Nullable Instant asOf) {
        Instant now = clock.instant();
        if (asOf != null && asOf.isAfter(now)) {
            throw ProblemException.invalidField("asOf", "must-be-past", "must not be in the future");
        }
        return new Moment(asOf == null ? now : asOf, asOf);
    }

    static RfmGridReport report(RfmGridBody grid, Instant at, Counts counts) {
        long customers = counts.cells().stream().mapToLong(Counted::customers).sum();
        Money revenue = counts.cells().stream().map(Counted::revenue).reduce(Money.ZERO, Money::plus);
        List<RfmGridCount> cells = new ArrayList<>();
        for (RfmGridCell cell : grid.cells()) {
            cells.add(count(cell.code(), cell.name(), counts, customers, revenue));
        }
        cells.add(count(RfmGridCheck.OTHERS, RfmGridCheck.OTHERS, counts, customers, revenue));
        return new RfmGridReport(at, customers, revenue, counts.bands(), cells);
    }

    private static RfmGridCount count(String code, String name, Counts counts, long allCustomers, Money allRevenue) {
        Counted counted = counts.cells().stream()
                .filter(c -> c.code().equals(code))
                .findFirst()
                .orElse(new Counted(code, 0, 0, Money.ZERO));
        return new RfmGridCount(
                code,
                name,
                counted.customers(),
                counted.orders(),
                counted.revenue(),
                counted.orders() == 0 ? null : counted.revenue().dividedBy(counted.orders()),
                RfmApi.part(counted.customers(), allCustomers),
                RfmApi.part(counted.revenue().kopecks(), allRevenue.kopecks()));
    }

    private static void checkRoom(boolean inserted) {
        if (!inserted) {
            throw RfmGridProblem.TOO_MANY.with("Delete grids that nobody uses: " + MAX + " are allowed");
        }
    }

    private static void checkReplaced(boolean replaced) {
        if (!replaced) {
            throw CommonProblem.STALE_VERSION.with("Read the grid again and repeat the change");
        }
    }

    private static RfmGrid known(java.util.Optional<RfmGrid> found) {
        return found.orElseThrow(RfmGrids::unknown);
    }

    private static ProblemException unknown() {
        return CommonProblem.NOT_FOUND.with("There is no grid with this id");
    }
}
