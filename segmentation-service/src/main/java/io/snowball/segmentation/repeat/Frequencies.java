package io.snowball.segmentation.repeat;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.money.Money;
import io.snowball.segmentation.repeat.RepeatApi.BonusView;
import io.snowball.segmentation.repeat.RepeatApi.EffectiveFrequencyReport;
import io.snowball.segmentation.repeat.RepeatApi.FrequencyRow;
import io.snowball.segmentation.repeat.RepeatSql.Step;
import io.snowball.segmentation.report.Both;
import io.snowball.segmentation.report.Comparison;
import io.snowball.segmentation.report.Csv;
import io.snowball.segmentation.report.Percent;
import io.snowball.segmentation.report.Period;
import io.snowball.segmentation.report.ReportAbout;
import io.snowball.segmentation.report.ShareView;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** B8: after how many purchases the next one is likely. */
@ApplicationScoped
class Frequencies {
    private static final int CUSTOMERS_MIN = 30;

    private final Pool pool;
    private final RepeatSql sql;

    Frequencies(Pool pool, RepeatSql sql) {
        this.pool = pool;
        this.sql = sql;
    }

    /** @param bonus for each of the first purchases (B9) */
    record Question(
            Period period,
            Comparison comparison,
            int windowDays,
            BigDecimal targetPercent,
            int purchases,
            Money bonus) {}

    Uni<EffectiveFrequencyReport> report(Question question) {
        Period compared = question.period().comparedWith(question.comparison());
        return Both.count(
                        question.period(),
                        compared,
                        p -> sql.frequency(pool, p, question.windowDays(), question.purchases()))
                .map(steps -> report(question, compared, steps));
    }

    private static EffectiveFrequencyReport report(
            Question question, @Nullable Period compared, Both<List<Step>> steps) {
        BigDecimal target = question.targetPercent();
        Integer effective = firstThat(steps.now(), share -> share.reaches(target));
        return new EffectiveFrequencyReport(
                ReportAbout.of(
                        question.period(),
                        compared,
                        "n-th purchases followed by another within windowDays / n-th purchases",
                        "Customers' n-th orders in the period, as far as windowDays have passed by its end"),
                question.windowDays(),
                target,
                effective,
                firstThat(steps.now(), share -> share.mayReach(target)),
                firstThat(steps.now(), share -> share.surelyReaches(target)),
                steps.before() == null ? null : firstThat(steps.before(), share -> share.reaches(target)),
                steps.now().stream().map(step -> row(step, steps.before())).toList(),
                effective == null ? null : bonus(steps.now(), effective, question.bonus()));
    }

    private static @Nullable Integer firstThat(List<Step> steps, Predicate<ShareView> reaches) {
        return steps.stream()
                .filter(step -> step.customers() >= CUSTOMERS_MIN && reaches.test(share(step)))
                .map(Step::purchase)
                .findFirst()
                .orElse(null);
    }

    private static ShareView share(Step step) {
        return ShareView.of(step.again(), step.customers());
    }

    private static FrequencyRow row(Step step, @Nullable List<Step> before) {
        BigDecimal old = before == null
                ? null
                : before.stream()
                        .filter(b -> b.purchase() == step.purchase() && b.customers() > 0)
                        .findFirst()
                        .map(b -> Percent.of(b.again(), b.customers()))
                        .orElse(null);
        return new FrequencyRow(step.purchase(), share(step), old, step.standing());
    }

    private static BonusView bonus(List<Step> steps, int effective, Money bonus) {
        List<Step> below =
                steps.stream().filter(step -> step.purchase() < effective).toList();
        long purchases = below.stream()
                .mapToLong(step -> step.standing() * (effective - step.purchase()))
                .sum();
        return new BonusView(below.stream().mapToLong(Step::standing).sum(), purchases, bonus.times(purchases));
    }

    static String csv(EffectiveFrequencyReport report) {
        return Csv.table(
                List.of(
                        "purchase",
                        "customers",
                        "again",
                        "percent",
                        "percentLow",
                        "percentHigh",
                        "percentBefore",
                        "standing"),
                report.rows().stream()
                        .map(row -> Csv.row(
                                row.purchase(),
                                row.next().of(),
                                row.next().count(),
                                row.next().percent(),
                                row.next().percentLow(),
                                row.next().percentHigh(),
                                row.percentBefore(),
                                row.standing())));
    }
}
