package io.snowball.segmentation.report;

import io.snowball.segmentation.report.ReportApi.CohortReport;
import io.snowball.segmentation.report.ReportApi.MetricReport;
import io.snowball.segmentation.report.ReportApi.ParetoReport;
import io.snowball.segmentation.report.ReportApi.SecondPurchaseReport;
import java.util.List;
import java.util.stream.Stream;

/** These reports as tables. */
final class ReportTables {
    private ReportTables() {}

    static String of(MetricReport report) {
        return Csv.table(
                List.of(
                        "code",
                        "nameRu",
                        "nameEn",
                        "unit",
                        "value",
                        "before",
                        "change",
                        "formula",
                        "population",
                        "populationSize"),
                report.metrics().stream()
                        .map(m -> Csv.row(
                                m.code(),
                                m.nameRu(),
                                m.nameEn(),
                                m.unit(),
                                m.value(),
                                m.before(),
                                m.change(),
                                m.formula(),
                                m.population(),
                                m.populationSize())));
    }

    static String of(CohortReport report) {
        return Csv.table(
                List.of("cohort", "cohortCustomers", "offset", "customers", "retentionPercent", "revenue"),
                report.cohorts().stream()
                        .flatMap(cohort -> cohort.months().stream()
                                .map(month -> Csv.row(
                                        cohort.month(),
                                        cohort.customers(),
                                        month.offset(),
                                        month.customers(),
                                        month.retentionPercent(),
                                        month.revenue()))));
    }

    static String of(ParetoReport report) {
        return Csv.table(
                List.of("topPercent", "customers", "revenue", "revenuePercent", "revenuePercentBefore"),
                report.rows().stream()
                        .map(row -> Csv.row(
                                row.topPercent(),
                                row.customers(),
                                row.revenue(),
                                row.revenuePercent(),
                                row.revenuePercentBefore())));
    }

    static String of(SecondPurchaseReport report) {
        return Csv.table(
                List.of(
                        "from",
                        "to",
                        "windowDays",
                        "customers",
                        "returned",
                        "conversionPercent",
                        "conversionPercentBefore",
                        "turnover",
                        "furtherRevenue",
                        "whatIfPoints",
                        "whatIfTurnover",
                        "whatIfPercent"),
                Stream.of(Csv.row(
                        report.from(),
                        report.to(),
                        report.windowDays(),
                        report.customers(),
                        report.returned(),
                        report.conversionPercent(),
                        report.conversionPercentBefore(),
                        report.turnover(),
                        report.furtherRevenue(),
                        report.whatIf() == null ? null : report.whatIf().points(),
                        report.whatIf() == null ? null : report.whatIf().moreTurnover(),
                        report.whatIf() == null ? null : report.whatIf().moreTurnoverPercent())));
    }
}
