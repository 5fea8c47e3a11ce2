package io.snowball.segmentation.repeat;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.money.Money;
import io.snowball.segmentation.repeat.RepeatApi.FunnelLevel;
import io.snowball.segmentation.repeat.RepeatApi.FunnelLevelView;
import io.snowball.segmentation.repeat.RepeatApi.LoyaltyFunnelReport;
import io.snowball.segmentation.repeat.RepeatSql.Standing;
import io.snowball.segmentation.report.Both;
import io.snowball.segmentation.report.Comparison;
import io.snowball.segmentation.report.Csv;
import io.snowball.segmentation.report.Percent;
import io.snowball.segmentation.report.Period;
import io.snowball.segmentation.report.ReportAbout;
import io.snowball.segmentation.report.ShareView;
import io.snowball.segmentation.rfm.RfmSettingsSql;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** G1, G15: from potential to advocate. */
@ApplicationScoped
class Funnels {
    private static final FunnelLevel[] LEVELS = FunnelLevel.values();
    /** Its number in {@link RepeatSql}. */
    private static final int LOYAL = 3;

    private final Pool pool;
    private final RepeatSql sql;
    private final RfmSettingsSql settings;

    Funnels(Pool pool, RepeatSql sql, RfmSettingsSql settings) {
        this.pool = pool;
        this.sql = sql;
        this.settings = settings;
    }

    Uni<LoyaltyFunnelReport> report(Period period, Comparison comparison, int activeDays) {
        Period compared = period.comparedWith(comparison);
        return settings.current(pool)
                .chain(rfm -> Both.count(period, compared, p -> sql.funnel(pool, p, rfm.loyalFromOrders(), activeDays))
                        .map(both -> new LoyaltyFunnelReport(
                                ReportAbout.of(
                                        period,
                                        compared,
                                        "customers who have reached the level / customers who have reached the level before",
                                        "Customers registered or with an order before the end of the period"),
                                activeDays,
                                rfm.loyalFromOrders(),
                                levels(both))));
    }

    private static List<FunnelLevelView> levels(Both<List<Standing>> both) {
        long all = both.now().stream().mapToLong(Standing::customers).sum();
        long revenue = both.now().stream().mapToLong(s -> s.revenue().kopecks()).sum();
        List<FunnelLevelView> views = new ArrayList<>();
        long reachedBefore = 0;
        for (int level = 0; level < LEVELS.length; level++) {
            Standing standing = standing(both.now(), level);
            long reached = level == 0 ? all : reached(both.now(), level);
            views.add(new FunnelLevelView(
                    LEVELS[level],
                    LEVELS[level].nameRu(),
                    standing.customers(),
                    level == 0 ? null : ShareView.of(reached, reachedBefore),
                    LEVELS[level] == FunnelLevel.ADVOCATE ? answered(both.now()) : null,
                    standing.active(),
                    standing.revenue(),
                    Percent.of(standing.revenue().kopecks(), revenue),
                    before(both.before(), level)));
            reachedBefore = reached;
        }
        return views;
    }

    private static long reached(List<Standing> standings, int level) {
        return standings.stream()
                .filter(s -> s.level() >= level)
                .mapToLong(Standing::customers)
                .sum();
    }

    /** Of who has come to be loyal: of the others only what they did says whether they are advocates. */
    private static long answered(List<Standing> standings) {
        return standings.stream()
                .filter(s -> s.level() >= LOYAL)
                .mapToLong(Standing::answered)
                .sum();
    }

    private static Standing standing(List<Standing> standings, int level) {
        return standings.stream()
                .filter(s -> s.level() == level)
                .findFirst()
                .orElse(new Standing(level, 0, 0, 0, Money.ZERO));
    }

    private static @Nullable Long before(@Nullable List<Standing> before, int level) {
        return before == null ? null : standing(before, level).customers();
    }

    static String csv(LoyaltyFunnelReport report) {
        return Csv.table(
                Arrays.asList(
                        "level",
                        "nameRu",
                        "customers",
                        "reachedPercent",
                        "answered",
                        "active",
                        "revenue",
                        "revenuePercent",
                        "customersBefore"),
                report.levels().stream()
                        .map(level -> Csv.row(
                                level.level(),
                                level.nameRu(),
                                level.customers(),
                                level.reached() == null ? null : level.reached().percent(),
                                level.answered(),
                                level.active(),
                                level.revenue(),
                                level.revenuePercent(),
                                level.customersBefore())));
    }
}
