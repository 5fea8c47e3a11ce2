package io.snowball.segmentation.report;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.money.Money;
import io.snowball.segmentation.report.ReportApi.CohortMonth;
import io.snowball.segmentation.report.ReportApi.CohortReport;
import io.snowball.segmentation.report.ReportApi.CohortView;
import io.snowball.segmentation.report.ReportApi.Comparison;
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
import java.time.LocalDate;
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

    Reports(Pool pool, ReportSql sql) {
        this.pool = pool;
        this.sql = sql;
    }

    Uni<MetricReport> metrics(Period period, Comparison comparison, int activeDays) {
        Period compared = period.comparedWith(comparison);
        return sql.figures(pool, period, activeDays)
                .chain(figures -> compared == null
                        ? Uni.createFrom().item(() -> report(period, figures, null, null, activeDays))
                        : sql.figures(pool, compared, activeDays)
                                .map(before -> report(period, figures, compared, before, activeDays)));
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
                        Objects.requireNonNull(MetricRows.percent(cell.customers(), customers)),
                        cell.revenue()));
            }
            views.add(new CohortView(month, customers, months));
        });
        return views;
    }

    Uni<ParetoReport> pareto(Period period) {
        return sql.pareto(pool, period, PERCENTS).map(cells -> {
            ParetoCell any = cells.getFirst();
            return new ParetoReport(
                    period.from(),
                    period.to(),
                    any.customers(),
                    any.revenue(),
                    any.bestOf80(),
                    MetricRows.percent(any.bestOf80(), any.customers()),
                    "revenue of the best so many per cent of customers / revenue of all, best first",
                    cells.stream().map(Reports::row).toList());
        });
    }

    private static ParetoRow row(ParetoCell cell) {
        return new ParetoRow(
                cell.percent(),
                cell.best(),
                cell.bestRevenue(),
                MetricRows.percent(cell.bestRevenue().kopecks(), cell.revenue().kopecks()));
    }

    Uni<SecondPurchaseReport> secondPurchase(Period period, int windowDays, BigDecimal points) {
        return sql.second(pool, period, windowDays).map(second -> {
            Money each = second.returned() == 0 ? null : second.further().dividedBy(second.returned());
            return new SecondPurchaseReport(
                    period.from(),
                    period.to(),
                    windowDays,
                    second.customers(),
                    second.returned(),
                    MetricRows.percent(second.returned(), second.customers()),
                    second.turnover(),
                    second.further(),
                    each,
                    whatIf(second, points));
        });
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
