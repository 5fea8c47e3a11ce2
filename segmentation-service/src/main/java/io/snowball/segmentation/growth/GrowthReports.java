package io.snowball.segmentation.growth;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.money.Money;
import io.snowball.platform.problem.ProblemException;
import io.snowball.segmentation.growth.GrowthApi.AnsoffField;
import io.snowball.segmentation.growth.GrowthApi.AnsoffReport;
import io.snowball.segmentation.growth.GrowthApi.LeverReport;
import io.snowball.segmentation.growth.GrowthApi.PenetrationView;
import io.snowball.segmentation.growth.GrowthApi.ReferralPenetration;
import io.snowball.segmentation.growth.GrowthApi.Strategy;
import io.snowball.segmentation.growth.GrowthSql.Field;
import io.snowball.segmentation.growth.GrowthSql.Matrix;
import io.snowball.segmentation.growth.GrowthSql.Referred;
import io.snowball.segmentation.growth.GrowthSql.Sales;
import io.snowball.segmentation.report.Both;
import io.snowball.segmentation.report.Comparison;
import io.snowball.segmentation.report.Csv;
import io.snowball.segmentation.report.Percent;
import io.snowball.segmentation.report.Period;
import io.snowball.segmentation.report.ReportAbout;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The levers and the matrix as reports. */
@ApplicationScoped
class GrowthReports {
    private final Pool pool;
    private final GrowthSql sql;

    GrowthReports(Pool pool, GrowthSql sql) {
        this.pool = pool;
        this.sql = sql;
    }

    Uni<LeverReport> levers(Period period, Comparison comparison) {
        Period compared = period.comparedWith(comparison);
        if (compared == null) {
            throw ProblemException.invalidField(
                    "compare", "required", "Levers are about a change: compare with PREVIOUS or YEAR_AGO");
        }
        return Both.count(period, compared, p -> sql.sales(pool, p))
                .map(both -> levers(period, compared, both.now(), Objects.requireNonNull(both.before())));
    }

    private static LeverReport levers(Period period, Period compared, Sales now, Sales before) {
        return new LeverReport(
                ReportAbout.of(
                        period,
                        compared,
                        "revenue = clients x (orders / client-months) x (client-months / clients) x (revenue / orders); a client-month "
                                + "is a calendar month (UTC) in which a client ordered",
                        "Orders of the two periods"),
                new Money(now.revenue()),
                new Money(before.revenue()),
                new Money(now.revenue() - before.revenue()),
                Levers.of(now, before));
    }

    Uni<AnsoffReport> ansoff(Period period, Comparison comparison) {
        Period compared = period.comparedWith(comparison);
        return Both.count(period, compared, p -> sql.matrix(pool, p))
                .map(both -> ansoff(period, compared, both.now(), both.before()));
    }

    private static AnsoffReport ansoff(Period period, @Nullable Period compared, Matrix now, @Nullable Matrix before) {
        long known = now.fields().stream().mapToLong(Field::revenue).sum();
        return new AnsoffReport(
                ReportAbout.of(
                        period,
                        compared,
                        "sum of the lines' amounts by whether customer and product were there before the period",
                        "Lines of the period's orders"),
                new Money(now.revenue()),
                new Money(now.revenue() - known),
                Arrays.stream(Strategy.values())
                        .map(strategy -> field(strategy, now, before))
                        .toList(),
                new PenetrationView(
                        now.oldCustomers(),
                        divided(now.oldOrders(), now.oldCustomers()),
                        before == null ? null : divided(before.oldOrders(), before.oldCustomers()),
                        divided(now.oldPieces(), now.oldOrders()),
                        before == null ? null : divided(before.oldPieces(), before.oldOrders()),
                        now.oldCategories(),
                        before == null ? null : before.oldCategories(),
                        referrals(now.referred(), before == null ? null : before.referred())));
    }

    private static ReferralPenetration referrals(Referred now, @Nullable Referred before) {
        return new ReferralPenetration(
                now.invitations(),
                now.inviters(),
                now.customers(),
                new Money(now.revenue()),
                before == null ? null : before.customers(),
                before == null ? null : new Money(before.revenue()));
    }

    private static AnsoffField field(Strategy strategy, Matrix now, @Nullable Matrix before) {
        Field field = find(strategy, now);
        return new AnsoffField(
                strategy,
                new Money(field.revenue()),
                Percent.of(field.revenue(), now.revenue()),
                field.customers(),
                before == null ? null : new Money(find(strategy, before).revenue()));
    }

    private static Field find(Strategy strategy, Matrix matrix) {
        boolean oldCustomer = strategy == Strategy.MARKET_PENETRATION || strategy == Strategy.PRODUCT_DEVELOPMENT;
        boolean oldProduct = strategy == Strategy.MARKET_PENETRATION || strategy == Strategy.MARKET_DEVELOPMENT;
        return matrix.fields().stream()
                .filter(f -> f.oldCustomer() == oldCustomer && f.oldProduct() == oldProduct)
                .findFirst()
                .orElse(new Field(oldCustomer, oldProduct, 0, 0));
    }

    private static @Nullable BigDecimal divided(long what, long by) {
        return by == 0 ? null : BigDecimal.valueOf(what).divide(BigDecimal.valueOf(by), 2, RoundingMode.HALF_UP);
    }

    static String csv(LeverReport report) {
        return Csv.table(
                List.of("lever", "nameRu", "value", "before", "changePercent", "effect"),
                report.levers().stream()
                        .map(l ->
                                Csv.row(l.lever(), l.nameRu(), l.value(), l.before(), l.changePercent(), l.effect())));
    }

    static String csv(AnsoffReport report) {
        return Csv.table(
                List.of("strategy", "revenue", "revenuePercent", "customers", "revenueBefore"),
                report.fields().stream()
                        .map(f -> Csv.row(
                                f.strategy(), f.revenue(), f.revenuePercent(), f.customers(), f.revenueBefore())));
    }
}
