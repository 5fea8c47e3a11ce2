package io.snowball.segmentation.plan;

import io.smallrye.mutiny.Uni;
import io.snowball.segmentation.plan.PlanApi.Answer;
import io.snowball.segmentation.plan.PlanApi.Question;
import io.snowball.segmentation.plan.PlanApi.QuestionView;
import io.snowball.segmentation.plan.PlanApi.QuestionsView;
import io.snowball.segmentation.report.Both;
import io.snowball.segmentation.report.Comparison;
import io.snowball.segmentation.report.Csv;
import io.snowball.segmentation.report.Percent;
import io.snowball.segmentation.report.Period;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A8: the eight questions of the analysis, answered from the base. */
@ApplicationScoped
class Questions {
    private static final BigDecimal SECONDS_A_DAY = BigDecimal.valueOf(86_400);

    private final Pool pool;
    private final QuestionSql sql;

    Questions(Pool pool, QuestionSql sql) {
        this.pool = pool;
        this.sql = sql;
    }

    private record Line(
            Question question,
            String name,
            String formula,
            Function<Map<String, BigDecimal>, @Nullable BigDecimal> value) {}

    private static final List<Line> LINES = List.of(
            new Line(Question.WHO_BUYS_AND_RETURNS, "payers", "customers with an order in the period", count("payers")),
            new Line(
                    Question.WHO_BUYS_AND_RETURNS,
                    "returningPercent",
                    "of those, with an order before the period, per cent",
                    percent("returning", "payers")),
            new Line(
                    Question.WHO_BUYS_AND_RETURNS,
                    "oneTimePercent",
                    "customers with exactly one order by the end / customers with an order by the end, per cent (E8: about 90 where "
                            + "nobody works on retention)",
                    percent("one_time", "buyers")),
            new Line(
                    Question.WHAT_HINDERS,
                    "returnedPercent",
                    "orders of the period that came back, in whole or in part / orders, per cent",
                    percent("returned", "all_orders")),
            new Line(
                    Question.DECISION_TIME,
                    "daysToFirstOrder",
                    "median of the days from registration to the first order, of first orders in the period",
                    days("decision")),
            new Line(
                    Question.GROWTH_ROOM,
                    "neverBought",
                    "customers known by the end without an order",
                    f -> f.getOrDefault("known", BigDecimal.ZERO).subtract(f.getOrDefault("buyers", BigDecimal.ZERO))),
            new Line(Question.GROWTH_ROOM, "oneTime", "customers with exactly one order by the end", count("one_time")),
            new Line(
                    Question.LIFE_CYCLE,
                    "lifetimeDays",
                    "mean of the days from the first order to the last, of customers without an order in the last 90 days",
                    days("life")),
            new Line(
                    Question.LIFE_CYCLE,
                    "intervalDays",
                    "mean over customers with two orders or more of (last order - first order) / (orders - 1)",
                    days("gap")),
            new Line(
                    Question.RUNNING_ACTIVITIES,
                    "campaigns",
                    "campaigns with a message in the period",
                    count("campaigns")),
            new Line(
                    Question.RUNNING_ACTIVITIES,
                    "channels",
                    "channels with a message in the period",
                    count("channels")),
            new Line(
                    Question.RUNNING_ACTIVITIES,
                    "messagesPerReachable",
                    "messages received in the period / customers with an address",
                    f -> divided(f, "sent", "reachable")),
            new Line(
                    Question.RUNNING_ACTIVITIES,
                    "openedPercent",
                    "messages opened or clicked / messages received, per cent",
                    percent("opened", "sent")),
            new Line(
                    Question.STATE_OF_BASE,
                    "known",
                    "customers registered or with an order by the end",
                    count("known")),
            new Line(
                    Question.STATE_OF_BASE,
                    "reachablePercent",
                    "of those, with an e-mail address or a phone number, per cent",
                    percent("reachable", "known")),
            new Line(
                    Question.STATE_OF_BASE,
                    "clientPercent",
                    "customers with an order in the last 90 days / customers with an order by the end, per cent",
                    percent("clients", "buyers")),
            new Line(
                    Question.PRODUCT_CYCLE,
                    "daysToSameProduct",
                    "median of the days since the customer bought the same product before, of purchases in the period",
                    days("product_gap")));

    Uni<QuestionsView> answer(Period period, Comparison comparison) {
        Period compared = period.comparedWith(comparison);
        return Both.count(period, compared, p -> sql.figures(pool, p))
                .map(figures -> new QuestionsView(
                        period.from(),
                        period.to(),
                        compared == null ? null : compared.from(),
                        compared == null ? null : compared.to(),
                        Arrays.stream(Question.values())
                                .map(question -> view(question, figures))
                                .toList()));
    }

    private static QuestionView view(Question question, Both<Map<String, BigDecimal>> figures) {
        return new QuestionView(
                question,
                question.nameRu(),
                LINES.stream()
                        .filter(line -> line.question() == question)
                        .map(line -> new Answer(
                                line.name(),
                                line.value().apply(figures.now()),
                                figures.before() == null ? null : line.value().apply(figures.before()),
                                line.formula()))
                        .toList(),
                notKnown(question));
    }

    private static @Nullable String notKnown(Question question) {
        return switch (question) {
            case WHAT_HINDERS ->
                "Why people do not buy is not in orders: ask them, and see getProductRetention for products that end the cycle";
            case GROWTH_ROOM -> "What customers could spend if all needs were met is M11 and M12 of getMetricReport";
            case RUNNING_ACTIVITIES -> "What is done outside of Snowball is not seen here";
            case WHO_BUYS_AND_RETURNS, DECISION_TIME, LIFE_CYCLE, STATE_OF_BASE, PRODUCT_CYCLE -> null;
        };
    }

    private static Function<Map<String, BigDecimal>, @Nullable BigDecimal> count(String column) {
        return figures -> figures.getOrDefault(column, BigDecimal.ZERO);
    }

    private static Function<Map<String, BigDecimal>, @Nullable BigDecimal> percent(String part, String all) {
        return figures ->
                Percent.of(figures.getOrDefault(part, BigDecimal.ZERO), figures.getOrDefault(all, BigDecimal.ZERO));
    }

    private static Function<Map<String, BigDecimal>, @Nullable BigDecimal> days(String seconds) {
        return figures -> {
            BigDecimal value = figures.get(seconds);
            return value == null ? null : value.divide(SECONDS_A_DAY, 2, RoundingMode.HALF_UP);
        };
    }

    private static @Nullable BigDecimal divided(Map<String, BigDecimal> figures, String what, String by) {
        BigDecimal divisor = figures.getOrDefault(by, BigDecimal.ZERO);
        return divisor.signum() == 0
                ? null
                : figures.getOrDefault(what, BigDecimal.ZERO).divide(divisor, 2, RoundingMode.HALF_UP);
    }

    static String csv(QuestionsView view) {
        return Csv.table(
                List.of("question", "nameRu", "name", "value", "before", "formula"),
                view.questions().stream()
                        .flatMap(question -> question.answers().stream()
                                .map(answer -> Csv.row(
                                        question.question(),
                                        question.nameRu(),
                                        answer.name(),
                                        answer.value(),
                                        answer.before(),
                                        answer.formula()))));
    }
}
