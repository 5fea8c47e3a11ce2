package io.snowball.segmentation.report;

import io.snowball.segmentation.report.ReportApi.MetricView;
import io.snowball.segmentation.report.ReportApi.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The lectures' metrics as formulas over {@link Figures}. The contradictions X3, X5, X6 and X7 are settled here. */
final class MetricRows {
    private static final double SECONDS_A_DAY = 86_400;
    private static final String PAYERS = "Customers with an order in the period";
    private static final String CLIENTS_AT_START = "Customers with an order in the activeDays before the period";

    private MetricRows() {}

    private record Counted(Period period, Figures figures) {}

    private record Name(String code, String ru, String en, Unit unit) {}

    private record Row(
            Name name,
            String formula,
            String population,
            Function<Figures, Long> size,
            Function<Counted, @Nullable BigDecimal> value) {}

    private static final List<Row> ROWS = List.of(
            row("M1", "Количество платящих клиентов", "Paying clients", Unit.CUSTOMERS)
                    .of(
                            "Unique buyers",
                            PAYERS,
                            f -> f.sales().payers(),
                            c -> whole(c.figures.sales().payers())),
            row("M2", "Средний чек", "Average bill", Unit.MONEY)
                    .of(
                            "revenue / orders",
                            "Orders of the period",
                            f -> f.sales().orders(),
                            c -> divided(
                                    roubles(c.figures.sales().revenue()),
                                    c.figures.sales().orders())),
            row("M3", "Средняя выручка на одного клиента", "ARPPU", Unit.MONEY)
                    .of(
                            "revenue / paying clients",
                            PAYERS,
                            f -> f.sales().payers(),
                            c -> divided(
                                    roubles(c.figures.sales().revenue()),
                                    c.figures.sales().payers())),
            row("M4", "Количество покупок за месяц", "Orders a month", Unit.ORDERS)
                    .of(
                            "orders / months of the period",
                            "Orders of the period",
                            f -> f.sales().orders(),
                            c -> whole(c.figures.sales().orders()).divide(c.period.months(), 2, RoundingMode.HALF_UP)),
            row("M4c", "Среднее количество покупок клиента", "Orders per paying client", Unit.ORDERS)
                    .of(
                            "orders / paying clients",
                            PAYERS,
                            f -> f.sales().payers(),
                            c -> divided(
                                    whole(c.figures.sales().orders()),
                                    c.figures.sales().payers())),
            row("M5", "Средняя периодичность покупок", "Average interval of purchases", Unit.DAYS)
                    .of(
                            "mean of the days since the customer's order before",
                            "Orders of the period that are not the customer's first",
                            f -> f.lives().gaps(),
                            c -> days(
                                    c.figures.lives().gapSeconds(),
                                    c.figures.lives().gaps())),
            row("M6", "Средняя длительность жизненного цикла", "Lifetime", Unit.DAYS)
                    .of(
                            "mean of the days from the first order to the last",
                            "Clients at the start who are none at the end",
                            f -> f.clients().lost(),
                            c -> days(
                                    c.figures.lives().lostLifeSeconds(),
                                    c.figures.clients().lost())),
            row("M7", "Пожизненная ценность клиента", "CLTV, realised so far", Unit.MONEY)
                    .of(
                            "revenue from the first order to the end of the period / customers",
                            PAYERS,
                            f -> f.sales().payers(),
                            c -> divided(
                                    roubles(c.figures.lives().payersRevenueEver()),
                                    c.figures.sales().payers())),
            row("M8", "Customer Retention Rate", "Retention", Unit.PERCENT)
                    .of(
                            "(clients at the end - new ones among them) / clients at the start; who came back counts too",
                            CLIENTS_AT_START,
                            f -> f.clients().atStart(),
                            c -> Percent.of(
                                    c.figures.clients().atEnd()
                                            - c.figures.clients().newAtEnd(),
                                    c.figures.clients().atStart())),
            row("M9", "Churn Rate", "Churn", Unit.PERCENT)
                    .of(
                            "clients at the start who are none at the end / clients at the start",
                            CLIENTS_AT_START,
                            f -> f.clients().atStart(),
                            c -> Percent.of(
                                    c.figures.clients().lost(),
                                    c.figures.clients().atStart())),
            row("M10", "Юнит-экономика: охват", "Unit economics: reach", Unit.CUSTOMERS)
                    .of(
                            "known customers; reach x conversion (M10c) x average bill (M2) x orders per client (M4c) = revenue (M10r)",
                            "Customers registered or with an order before the end",
                            f -> f.sales().reach(),
                            c -> whole(c.figures.sales().reach())),
            row("M10c", "Юнит-экономика: конверсия", "Unit economics: conversion", Unit.PERCENT)
                    .of(
                            "paying clients / reach",
                            "Customers registered or with an order before the end",
                            f -> f.sales().reach(),
                            c -> Percent.of(
                                    c.figures.sales().payers(),
                                    c.figures.sales().reach())),
            row("M10r", "Юнит-экономика: выручка", "Unit economics: revenue", Unit.MONEY)
                    .of(
                            "sum of the orders",
                            "Orders of the period",
                            f -> f.sales().orders(),
                            c -> roubles(c.figures.sales().revenue())),
            row("M11", "Потенциал клиента", "CPV", Unit.MONEY)
                    .of(
                            "mean potential of a year, see getPrediction; of today, whatever the period",
                            "Customers scored by the newest prediction model",
                            f -> f.potentials().customers(),
                            c -> divided(
                                    roubles(c.figures.potentials().sum()),
                                    c.figures.potentials().customers())),
            row("M12", "Интегральный потенциал базы", "Integral potential of the base", Unit.MONEY)
                    .of(
                            "sum of the potentials; of today, whatever the period",
                            "Customers scored by the newest prediction model",
                            f -> f.potentials().customers(),
                            c -> c.figures.potentials().customers() == 0
                                    ? null
                                    : roubles(c.figures.potentials().sum())));

    private interface Named {
        Row of(
                String formula,
                String population,
                Function<Figures, Long> size,
                Function<Counted, @Nullable BigDecimal> value);
    }

    private static Named row(String code, String ru, String en, Unit unit) {
        return (formula, population, size, value) ->
                new Row(new Name(code, ru, en, unit), formula, population, size, value);
    }

    /** @param before null without comparison */
    static List<MetricView> of(Period period, Figures figures, @Nullable Period compared, @Nullable Figures before) {
        List<MetricView> views = new ArrayList<>();
        for (Row row : ROWS) {
            BigDecimal value = row.value.apply(new Counted(period, figures));
            BigDecimal old = compared == null || before == null ? null : row.value.apply(new Counted(compared, before));
            views.add(new MetricView(
                    row.name.code,
                    row.name.ru,
                    row.name.en,
                    row.name.unit,
                    value,
                    row.formula,
                    row.population,
                    row.size.apply(figures),
                    old,
                    change(row.name.unit, old, value)));
        }
        return views;
    }

    private static @Nullable BigDecimal change(Unit unit, @Nullable BigDecimal before, @Nullable BigDecimal value) {
        if (before == null || value == null) {
            return null;
        }
        if (unit == Unit.PERCENT) {
            return value.subtract(before);
        }
        return Percent.growth(before, value);
    }

    private static BigDecimal whole(long number) {
        return BigDecimal.valueOf(number);
    }

    private static BigDecimal roubles(long kopecks) {
        return BigDecimal.valueOf(kopecks, 2);
    }

    private static @Nullable BigDecimal divided(BigDecimal what, long by) {
        return by == 0 ? null : what.divide(BigDecimal.valueOf(by), 2, RoundingMode.HALF_UP);
    }

    private static @Nullable BigDecimal days(double seconds, long count) {
        return count == 0 ? null : BigDecimal.valueOf(seconds / SECONDS_A_DAY).setScale(2, RoundingMode.HALF_UP);
    }
}
