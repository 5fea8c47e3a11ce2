package io.snowball.segmentation.erosion;

import io.snowball.segmentation.erosion.ErosionApi.ErosionPeriodReport;
import io.snowball.segmentation.erosion.ErosionApi.ErosionRow;
import io.snowball.segmentation.erosion.ErosionApi.Range;
import io.snowball.segmentation.report.Csv;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Erosion as a table: a row for all, then one for each number of contacts without answer. */
final class ErosionTable {
    private ErosionTable() {}

    static String of(ErosionPeriodReport report) {
        return Csv.table(
                List.of(
                        "unanswered",
                        "usualProbes",
                        "usualResponses",
                        "usualProbability",
                        "restingProbes",
                        "restingResponses",
                        "restingProbability",
                        "fall",
                        "fallFrom",
                        "fallTo",
                        "fallPerContact",
                        "fallPerContactFrom",
                        "fallPerContactTo",
                        "fallPerContactBefore"),
                report.now().rows().stream()
                        .map(row -> Csv.row(
                                row.unanswered() == null ? "ALL" : row.unanswered(),
                                row.usual().probes(),
                                row.usual().responses(),
                                row.usual().probability().value(),
                                row.resting().probes(),
                                row.resting().responses(),
                                row.resting().probability().value(),
                                row.fall().value(),
                                row.fall().from(),
                                row.fall().to(),
                                of(row.fallPerContact(), Range::value),
                                of(row.fallPerContact(), Range::from),
                                of(row.fallPerContact(), Range::to),
                                before(report, row))));
    }

    private static @Nullable BigDecimal of(@Nullable Range range, Function<Range, BigDecimal> which) {
        return range == null ? null : which.apply(range);
    }

    private static @Nullable BigDecimal before(ErosionPeriodReport report, ErosionRow row) {
        return report.before() == null
                ? null
                : report.before().rows().stream()
                        .filter(other -> Objects.equals(other.unanswered(), row.unanswered()))
                        .findFirst()
                        .map(ErosionRow::fallPerContact)
                        .map(Range::value)
                        .orElse(null);
    }
}
