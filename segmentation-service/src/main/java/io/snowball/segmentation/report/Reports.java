package io.snowball.segmentation.report;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.money.Money;
import io.snowball.segmentation.report.ReportApi.CohortMonth;
import io.snowball.segmentation.report.ReportApi.CohortReport;
import io.snowball.segmentation.report.ReportApi.CohortView;
import io.snowball.segmentation.report.ReportApi.MetricReport;
import io.snowball.segmentation.report.ReportApi.ParetoReport;
import io.snowball.segmentation.report.ReportApi.ParetoRow;
import io.snowball.segmentation.report.ReportApi.SecondPurchaseReport;
import io.snowball.segmentation.report.ReportApi.SecondPurchaseWhatIf;
import io.snowball.segmentation.report.ReportSql.CohortCell;
import io.snowball.segmentation.report.ReportSql.ParetoCell;
import io.snowball.segmentation.report.ReportSql.Second;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From counted rows to reports. */
@ApplicationScoped
class Reports {
    private static final Integer[] PERCENTS = {1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100};
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Pool pool;
    private final ReportSql sql;
    private final Clock clock;

    Reports(Pool pool, ReportSql sql, Clock clock) {
        this.pool = pool;
        this.sql = sql;
        this.clock = clock;
    }

    Uni<MetricReport> metrics(Period period, Comparison comparison, int activeDays) {
        Period compared = period.comparedWith(comparison);
        return Both.count(period, compared, p -> sql.figures(pool, p, activeDays))
                .map(figures -> report(period, figures.now(), compared, figures.before(), activeDays));
    }

    private static MetricReport report(
            Period period, Figures figures, @Nullable Period compared, @Nullable Figures before, int activeDays) {
        return new MetricReport(
                period.from(),
                period.to(),
                compared == null ? null : compared.from(),
                compared == null ? null : compared.to(),
                activeDays,
                MetricRows.of(period, figures, compared, before));
    }

    Uni<CohortReport> cohorts(Period period) {
        return sql.cohorts(pool, period)
                .map(cells -> new CohortReport(
                        period.from(),
                        period.to(),
                        "customers of the cohort with an order in the month / customers of the cohort",
                        "Customers whose first order lies in the period, by its month",
                        cohorts(period, cells)));
    }

    private static List<CohortView> cohorts(Period period, List<CohortCell> cells) {
        Map<LocalDate, Map<Integer, CohortCell>> byCohort = new LinkedHashMap<>();
        cells.forEach(cell -> byCohort.computeIfAbsent(cell.cohort(), _ -> new LinkedHashMap<>())
                .put(cell.offset(), cell));
        List<CohortView> views = new ArrayList<>();
        byCohort.forEach((month, byOffset) -> {
            long customers = Objects.requireNonNull(byOffset.get(0)).customers();
            int last = (int) ChronoUnit.MONTHS.between(month, period.to());
            List<CohortMonth> months = new ArrayList<>();
            for (int offset = 0; offset <= last; offset++) {
                CohortCell cell = byOffset.getOrDefault(offset, new CohortCell(month, offset, 0, Money.ZERO));
                months.add(new CohortMonth(
                        offset,
                        cell.customers(),
                        Objects.requireNonNull(Percent.of(cell.customers(), customers)),
                        cell.revenue()));
            }
            views.add(new CohortView(month, customers, months));
        });
        return views;
    }

    Uni<ParetoReport> pareto(Period period, Comparison comparison) {
        return Both.count(period, period.comparedWith(comparison), p -> sql.pareto(pool, p, PERCENTS))
                .map(cells -> pareto(period, cells));
    }

    private static ParetoReport pareto(Period period, Both<List<ParetoCell>> cells) {
        ParetoCell any = cells.now().getFirst();
        List<ParetoCell> before = cells.before();
        List<ParetoRow> rows = new ArrayList<>();
        for (int i = 0; i < cells.now().size(); i++) {
            rows.add(row(cells.now().get(i), before == null ? null : before.get(i)));
        }
        return new ParetoReport(
                period.from(),
                period.to(),
                any.customers(),
                any.revenue(),
                any.bestOf80(),
                Percent.of(any.bestOf80(), any.customers()),
                before == null
                        ? null
                        : Percent.of(
                                before.getFirst().bestOf80(), before.getFirst().customers()),
                "revenue of the best so many per cent of customers / revenue of all, best first",
                "Customers with an order in the period",
                rows);
    }

    private static ParetoRow row(ParetoCell cell, @Nullable ParetoCell before) {
        return new ParetoRow(
                cell.percent(),
                cell.best(),
                cell.bestRevenue(),
                revenuePercent(cell),
                before == null ? null : revenuePercent(before));
    }

    private static @Nullable BigDecimal revenuePercent(ParetoCell cell) {
        return Percent.of(cell.bestRevenue().kopecks(), cell.revenue().kopecks());
    }

    Uni<SecondPurchaseReport> secondPurchase(Period period, Comparison comparison, int windowDays, BigDecimal points) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        return Both.count(period, period.comparedWith(comparison), p -> sql.second(pool, p, windowDays, now))
                .map(both -> secondPurchase(period, both, windowDays, points));
    }

    private static SecondPurchaseReport secondPurchase(
            Period period, Both<Second> both, int windowDays, BigDecimal points) {
        Second second = both.now();
        Second before = both.before();
        ShareView conversion = ShareView.of(second.returned(), second.customers());
        return new SecondPurchaseReport(
                period.from(),
                period.to(),
                windowDays,
                second.customers(),
                second.returned(),
                conversion.percent(),
                conversion,
                before == null ? null : Percent.of(before.returned(), before.customers()),
                second.undecided(),
                "customers with a second order within windowDays of the first / customers",
                "Customers whose first order lies in the period",
                second.turnover(),
                second.further(),
                second.returned() == 0 ? null : second.further().dividedBy(second.returned()),
                whatIf(second, points));
    }

    /** Not by the rounded mean: with many customers a kopeck each would be seen. */
    private static @Nullable SecondPurchaseWhatIf whatIf(Second second, BigDecimal points) {
        if (second.returned() == 0 || second.turnover().kopecks() == 0) {
            return null;
        }
        BigDecimal more =
                BigDecimal.valueOf(second.customers()).multiply(points).divide(HUNDRED);
        BigDecimal turnover = more.multiply(second.further().amount())
                .divide(BigDecimal.valueOf(second.returned()), 2, RoundingMode.HALF_UP);
        BigDecimal percent = turnover.multiply(HUNDRED).divide(second.turnover().amount(), 2, RoundingMode.HALF_UP);
        return new SecondPurchaseWhatIf(points, more, Money.of(turnover), percent);
    }
}
