package io.snowball.segmentation.growth;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.ProblemException;
import io.snowball.segmentation.growth.TargetApi.Goal;
import io.snowball.segmentation.growth.TargetApi.TargetKind;
import io.snowball.segmentation.growth.TargetApi.TargetReport;
import io.snowball.segmentation.growth.TargetApi.TargetRow;
import io.snowball.segmentation.growth.TargetSql.Measured;
import io.snowball.segmentation.growth.TargetSql.Targets;
import io.snowball.segmentation.report.Both;
import io.snowball.segmentation.report.Comparison;
import io.snowball.segmentation.report.Csv;
import io.snowball.segmentation.report.Percent;
import io.snowball.segmentation.report.Period;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** G12: a year's goals, and how far they are reached. */
@ApplicationScoped
class GrowthTargets {
    private static final double SECONDS_A_DAY = 86_400;

    private final Pool pool;
    private final TargetSql sql;
    private final Clock clock;

    GrowthTargets(Pool pool, TargetSql sql, Clock clock) {
        this.pool = pool;
        this.sql = sql;
        this.clock = clock;
    }

    Uni<List<Targets>> list() {
        return sql.list(pool);
    }

    /** @param version 0 where there are no goals for the year yet */
    Uni<Targets> save(LocalDate startOn, List<Goal> goals, int version) {
        checkYear(startOn);
        long kinds = goals.stream().map(Goal::kind).distinct().count();
        if (kinds < goals.size()) {
            throw ProblemException.invalidField("/goals", "duplicate", "must name each kind once");
        }
        return sql.save(pool, new Targets(startOn, goals, version), clock.instant())
                .map(saved -> saved.orElseThrow(() -> CommonProblem.STALE_VERSION.with(
                        "Read the goals again and repeat the change; \"0\" is for goals that are not there yet")));
    }

    Uni<Targets> get(LocalDate startOn) {
        return sql.find(pool, startOn)
                .map(found -> found.orElseThrow(
                        () -> CommonProblem.NOT_FOUND.with("No goals are set for the year from this day")));
    }

    Uni<TargetReport> track(Targets targets) {
        LocalDate start = targets.startOn();
        LocalDate yesterday =
                LocalDate.ofInstant(clock.instant(), clock.getZone()).minusDays(1);
        LocalDate end = start.plusYears(1).minusDays(1);
        LocalDate until = yesterday.isBefore(end) ? yesterday : end;
        Uni<Measured> yearBefore = sql.measure(pool, Period.of(start.minusYears(1), start.minusDays(1)));
        if (until.isBefore(start)) {
            return yearBefore.map(year -> report(targets, null, year, new Both<>(year, null)));
        }
        Period soFar = Period.of(start, until);
        return yearBefore.chain(
                year -> Both.count(soFar, soFar.comparedWith(Comparison.YEAR_AGO), p -> sql.measure(pool, p))
                        .map(both -> report(targets, until, year, both)));
    }

    private static void checkYear(LocalDate startOn) {
        if (startOn.getYear() < 1901 || startOn.getYear() > 2199) {
            throw ProblemException.invalidField("startOn", "out-of-range", "must be between the years 1901 and 2199");
        }
    }

    private static TargetReport report(
            Targets targets, @Nullable LocalDate until, Measured year, Both<Measured> soFar) {
        return new TargetReport(
                targets.startOn(),
                until,
                "(value - before) / before, of the days so far and the same days a year before",
                "Orders of the days, and of customers up to their end",
                targets.goals().stream()
                        .map(goal -> row(goal, year, until == null ? null : soFar))
                        .toList());
    }

    private static TargetRow row(Goal goal, Measured year, @Nullable Both<Measured> soFar) {
        TargetKind kind = goal.kind();
        BigDecimal yearBefore = value(kind, year);
        BigDecimal value = soFar == null ? null : value(kind, soFar.now());
        BigDecimal before = soFar == null || soFar.before() == null ? null : value(kind, soFar.before());
        BigDecimal growth = Percent.growth(before, value);
        return new TargetRow(
                kind,
                kind.nameRu(),
                goal.growthPercent(),
                kind.usualLow(),
                kind.usualHigh(),
                goal.growthPercent().compareTo(BigDecimal.valueOf(kind.usualLow())) < 0
                        || goal.growthPercent().compareTo(BigDecimal.valueOf(kind.usualHigh())) > 0,
                yearBefore,
                yearBefore == null
                        ? null
                        : yearBefore
                                .multiply(goal.growthPercent().movePointLeft(2).add(BigDecimal.ONE))
                                .setScale(2, RoundingMode.HALF_UP),
                value,
                before,
                growth,
                growth == null ? null : onTrack(kind, growth, goal.growthPercent()));
    }

    private static boolean onTrack(TargetKind kind, BigDecimal growth, BigDecimal wanted) {
        return kind == TargetKind.CHURN ? growth.compareTo(wanted) <= 0 : growth.compareTo(wanted) >= 0;
    }

    private static @Nullable BigDecimal value(TargetKind kind, Measured m) {
        return switch (kind) {
            case BASE -> BigDecimal.valueOf(m.base());
            case TRANSACTIONS_PER_CLIENT -> divided(BigDecimal.valueOf(m.orders()), m.payers());
            case BILL -> divided(BigDecimal.valueOf(m.revenue(), 2), m.orders());
            case LIFETIME ->
                m.base() == 0
                        ? null
                        : BigDecimal.valueOf(m.lifeSeconds() / SECONDS_A_DAY).setScale(2, RoundingMode.HALF_UP);
            case REPEAT_CLIENTS -> BigDecimal.valueOf(m.repeating());
            case CHURN -> Percent.of(m.lost(), m.atStart());
            case REVENUE -> BigDecimal.valueOf(m.revenue(), 2);
        };
    }

    private static @Nullable BigDecimal divided(BigDecimal what, long by) {
        return by == 0 ? null : what.divide(BigDecimal.valueOf(by), 2, RoundingMode.HALF_UP);
    }

    static String csv(TargetReport report) {
        return Csv.table(
                List.of(
                        "kind",
                        "nameRu",
                        "growthPercent",
                        "yearBefore",
                        "target",
                        "value",
                        "before",
                        "growthSoFarPercent",
                        "onTrack"),
                report.rows().stream()
                        .map(row -> Csv.row(
                                row.kind(),
                                row.nameRu(),
                                row.growthPercent(),
                                row.yearBefore(),
                                row.target(),
                                row.value(),
                                row.before(),
                                row.growthSoFarPercent(),
                                row.onTrack())));
    }
}
