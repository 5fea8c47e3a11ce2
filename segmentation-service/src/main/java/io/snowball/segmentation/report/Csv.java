package io.snowball.segmentation.report;

import io.snowball.segmentation.report.ReportApi.CohortReport;
import io.snowball.segmentation.report.ReportApi.MetricReport;
import io.snowball.segmentation.report.ReportApi.ParetoReport;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The same tables as RFC 4180 text, UTF-8, with a head; what is absent is an empty cell. */
final class Csv {
    static final String MEDIA_TYPE = "text/csv";

    private Csv() {}

    static String of(MetricReport report) {
        return text(
                line(
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
                        .map(m -> line(
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
        return text(
                line("cohort", "cohortCustomers", "offset", "customers", "retentionPercent", "revenue"),
                report.cohorts().stream()
                        .flatMap(cohort -> cohort.months().stream()
                                .map(month -> line(
                                        cohort.month(),
                                        cohort.customers(),
                                        month.offset(),
                                        month.customers(),
                                        month.retentionPercent(),
                                        month.revenue()))));
    }

    static String of(ParetoReport report) {
        return text(
                line("topPercent", "customers", "revenue", "revenuePercent"),
                report.rows().stream()
                        .map(row -> line(row.topPercent(), row.customers(), row.revenue(), row.revenuePercent())));
    }

    private static String text(String head, Stream<String> lines) {
        return head + lines.collect(Collectors.joining());
    }

    private static String line(@Nullable Object... cells) {
        List<String> quoted = Arrays.stream(cells).map(Csv::cell).toList();
        return String.join(",", quoted) + "\r\n";
    }

    private static String cell(@Nullable Object value) {
        String text = Objects.toString(value, "");
        return text.contains(",") || text.contains("\"") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
