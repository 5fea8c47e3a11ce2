package io.snowball.segmentation.repeat;

import static io.snowball.segmentation.retail.OnlineRetail.answer;
import static io.snowball.segmentation.retail.OnlineRetail.csv;
import static io.snowball.segmentation.retail.OnlineRetail.decimal;
import static io.snowball.segmentation.retail.OnlineRetail.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.id.Ids;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.segmentation.TestClock;
import io.snowball.segmentation.fact.FactFixtures;
import io.snowball.segmentation.fact.FakeCustomerService;
import io.snowball.segmentation.retail.OnlineRetail;
import io.snowball.segmentation.retail.RetailBook;
import io.snowball.segmentation.retail.RetailBook.Buyer;
import io.snowball.segmentation.retail.RetailBook.Invoice;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** On Online Retail, each figure counted again by hand. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
@DisplayName("B7, B8, B9, G1: what makes customers come again")
class RepeatReportTest {
    private static final String FROM = "2010-12-01";
    private static final String TO = "2011-12-09";
    private static final String YEAR = "from=" + FROM + "&to=" + TO;

    @Inject
    FactFixtures facts;

    @Inject
    OnlineRetail retail;

    @Inject
    TestClock clock;

    @BeforeEach
    void theShopIsThere() {
        clock.set(TestClock.NOON);
        retail.load();
    }

    @Test
    @DisplayName("B8: after the fourth purchase the next one within 60 days is 60 to 70 % likely")
    void findsTheEffectiveFrequency() {
        int window = 60;
        long[] purchases = new long[21];
        long[] again = new long[21];
        for (Buyer buyer : RetailBook.buyers()) {
            List<Invoice> invoices = buyer.invoices();
            for (int n = 0; n < Math.min(20, invoices.size()); n++) {
                if (invoices.get(n).watched(window, TO)) {
                    purchases[n + 1]++;
                    boolean next = n + 1 < invoices.size()
                            && (invoices.get(n).within(invoices.get(n + 1), window)
                                    || invoices.get(n)
                                            .at()
                                            .equals(invoices.get(n + 1).at()));
                    again[n + 1] += next ? 1 : 0;
                }
            }
        }
        JsonPath report = report("effective-frequency?windowDays=60&bonus=100&compare=NONE&" + YEAR);
        for (int n = 1; n <= 20; n++) {
            String row = "rows.find { it.purchase == " + n + " }.next.";
            assertThat(report.getLong(row + "of")).as("purchase %d", n).isEqualTo(purchases[n]);
            assertThat(report.getLong(row + "count")).as("after purchase %d", n).isEqualTo(again[n]);
        }
        assertThat(purchases[4]).as("counted by a script, too").isEqualTo(1081);
        assertThat(again[4]).isEqualTo(726);
        assertThat(report.getInt("effective")).isEqualTo(4);
        assertThat(report.getInt("effectiveLow"))
                .as("58.77 % of 1,533 may well be 60 %")
                .isEqualTo(3);
        assertThat(report.getInt("effectiveHigh")).isEqualTo(4);
        // Wilson's bounds are where the normal interval of the bound itself just reaches the share.
        for (String bound : List.of("percentLow", "percentHigh")) {
            double p = decimal(report, "rows.find { it.purchase == 4 }.next." + bound)
                            .doubleValue()
                    / 100;
            double reach = 1.96 * Math.sqrt(p * (1 - p) / purchases[4]);
            assertThat(Math.abs((double) again[4] / purchases[4] - p)).isCloseTo(reach, within(1e-4));
        }
    }

    @Test
    @DisplayName("B8: five rides and over 90 %, as in the taxi example; B9: what a bonus for the first five costs")
    void findsTheTaxisFiveRides() {
        // 40 passengers; each ride but the fifth loses a few of them, and whoever took five stays.
        for (int passenger = 0; passenger < 40; passenger++) {
            UUID customer = facts.customer();
            int rides = passenger < 32 ? 7 : 1 + passenger % 4;
            for (int ride = 0; ride < rides; ride++) {
                facts.order(customer, Instant.parse("2001-01-01T10:00:00Z").plusSeconds(86_400L * ride), 300_00);
            }
        }
        JsonPath report =
                report("effective-frequency?from=2001-01-01&to=2001-03-31&windowDays=30&targetPercent=97&bonus=50");
        assertThat(report.getList("rows.next.count", Integer.class)).containsExactly(38, 36, 34, 32, 32, 32, 0);
        assertThat(report.getInt("effective")).isEqualTo(5);
        // Two each stopped after one, two, three and four rides: they lack 2 x (4 + 3 + 2 + 1).
        assertThat(report.getLong("bonus.customers")).isEqualTo(8);
        assertThat(report.getLong("bonus.purchases")).isEqualTo(20);
        assertThat(decimal(report, "bonus.costMax")).isEqualByComparingTo("1000");
        assertThat(report.<Object>get("effectiveBefore")).isNull();
    }

    @Test
    @DisplayName("B7: retention after each product, and products that end the cycle")
    void followsTheBuyersOfEachProduct() {
        int window = 90;
        Map<String, long[]> counted = new HashMap<>();
        long[] all = new long[2];
        for (Buyer buyer : RetailBook.buyers()) {
            Map<String, Invoice> first = new HashMap<>();
            buyer.invoices().stream()
                    .filter(invoice -> invoice.watched(window, TO))
                    .forEach(invoice -> invoice.items().forEach(item -> first.putIfAbsent(item.sku(), invoice)));
            first.forEach((sku, invoice) -> {
                long back = buyer.invoices().stream().anyMatch(later -> invoice.within(later, window)) ? 1 : 0;
                long[] product = counted.computeIfAbsent(sku, _ -> new long[2]);
                for (long[] sum : List.of(product, all)) {
                    sum[0]++;
                    sum[1] += back;
                }
            });
        }
        JsonPath report = report("product-retention?windowDays=90&compare=NONE&rows=1000&" + YEAR);
        assertThat(report.getLong("usual.of")).isEqualTo(all[0]);
        assertThat(report.getLong("usual.count")).isEqualTo(all[1]);
        String[] lines =
                csv("product-retention.csv?windowDays=90&compare=NONE&" + YEAR).split("\r\n");
        assertThat(lines)
                .hasSize(1
                        + (int) counted.values().stream()
                                .filter(c -> c[0] >= 30)
                                .count());
        for (String line : Arrays.asList(lines).subList(1, lines.length)) {
            String[] cells = line.split(",");
            assertThat(new long[] {Long.parseLong(cells[1]), Long.parseLong(cells[2])})
                    .as(cells[0])
                    .isEqualTo(counted.get(cells[0]));
        }
        String worst = "rows.find { it.product == '22371' }.";
        assertThat(report.getLong(worst + "again.of")).as("by a script, too").isEqualTo(102);
        assertThat(report.getLong(worst + "again.count")).isEqualTo(52);
        assertThat(report.getString(worst + "verdict")).isEqualTo("ENDS_THE_CYCLE");
        assertThat(report.getList("rows.verdict", String.class)).contains("AS_USUAL");
    }

    @Test
    @DisplayName("A product code that a spreadsheet would take for a formula is made harmless")
    void defusesCellsOfTheTable() {
        for (int i = 0; i < 2; i++) {
            FeedEvent order = FactFixtures.order(
                    Ids.next(), facts.customer(), Instant.parse("2000-01-02T00:00:00Z"), "PAID", 1, 1);
            ((ObjectNode) order.data())
                    .withArray("lines")
                    .addObject()
                    .put("sku", "=HYPERLINK(\"x\",1)")
                    .put("quantity", 1)
                    .put("amount", 1);
            facts.apply(order);
        }
        assertThat(csv("product-retention.csv?from=2000-01-01&to=2000-03-31&windowDays=30&customersMin=2"))
                .contains("\r\n\"'=HYPERLINK(\"\"x\"\",1)\",2,0,0.00,");
    }

    @Test
    @DisplayName("G1: from potential to loyal at the end of November")
    void countsTheLoyaltyFunnel() {
        String end = "2011-11-30";
        long[] standing = new long[5];
        long[] pence = new long[5];
        long[] active = new long[5];
        for (Buyer buyer : RetailBook.buyers()) {
            List<Invoice> invoices = buyer.until(end);
            if (!invoices.isEmpty()) {
                int level = Math.min(invoices.size(), 4);
                standing[level]++;
                pence[level] += RetailBook.pence(invoices);
                active[level] += invoices.getLast().before("2011-09-02") ? 0 : 1;
            }
        }
        retail.strangers(end).forEach(orders -> {
            standing[Math.min(orders.size(), 4)]++;
            pence[Math.min(orders.size(), 4)] +=
                    orders.stream().mapToLong(OnlineRetail.Order::pence).sum();
        });
        JsonPath report = report("loyalty-funnel?activeDays=90&from=2011-11-01&to=2011-11-30");
        assertThat(report.getInt("loyalFromOrders")).isEqualTo(4);
        long loyal = standing[4];
        long repeat = standing[2] + standing[3] + loyal;
        long bought = standing[1] + repeat;
        level(report, "POTENTIAL", standing[0], 0, -1);
        level(report, "NEW", standing[1], active[1], bought);
        level(report, "REPEAT", standing[2] + standing[3], active[2] + active[3], repeat);
        level(report, "LOYAL", loyal, active[4], loyal);
        assertThat(decimal(report, "levels.find { it.level == 'LOYAL' }.revenue"))
                .isEqualByComparingTo(BigDecimal.valueOf(pence[4], 2));
        level(report, "ADVOCATE", 0, 0, 0);
        assertThat(report.getLong("levels.find { it.level == 'ADVOCATE' }.answered"))
                .as("nobody was asked then")
                .isZero();
        assertThat(csv("loyalty-funnel.csv?from=2011-11-01&to=2011-11-30"))
                .contains("\r\nADVOCATE,Адвокат,0,0.00,0,0,0.00,0.00,0\r\n");
    }

    private static void level(JsonPath report, String level, long customers, long active, long reached) {
        String path = "levels.find { it.level == '" + level + "' }.";
        assertThat(report.getLong(path + "customers")).as(level).isEqualTo(customers);
        assertThat(report.getLong(path + "active")).as(level).isEqualTo(active);
        if (reached >= 0) {
            assertThat(report.getLong(path + "reached.count")).as(level).isEqualTo(reached);
        }
    }

    @Test
    void comparesWithTheQuarterBefore() {
        JsonPath report = report("effective-frequency?from=2011-07-01&to=2011-09-30&windowDays=30");
        assertThat(report.getString("about.comparedFrom")).isEqualTo("2011-04-01");
        JsonPath before = report("effective-frequency?from=2011-04-01&to=2011-06-30&windowDays=30&compare=NONE");
        IntStream.rangeClosed(1, 5)
                .forEach(n -> assertThat(decimal(report, "rows[" + (n - 1) + "].percentBefore"))
                        .isEqualByComparingTo(decimal(before, "rows[" + (n - 1) + "].next.percent")));
    }

    @Test
    void refusesPeriodsInWhichNothingCanBeWatched() {
        answer("effective-frequency?from=2011-01-01&to=2011-01-31&windowDays=31")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("windowDays"));
        answer("product-retention?from=2011-01-31&to=2011-01-01")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("to"));
        answer("loyalty-funnel?from=2011-01-01").statusCode(400).body("errors[0].pointer", equalTo("to"));
        answer("product-retention?by=COLOUR&" + YEAR).statusCode(400);
        assertThat(report("product-retention?from=1950-01-01&to=1950-12-31").getList("rows"))
                .isEmpty();
    }
}
