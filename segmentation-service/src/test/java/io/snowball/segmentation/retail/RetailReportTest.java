package io.snowball.segmentation.retail;

import static io.snowball.segmentation.retail.OnlineRetail.csv;
import static io.snowball.segmentation.retail.OnlineRetail.decimal;
import static io.snowball.segmentation.retail.OnlineRetail.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.segmentation.TestClock;
import io.snowball.segmentation.fact.FakeCustomerService;
import io.snowball.segmentation.retail.RetailBook.Buyer;
import io.snowball.segmentation.retail.RetailBook.Invoice;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reports on orders counted again from the book, invoice by invoice: each figure of each row. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class RetailReportTest {
    private static final double DAY = 86_400;

    @Inject
    OnlineRetail retail;

    @Inject
    TestClock clock;

    @BeforeEach
    void theShopIsThere() {
        clock.set(TestClock.NOON);
        retail.load();
    }

    @ParameterizedTest
    @CsvSource({
        "2011-06-01, 2011-08-31, 3, 2011-03-01, 2011-05-31, 3, 90",
        "2011-03-15, 2011-04-10, 0, 2011-02-16, 2011-03-14, 0, 30",
        "2011-11-01, 2011-11-30, 1, 2011-10-01, 2011-10-31, 1, 60"
    })
    @DisplayName("M1…M10, X5, X6, X7: every metric of a period and of the one before")
    void m01ToM10AreAsCountedByHand(
            String from, String to, int months, String fromBefore, String toBefore, int monthsBefore, int active) {
        JsonPath report = report("metrics?from=%s&to=%s&activeDays=%d".formatted(from, to, active));
        assertThat(report.getString("comparedFrom")).isEqualTo(fromBefore);
        assertThat(report.getString("comparedTo")).isEqualTo(toBefore);
        Map<String, double[]> now = metrics(from, to, months, active);
        Map<String, double[]> before = metrics(fromBefore, toBefore, monthsBefore, active);
        assertThat(now).hasSize(13);
        now.forEach((code, counted) -> {
            String metric = "metrics.find { it.code == '" + code + "' }.";
            double old = before.getOrDefault(code, new double[2])[0];
            assertThat(decimal(report, metric + "value").doubleValue()).as(code).isCloseTo(counted[0], within(0.0051));
            assertThat(report.getLong(metric + "populationSize"))
                    .as("of %s", code)
                    .isEqualTo((long) counted[1]);
            assertThat(decimal(report, metric + "before").doubleValue())
                    .as(code)
                    .isCloseTo(old, within(0.0051));
            // X7: points where the unit is per cent, per cent of the value before elsewhere; both of rounded values.
            boolean points = report.getString(metric + "unit").equals("PERCENT");
            double change = points ? counted[0] - old : 100 * (counted[0] - old) / old;
            assertThat(decimal(report, metric + "change").doubleValue())
                    .as("change of %s", code)
                    .isCloseTo(change, within(points ? 0.021 : 0.011 + 1.02 / old * (1 + Math.abs(change) / 100)));
        });
    }

    /** By code: the value, and how many it was counted on. */
    private Map<String, double[]> metrics(String from, String to, int months, int active) {
        LocalDate start = LocalDate.parse(from);
        LocalDate end = LocalDate.parse(to).plusDays(1);
        String until = end.minusDays(1).toString();
        double payers = 0;
        double everOfPayers = 0;
        double atStart = 0;
        double atEnd = 0;
        double newAtEnd = 0;
        double lost = 0;
        double lostDays = 0;
        double gaps = 0;
        double gapDays = 0;
        double reach = retail.strangers(to).size();
        for (Buyer buyer : RetailBook.buyers()) {
            List<Invoice> known = buyer.until(until);
            if (known.isEmpty()) {
                continue;
            }
            reach++;
            boolean pays = !buyer.in(from, to).isEmpty();
            payers += pays ? 1 : 0;
            everOfPayers += pays ? RetailBook.pence(known) / 100.0 : 0;
            boolean clientAtStart = !buyer.in(
                            start.minusDays(active).toString(),
                            start.minusDays(1).toString())
                    .isEmpty();
            boolean clientAtEnd =
                    !buyer.in(end.minusDays(active).toString(), until).isEmpty();
            atStart += clientAtStart ? 1 : 0;
            atEnd += clientAtEnd ? 1 : 0;
            // X5: new payers who are still active at the end, not the inflow.
            newAtEnd += clientAtEnd && !buyer.first().before(from) ? 1 : 0;
            if (clientAtStart && !clientAtEnd) {
                lost++;
                lostDays += days(known.getFirst(), known.getLast());
            }
            for (int i = 1; i < known.size(); i++) {
                if (!known.get(i).before(from)) {
                    gaps++;
                    gapDays += days(known.get(i - 1), known.get(i));
                }
            }
        }
        List<Invoice> invoices = RetailBook.invoices(from, to);
        double revenue = RetailBook.pence(invoices) / 100.0;
        double orders = invoices.size();
        double lasts = months > 0 ? months : (end.toEpochDay() - start.toEpochDay()) / 30.436875;
        Map<String, double[]> metrics = new HashMap<>();
        metrics.put("M1", new double[] {payers, payers});
        metrics.put("M2", new double[] {revenue / orders, orders});
        metrics.put("M3", new double[] {revenue / payers, payers});
        metrics.put("M4", new double[] {orders / lasts, orders});
        metrics.put("M4c", new double[] {orders / payers, payers});
        metrics.put("M5", new double[] {gapDays / gaps, gaps});
        metrics.put("M6", new double[] {lostDays / lost, lost});
        metrics.put("M7", new double[] {everOfPayers / payers, payers});
        metrics.put("M8", new double[] {100 * (atEnd - newAtEnd) / atStart, atStart});
        metrics.put("M9", new double[] {100 * lost / atStart, atStart});
        metrics.put("M10", new double[] {reach, reach});
        metrics.put("M10c", new double[] {100 * payers / reach, reach});
        metrics.put("M10r", new double[] {revenue, orders});
        return metrics;
    }

    private static double days(Invoice first, Invoice last) {
        return Duration.between(first.at(), last.at()).toSeconds() / DAY;
    }

    @Test
    @DisplayName("M8: every cell of the cohorts, customers and revenue")
    void m08EveryCellOfTheCohorts() {
        Map<String, long[]> cells = new HashMap<>();
        Map<YearMonth, Long> cohorts = new HashMap<>();
        for (Buyer buyer : RetailBook.buyers()) {
            YearMonth cohort = YearMonth.from(buyer.first().day());
            cohorts.merge(cohort, 1L, Long::sum);
            Map<YearMonth, Long> months = new HashMap<>();
            buyer.invoices().forEach(i -> months.merge(YearMonth.from(i.day()), i.pence(), Long::sum));
            months.forEach((month, pence) -> {
                long[] cell = cells.computeIfAbsent(cohort + "," + month, _ -> new long[2]);
                cell[0]++;
                cell[1] += pence;
            });
        }
        String[] lines = csv("cohorts.csv?from=2010-12-01&to=2011-12-31").split("\r\n");
        assertThat(lines).hasSize(1 + 13 * 14 / 2);
        for (int i = 1; i < lines.length; i++) {
            String[] line = lines[i].split(",");
            YearMonth cohort = YearMonth.from(LocalDate.parse(line[0]));
            long[] cell = cells.getOrDefault(cohort + "," + cohort.plusMonths(Long.parseLong(line[2])), new long[2]);
            long customers = cohorts.getOrDefault(cohort, 0L);
            assertThat(Long.parseLong(line[1])).as(lines[i]).isEqualTo(customers);
            assertThat(Long.parseLong(line[3])).as(lines[i]).isEqualTo(cell[0]);
            assertThat(Double.parseDouble(line[4])).as(lines[i]).isCloseTo(100.0 * cell[0] / customers, within(0.0051));
            assertThat(Double.parseDouble(line[5])).as(lines[i]).isCloseTo(cell[1] / 100.0, within(0.001));
        }
    }

    @Test
    @DisplayName("E10: every row of the Pareto table, of a summer and of the spring before")
    void e10EveryRowOfThePareto() {
        JsonPath report = report("pareto?from=2011-06-01&to=2011-08-31");
        List<Long> now = best("2011-06-01", "2011-08-31");
        List<Long> before = best("2011-03-01", "2011-05-31");
        for (int i = 0; i < 12; i++) {
            String row = "rows[" + i + "].";
            int percent = report.getInt(row + "topPercent");
            int customers = (int) Math.ceil(now.size() * percent / 100.0);
            assertThat(report.getLong(row + "customers")).isEqualTo(customers);
            assertThat(decimal(report, row + "revenue").doubleValue())
                    .isCloseTo(top(now, customers) / 100, within(0.001));
            assertThat(decimal(report, row + "revenuePercent").doubleValue())
                    .isCloseTo(100 * top(now, customers) / top(now, now.size()), within(0.0051));
            int customersBefore = (int) Math.ceil(before.size() * percent / 100.0);
            assertThat(decimal(report, row + "revenuePercentBefore").doubleValue())
                    .isCloseTo(100 * top(before, customersBefore) / top(before, before.size()), within(0.0051));
        }
        int enough = 1;
        while (top(now, enough) < 0.8 * top(now, now.size())) {
            enough++;
        }
        assertThat(report.getLong("customersOf80Percent")).isEqualTo(enough);
        assertThat(decimal(report, "shareOf80Percent").doubleValue())
                .isCloseTo(100.0 * enough / now.size(), within(0.0051));
    }

    private static List<Long> best(String from, String to) {
        return RetailBook.buyers().stream()
                .map(b -> RetailBook.pence(b.in(from, to)))
                .filter(pence -> pence > 0)
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    private static double top(List<Long> best, int customers) {
        return best.subList(0, customers).stream().mapToLong(pence -> pence).sum();
    }

    @Test
    @DisplayName("A9: from the first purchase to the second, with what five points more would bring")
    void a09TheSecondPurchaseByHand() {
        JsonPath report = report("second-purchase?from=2011-03-01&to=2011-05-31&windowDays=90&points=5");
        double[] spring = second("2011-03-01", "2011-05-31");
        double[] winter = second("2010-12-01", "2011-02-28");
        assertThat(report.getLong("customers")).isEqualTo((long) spring[0]);
        assertThat(report.getLong("returned")).isEqualTo((long) spring[1]);
        assertThat(decimal(report, "turnover").doubleValue()).isCloseTo(spring[2], within(0.001));
        assertThat(decimal(report, "furtherRevenue").doubleValue()).isCloseTo(spring[3], within(0.001));
        assertThat(decimal(report, "conversionPercentBefore").doubleValue())
                .isCloseTo(100 * winter[1] / winter[0], within(0.0051));
        double more = spring[0] * 0.05 * spring[3] / spring[1];
        assertThat(decimal(report, "whatIf.moreTurnover").doubleValue()).isCloseTo(more, within(0.0051));
        assertThat(decimal(report, "whatIf.moreTurnoverPercent").doubleValue())
                .isCloseTo(100 * more / spring[2], within(0.0051));
    }

    /** Customers, who of them returned within 90 days, turnover in these, and what of it came after the first order. */
    private static double[] second(String from, String to) {
        double[] sums = new double[4];
        for (Buyer buyer : RetailBook.buyers()) {
            Invoice first = buyer.first();
            if (first.in(from, to)) {
                List<Invoice> orders = buyer.invoices().stream()
                        .filter(i -> !i.at().isAfter(first.at().plus(Duration.ofDays(90))))
                        .toList();
                sums[0]++;
                sums[1] += orders.size() > 1 ? 1 : 0;
                sums[2] += RetailBook.pence(orders) / 100.0;
                sums[3] += (RetailBook.pence(orders) - firstPence(orders)) / 100.0;
            }
        }
        return sums;
    }

    /** Of two invoices of one minute the one with the lower id is the first, as the report has it. */
    private static long firstPence(List<Invoice> orders) {
        return orders.stream()
                .filter(i -> i.at().equals(orders.getFirst().at()))
                .min(Comparator.comparing(i -> i.id().toString()))
                .map(Invoice::pence)
                .orElse(0L);
    }

    @Test
    @DisplayName("B9: what a bonus would cost that brings everybody to the effective frequency")
    void b09TheBonusByHand() {
        JsonPath report =
                report("effective-frequency?windowDays=60&bonus=100&compare=NONE&from=2010-12-01&to=2011-12-09");
        int effective = report.getInt("effective");
        assertThat(effective).as("see findsTheEffectiveFrequency").isEqualTo(4);
        List<Integer> orders = new ArrayList<>();
        RetailBook.buyers().forEach(b -> orders.add(b.invoices().size()));
        retail.strangers("2011-12-09").forEach(o -> orders.add(o.size()));
        List<Integer> below =
                orders.stream().filter(n -> n > 0 && n < effective).toList();
        long purchases = below.stream().mapToLong(n -> effective - n).sum();
        assertThat(report.getLong("bonus.customers")).isEqualTo(below.size());
        assertThat(report.getLong("bonus.purchases")).isEqualTo(purchases);
        assertThat(decimal(report, "bonus.costMax").doubleValue()).isEqualTo(100.0 * purchases);
    }
}
