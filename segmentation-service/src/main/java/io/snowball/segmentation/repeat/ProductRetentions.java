package io.snowball.segmentation.repeat;

import io.smallrye.mutiny.Uni;
import io.snowball.segmentation.repeat.RepeatApi.CycleVerdict;
import io.snowball.segmentation.repeat.RepeatApi.ProductKind;
import io.snowball.segmentation.repeat.RepeatApi.ProductRetentionReport;
import io.snowball.segmentation.repeat.RepeatApi.ProductRetentionRow;
import io.snowball.segmentation.repeat.RepeatSql.Bought;
import io.snowball.segmentation.report.Both;
import io.snowball.segmentation.report.Comparison;
import io.snowball.segmentation.report.Csv;
import io.snowball.segmentation.report.Period;
import io.snowball.segmentation.report.ReportAbout;
import io.snowball.segmentation.report.ShareView;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** B7: who comes back after which product, and which products end the cycle. */
@ApplicationScoped
class ProductRetentions {
    private final Pool pool;
    private final RepeatSql sql;

    ProductRetentions(Pool pool, RepeatSql sql) {
        this.pool = pool;
        this.sql = sql;
    }

    /** @param customersMin products with fewer buyers are left out: of them nothing can be said */
    record Question(Period period, Comparison comparison, ProductKind by, int windowDays, int customersMin, int rows) {}

    Uni<ProductRetentionReport> report(Question question) {
        Period compared = question.period().comparedWith(question.comparison());
        return Both.count(
                        question.period(),
                        compared,
                        p -> sql.products(pool, p, question.by(), question.windowDays(), question.customersMin()))
                .map(bought -> report(question, compared, bought));
    }

    private static ProductRetentionReport report(
            Question question, @Nullable Period compared, Both<List<Bought>> bought) {
        ShareView usual = usual(bought.now());
        Map<String, BigDecimal> before = new HashMap<>();
        if (bought.before() != null) {
            bought.before().stream()
                    .filter(b -> b.product() != null)
                    .forEach(b -> before.put(b.product(), Objects.requireNonNull(share(b).percent())));
        }
        return new ProductRetentionReport(
                ReportAbout.of(
                        question.period(),
                        compared,
                        "buyers of the product with another order within windowDays of it / buyers of the product",
                        "Customers by their first purchase of the product in the period, as far as windowDays have passed by its end"),
                question.windowDays(),
                question.by(),
                usual,
                bought.before() == null ? null : usual(bought.before()).percent(),
                bought.now().stream()
                        .filter(b -> b.product() != null)
                        .map(b -> row(b, usual, before))
                        .sorted(Comparator.comparing((ProductRetentionRow row) ->
                                        Objects.requireNonNull(row.again().percentHigh()))
                                .thenComparing(ProductRetentionRow::product))
                        .limit(question.rows())
                        .toList());
    }

    private static ShareView usual(List<Bought> bought) {
        return bought.stream()
                .filter(b -> b.product() == null)
                .findFirst()
                .map(ProductRetentions::share)
                .orElse(ShareView.of(0, 0));
    }

    private static ShareView share(Bought bought) {
        return ShareView.of(bought.again(), bought.customers());
    }

    private static ProductRetentionRow row(Bought bought, ShareView usual, Map<String, BigDecimal> before) {
        String product = Objects.requireNonNull(bought.product());
        return new ProductRetentionRow(product, share(bought), before.get(product), verdict(share(bought), usual));
    }

    private static CycleVerdict verdict(ShareView share, ShareView usual) {
        BigDecimal measure = Objects.requireNonNull(usual.percent());
        if (!share.mayReach(measure)) {
            return CycleVerdict.ENDS_THE_CYCLE;
        }
        return Objects.requireNonNull(share.percentLow()).compareTo(measure) > 0
                ? CycleVerdict.BRINGS_BACK
                : CycleVerdict.AS_USUAL;
    }

    static String csv(ProductRetentionReport report) {
        return Csv.table(
                List.of(
                        "product",
                        "customers",
                        "again",
                        "percent",
                        "percentLow",
                        "percentHigh",
                        "percentBefore",
                        "usualPercent",
                        "verdict"),
                report.rows().stream()
                        .map(row -> Csv.row(
                                row.product(),
                                row.again().of(),
                                row.again().count(),
                                row.again().percent(),
                                row.again().percentLow(),
                                row.again().percentHigh(),
                                row.percentBefore(),
                                report.usual().percent(),
                                row.verdict())));
    }
}
