package io.snowball.segmentation.report;

import static io.snowball.segmentation.retail.OnlineRetail.answer;
import static io.snowball.segmentation.retail.OnlineRetail.csv;
import static io.snowball.segmentation.retail.OnlineRetail.decimal;
import static io.snowball.segmentation.retail.OnlineRetail.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.snowball.segmentation.TestClock;
import io.snowball.segmentation.fact.FactFixtures;
import io.snowball.segmentation.fact.FakeCustomerService;
import io.snowball.segmentation.retail.OnlineRetail;
import io.snowball.segmentation.retail.RetailBook;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Online Retail: 18,532 invoices of 4,338 customers of a real web shop. The expected figures were counted apart from this code, by a
 * script that goes through the file customer by customer.
 */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
@DisplayName("M1…M12, A9, E10: reports on Online Retail")
class ReportResourceTest {
    @Inject
    FactFixtures facts;

    @Inject
    OnlineRetail retail;

    @Inject
    TestClock clock;

    @BeforeEach
    void onlineRetailIsTheBaseOf2011() {
        clock.set(TestClock.NOON);
        retail.load();
    }

    @Test
    @DisplayName("The published totals: 397,884 lines, 18,532 invoices, 4,338 customers, 8,911,407.904 GBP")
    void hasAllOfTheShop() {
        List<RetailBook.Item> items = RetailBook.invoices("2010-12-01", "2011-12-09").stream()
                .flatMap(invoice -> invoice.items().stream())
                .toList();
        assertThat(items).hasSize(397_884);
        assertThat(items.stream().map(RetailBook.Item::amount).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("8911407.904");
        JsonPath report = report("metrics?from=2010-12-01&to=2011-12-09&compare=NONE");
        assertThat(report.getLong("metrics.find { it.code == 'M1' }.value")).isEqualTo(4338);
        assertThat(report.getLong("metrics.find { it.code == 'M2' }.populationSize"))
                .isEqualTo(18_532);
        assertThat(decimal(report, "metrics.find { it.code == 'M10r' }.value")).isEqualByComparingTo("8911407.90");
    }

    @Test
    @DisplayName("M1…M10 of a summer, compared with the spring before")
    void countsTheMetricsOfAPeriod() {
        JsonPath report = report("metrics?from=2011-06-01&to=2011-08-31&compare=PREVIOUS&activeDays=90");
        assertThat(report.getString("comparedFrom")).isEqualTo("2011-03-01");
        assertThat(report.getString("comparedTo")).isEqualTo("2011-05-31");
        metric(report, "M1", "1948", "1993", "-2.26");
        metric(report, "M2", "476.19", "433.12", "9.94");
        metric(report, "M3", "978.77", "874.71", "11.90");
        metric(report, "M4", "1334.67", "1341.67", "-0.52");
        metric(report, "M4c", "2.06", "2.02", "1.98");
        metric(report, "M5", "42.77", "33.86", "26.31");
        metric(report, "M6", "37.53", "7.28", "415.52");
        metric(report, "M7", "2261.98", "1480.84", "52.75");
        metric(report, "M8", "68.20", "56.42", "11.78");
        metric(report, "M9", "43.59", "43.58", "0.01");
        metric(report, "M10r", "1906648.60", "1743295.68", "9.37");
        assertThat(report.getLong("metrics.find { it.code == 'M5' }.populationSize"))
                .isEqualTo(3405);
        assertThat(report.getLong("metrics.find { it.code == 'M6' }.populationSize"))
                .isEqualTo(854);
        assertThat(report.getLong("metrics.find { it.code == 'M8' }.populationSize"))
                .isEqualTo(1959);
        assertThat(report.getList("metrics.formula", String.class)).hasSize(15).doesNotContainNull();
    }

    private static void metric(JsonPath report, String code, String value, String before, String change) {
        String metric = "metrics.find { it.code == '" + code + "' }.";
        assertThat(decimal(report, metric + "value")).as(code).isEqualByComparingTo(value);
        assertThat(decimal(report, metric + "before")).as(code).isEqualByComparingTo(before);
        assertThat(decimal(report, metric + "change")).as(code).isEqualByComparingTo(change);
    }

    @Test
    @DisplayName("M4, X6: 1 + 3 + 5 purchases in three months are 3 a month; per client it is another number")
    void keepsTheTwoAveragesOfPurchasesApart() {
        UUID customer = facts.customer();
        int[] purchases = {1, 3, 5};
        for (int month = 1; month <= 3; month++) {
            for (int i = 1; i <= purchases[month - 1]; i++) {
                facts.order(customer, Instant.parse("2004-0%d-0%dT12:00:00Z".formatted(month, i)), 100);
            }
        }
        JsonPath report = report("metrics?from=2004-01-01&to=2004-03-31&compare=NONE");
        assertThat(decimal(report, "metrics.find { it.code == 'M4' }.value")).isEqualByComparingTo("3");
        assertThat(decimal(report, "metrics.find { it.code == 'M4c' }.value")).isEqualByComparingTo("9");
        assertThat(report.<Object>get("comparedFrom")).isNull();
        assertThat(report.<Object>get("metrics.find { it.code == 'M8' }.value"))
                .as("nobody was a client at the start")
                .isNull();
    }

    @Test
    void followsCohortsMonthByMonth() {
        JsonPath report = report("cohorts?from=2010-12-01&to=2011-12-31");
        assertThat(report.getList("cohorts.customers", Long.class))
                .containsExactly(885L, 417L, 380L, 452L, 300L, 284L, 242L, 188L, 169L, 299L, 358L, 323L, 41L);
        assertThat(report.getList("cohorts[0].months.customers", Long.class))
                .containsExactly(885L, 324L, 286L, 340L, 321L, 352L, 321L, 309L, 313L, 350L, 331L, 445L, 235L);
        assertThat(report.getList("cohorts[9].months.customers", Long.class)).containsExactly(299L, 70L, 90L, 34L);
        assertThat(decimal(report, "cohorts[0].months[1].retentionPercent")).isEqualByComparingTo("36.61");
        assertThat(decimal(report, "cohorts[0].months[0].revenue")).isEqualByComparingTo("572713.89");
        assertThat(report.getList("cohorts[1].months.customers", Long.class))
                .as("twelve months, the last with what there is of December")
                .hasSize(12);
    }

    @Test
    @DisplayName("E10: who brings 80 % of the revenue")
    void sharesTheRevenueByPareto() {
        JsonPath report = report("pareto?from=2010-12-01&to=2011-12-31");
        assertThat(report.getLong("customers")).isEqualTo(4338);
        assertThat(decimal(report, "revenue")).isEqualByComparingTo("8911407.90");
        assertThat(report.getLong("customersOf80Percent")).isEqualTo(1133);
        assertThat(decimal(report, "shareOf80Percent")).isEqualByComparingTo("26.12");
        assertThat(report.getList("rows.topPercent", Integer.class))
                .containsExactly(1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100);
        assertThat(report.getLong("rows[0].customers")).isEqualTo(44);
        assertThat(decimal(report, "rows[0].revenuePercent")).isEqualByComparingTo("32.00");
        assertThat(decimal(report, "rows[3].revenue")).isEqualByComparingTo("6649437.46");
        assertThat(decimal(report, "rows[3].revenuePercent")).isEqualByComparingTo("74.62");
        assertThat(decimal(report, "rows[11].revenuePercent")).isEqualByComparingTo("100");
    }

    @Test
    @DisplayName("A9: the way from the first purchase to the second")
    void countsWhoReturned() {
        JsonPath report = report("second-purchase?from=2010-12-01&to=2011-02-28&windowDays=180");
        assertThat(report.getLong("customers")).isEqualTo(1682);
        assertThat(report.getLong("returned")).isEqualTo(1187);
        assertThat(decimal(report, "conversionPercent")).isEqualByComparingTo("70.57");
        assertThat(decimal(report, "turnover")).isEqualByComparingTo("3017844.46");
        assertThat(decimal(report, "furtherRevenue")).isEqualByComparingTo("2244810.42");
        assertThat(decimal(report, "whatIf.moreReturned")).isEqualByComparingTo("84.1");
        assertThat(decimal(report, "whatIf.moreTurnover")).isEqualByComparingTo("159046.80");
    }

    @Test
    @DisplayName("X12: five points more conversion are 3 % of a turnover of 200 million, 6 million")
    void answersTheWhatIfOfTheArticle() {
        for (int i = 0; i < 20; i++) {
            UUID customer = facts.customer();
            facts.order(customer, Instant.parse("2005-03-01T12:00:00Z").plusSeconds(i), 880_000_000);
            if (i < 4) {
                facts.order(customer, Instant.parse("2005-04-01T12:00:00Z"), 600_000_000);
            }
        }
        JsonPath report = report("second-purchase?from=2005-03-01&to=2005-03-31&points=5");
        assertThat(decimal(report, "turnover")).isEqualByComparingTo("200000000");
        assertThat(decimal(report, "conversionPercent")).isEqualByComparingTo("20");
        assertThat(decimal(report, "whatIf.moreTurnover")).isEqualByComparingTo("6000000");
        assertThat(decimal(report, "whatIf.moreTurnoverPercent")).isEqualByComparingTo("3");
    }

    @Test
    @DisplayName("E8: 90 % buy once; keeping another 10 % of them gives half of the turnover again")
    void answersTheWhatIfOfTheDeck() {
        for (int i = 0; i < 20; i++) {
            UUID customer = facts.customer();
            facts.order(customer, Instant.parse("2006-03-01T12:00:00Z").plusSeconds(i), 1_000_00);
            if (i < 2) {
                facts.order(customer, Instant.parse("2006-04-01T12:00:00Z"), 10_000_00);
            }
        }
        JsonPath report = report("second-purchase?from=2006-03-01&to=2006-03-31&points=10");
        assertThat(decimal(report, "conversionPercent")).isEqualByComparingTo("10");
        assertThat(decimal(report, "conversion.percentHigh")).isEqualByComparingTo("30.10");
        assertThat(decimal(report, "whatIf.moreTurnoverPercent")).isEqualByComparingTo("50");
    }

    /** A tenth of month 1 of the deck's model: 100 clients, 80 come, 16 of them stay, 10 of the old ones go. */
    @Test
    @DisplayName("X5, M8, M9: new clients are those who stayed: (106 - 16) / 100 = 90 %, not 26 % by the inflow")
    void x05TheDecksRetention() {
        for (int i = 0; i < 180; i++) {
            UUID customer = facts.customer();
            boolean old = i < 100;
            facts.order(customer, Instant.parse(old ? "2003-05-20T10:00:00Z" : "2003-06-02T10:00:00Z"), 100);
            if (old ? i < 90 : i < 116) {
                facts.order(customer, Instant.parse("2003-06-25T10:00:00Z"), 100);
            }
        }
        JsonPath report = report("metrics?from=2003-06-01&to=2003-06-30&activeDays=20&compare=NONE");
        assertThat(decimal(report, "metrics.find { it.code == 'M8' }.value")).isEqualByComparingTo("90");
        assertThat(decimal(report, "metrics.find { it.code == 'M9' }.value")).isEqualByComparingTo("10");
        assertThat(report.getLong("metrics.find { it.code == 'M8' }.populationSize"))
                .isEqualTo(100);
    }

    @Test
    @DisplayName("G14: management reports as tables, each with the period compared with")
    void givesTheTablesAsCsv() {
        String metrics = csv("metrics.csv?from=2011-06-01&to=2011-08-31");
        assertThat(metrics)
                .startsWith("code,nameRu,nameEn,unit,value,before,change,formula,population,populationSize\r\n");
        assertThat(metrics).contains("M2,Средний чек,Average bill,MONEY,476.19,433.12,9.94,revenue / orders,");
        assertThat(csv("cohorts.csv?from=2010-12-01&to=2011-12-31")).contains("\r\n2010-12-01,885,1,324,36.61,");
        assertThat(csv("second-purchase.csv?from=2010-12-01&to=2011-02-28&windowDays=180"))
                .contains("\r\n2010-12-01,2011-02-28,180,1682,1187,70.57,");
        assertThat(csv("pareto.csv?from=2010-12-01&to=2011-12-31")).contains("\r\n20,868,6649437.46,74.62,");
    }

    @Test
    void answersAnEmptyPeriodWithZerosAndNothingToDivideBy() {
        JsonPath report = report("metrics?from=1950-01-01&to=1950-01-31&compare=YEAR_AGO");
        assertThat(report.getInt("metrics[0].value")).isZero();
        assertThat(report.<Object>get("metrics[1].value")).isNull();
        assertThat(report("pareto?from=1950-01-01&to=1950-01-31").getInt("customers"))
                .isZero();
        assertThat(report("cohorts?from=1950-01-01&to=1950-01-31").getList("cohorts"))
                .isEmpty();
        assertThat(report("second-purchase?from=1950-01-01&to=1950-01-31").<Object>get("whatIf"))
                .isNull();
    }

    @Test
    void refusesPeriodsThatAreNone() {
        refused("metrics", "from");
        refused("metrics?from=2011-01-02", "to");
        refused("metrics?from=2011-01-02&to=2011-01-01", "to");
        refused("cohorts?from=1911-01-02&to=2011-01-01", "to");
        TestTokens.as(Roles.ANALYST)
                .get("/api/v1/reports/metrics?from=yesterday&to=2011-01-01")
                .then()
                .statusCode(400);
        TestTokens.as(Roles.PARTNER)
                .get("/api/v1/reports/pareto?from=2011-01-01&to=2011-01-02")
                .then()
                .statusCode(403);
    }

    private static void refused(String report, String pointer) {
        answer(report).statusCode(400).body("errors[0].pointer", equalTo(pointer));
    }
}
