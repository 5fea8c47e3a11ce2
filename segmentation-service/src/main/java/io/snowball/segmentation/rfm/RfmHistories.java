package io.snowball.segmentation.rfm;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.problem.ProblemException;
import io.snowball.segmentation.rfm.RfmHistoryApi.CustomerRfmHistory;
import io.snowball.segmentation.rfm.RfmHistoryApi.RfmCellCount;
import io.snowball.segmentation.rfm.RfmHistoryApi.RfmHistory;
import io.snowball.segmentation.rfm.RfmHistoryApi.RfmHistoryPoint;
import io.snowball.segmentation.rfm.RfmHistoryApi.RfmStep;
import io.snowball.segmentation.rfm.RfmHistoryApi.RfmTransition;
import io.snowball.segmentation.rfm.RfmHistoryApi.RfmTransitions;
import io.snowball.segmentation.rfm.RfmHistorySql.Counted;
import io.snowball.segmentation.rfm.RfmHistorySql.Moved;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How the grid filled over time, and who moved where. */
@ApplicationScoped
class RfmHistories {
    static final int POINTS_MAX = 60;
    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

    private final Pool pool;
    private final RfmHistorySql sql;
    private final RfmSettingsSql settings;
    private final Clock clock;

    RfmHistories(Pool pool, RfmHistorySql sql, RfmSettingsSql settings, Clock clock) {
        this.pool = pool;
        this.sql = sql;
        this.settings = settings;
        this.clock = clock;
    }

    Uni<RfmHistory> history(@Nullable Instant from, @Nullable Instant to, RfmStep step) {
        List<Instant> moments = moments(range(from, to), step);
        return pool.withTransaction(tx -> settings.current(tx).chain(current -> sql.count(tx, current, moments)))
                .map(counted -> new RfmHistory(
                        moments.stream().map(at -> point(at, counted)).toList()));
    }

    Uni<RfmTransitions> transitions(@Nullable Instant from, @Nullable Instant to) {
        Range range = range(from, to);
        return pool.withTransaction(
                        tx -> settings.current(tx).chain(current -> sql.moved(tx, current, range.from(), range.to())))
                .map(moved -> new RfmTransitions(
                        range.from(),
                        range.to(),
                        moved.stream().map(m -> transition(m, moved)).toList()));
    }

    Uni<CustomerRfmHistory> ofCustomer(UUID customerId) {
        return pool.withTransaction(tx ->
                        settings.current(tx).chain(current -> sql.ofCustomer(tx, current, customerId, clock.instant())))
                .map(cells -> new CustomerRfmHistory(customerId, cells));
    }

    private record Range(Instant from, Instant to) {}

    private Range range(@Nullable Instant from, @Nullable Instant to) {
        Instant now = clock.instant();
        if (from == null || from.isBefore(EARLIEST)) {
            throw ProblemException.invalidField("from", "required", "Say from when, not before the year 1900");
        }
        Instant until = to == null ? now : to;
        if (until.isAfter(now)) {
            throw ProblemException.invalidField("to", "must-be-past", "must not be in the future");
        }
        if (!from.isBefore(until)) {
            throw ProblemException.invalidField("from", "out-of-order", "must be before to");
        }
        return new Range(from, until);
    }

    private static List<Instant> moments(Range range, RfmStep step) {
        List<Instant> moments = new ArrayList<>();
        Instant at = range.from();
        for (int n = 1; !at.isAfter(range.to()); n++) {
            if (moments.size() == POINTS_MAX) {
                throw ProblemException.invalidField(
                        "step",
                        "too-many",
                        "More than " + POINTS_MAX + " points: choose a longer step or a shorter time");
            }
            moments.add(at);
            // Always from the beginning: the 31st stays the last day of a month.
            at = range.from().atZone(ZoneOffset.UTC).plus(step.times(n)).toInstant();
        }
        return moments;
    }

    private static RfmHistoryPoint point(Instant at, List<Counted> counted) {
        List<RfmCellCount> cells = counted.stream()
                .filter(c -> c.at().equals(at))
                .map(c -> new RfmCellCount(c.cell(), c.customers(), c.revenue()))
                .sorted((a, b) -> a.cell().compareTo(b.cell()))
                .toList();
        return new RfmHistoryPoint(
                at, cells.stream().mapToLong(RfmCellCount::customers).sum(), cells);
    }

    private static RfmTransition transition(Moved moved, List<Moved> all) {
        Predicate<Moved> sameStart = other -> other.from() == moved.from();
        long started =
                all.stream().filter(sameStart).mapToLong(Moved::customers).sum();
        return new RfmTransition(moved.from(), moved.to(), moved.customers(), RfmApi.part(moved.customers(), started));
    }
}
