package io.snowball.segmentation.growth;

import static io.snowball.segmentation.retail.OnlineRetail.answer;
import static io.snowball.segmentation.retail.OnlineRetail.csv;
import static io.snowball.segmentation.retail.OnlineRetail.decimal;
import static io.snowball.segmentation.retail.OnlineRetail.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.snowball.segmentation.TestClock;
import io.snowball.segmentation.fact.FakeCustomerService;
import io.snowball.segmentation.retail.OnlineRetail;
import io.snowball.segmentation.retail.RetailBook;
import io.snowball.segmentation.retail.RetailBook.Buyer;
import io.snowball.segmentation.retail.RetailBook.Invoice;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
@DisplayName("G12: a year's goals, tracked on Online Retail")
class GrowthTargetTest {
    @Inject
    OnlineRetail retail;

    @Inject
    TestClock clock;

    @BeforeEach
    void theShopIsThere() {
        clock.set(TestClock.NOON);
        retail.load();
    }

    /** The same days of December in both years: 9 of them are in the book. */
    @Test
    void comparesTheDaysSoFarWithTheSameDaysOfTheYearBefore() {
        clock.set(Instant.parse("2011-12-10T08:00:00Z"));
        put("2011-12-01", "\"0\"", """
                {"goals": [{"kind": "BASE", "growthPercent": 50}, {"kind": "TRANSACTIONS_PER_CLIENT", "growthPercent": 15},
                  {"kind": "BILL", "growthPercent": 500}, {"kind": "REVENUE", "growthPercent": 5},
                  {"kind": "CHURN", "growthPercent": -20}, {"kind": "LIFETIME", "growthPercent": 10},
                  {"kind": "REPEAT_CLIENTS", "growthPercent": 10}]}""").statusCode(200).header("ETag", "\"1\"");

        JsonPath report = report("targets/2011-12-01");
        assertThat(report.getString("until")).isEqualTo("2011-12-09");
        List<Invoice> now = RetailBook.invoices("2011-12-01", "2011-12-09");
        List<Invoice> before = RetailBook.invoices("2010-12-01", "2010-12-09");
        row(report, "REVENUE", "value", RetailBook.pence(now) / 100.0);
        row(report, "REVENUE", "before", RetailBook.pence(before) / 100.0);
        long year = RetailBook.pence(RetailBook.invoices("2010-12-01", "2011-11-30"));
        row(report, "REVENUE", "yearBefore", year / 100.0);
        row(report, "REVENUE", "target", year / 100.0 * 1.05);
        row(report, "BILL", "value", RetailBook.pence(now) / 100.0 / now.size());
        row(report, "TRANSACTIONS_PER_CLIENT", "value", (double) now.size() / payers("2011-12-01", "2011-12-09"));
        row(report, "TRANSACTIONS_PER_CLIENT", "before", (double) before.size() / payers("2010-12-01", "2010-12-09"));

        List<List<OnlineRetail.Order>> strangers = retail.strangers("2011-12-09").stream()
                .filter(o -> !o.isEmpty())
                .toList();
        List<Buyer> buyers = RetailBook.buyers();
        row(report, "BASE", "value", buyers.size() + strangers.size());
        row(report, "REPEAT_CLIENTS", "value", (double)
                (buyers.stream().filter(b -> b.invoices().size() > 1).count()
                        + strangers.stream().filter(o -> o.size() > 1).count()));
        row(
                report,
                "LIFETIME",
                "value",
                Stream.concat(
                                buyers.stream()
                                        .map(b -> Duration.between(
                                                b.first().at(),
                                                b.invoices().getLast().at())),
                                strangers.stream()
                                        .map(o -> Duration.between(
                                                o.getFirst().at(), o.getLast().at())))
                        .mapToDouble(life -> life.toSeconds() / 86_400.0)
                        .average()
                        .orElseThrow());
        long start = buyers.stream()
                .filter(b -> !b.in("2011-09-02", "2011-11-30").isEmpty())
                .count();
        long lost = buyers.stream()
                .filter(b -> !b.in("2011-09-02", "2011-11-30").isEmpty())
                .filter(b -> b.in("2011-09-11", "2011-12-09").isEmpty())
                .count();
        row(report, "CHURN", "value", 100.0 * lost / start);
        assertThat(report.<Object>get("rows.find { it.kind == 'CHURN' }.before"))
                .as("nobody was a client before the shop opened")
                .isNull();
        assertThat(report.<Object>get("rows.find { it.kind == 'CHURN' }.onTrack"))
                .isNull();
        assertThat(report.getBoolean("rows.find { it.kind == 'BILL' }.unusual")).isTrue();
        assertThat(report.getBoolean("rows.find { it.kind == 'BILL' }.onTrack")).isFalse();
        assertThat(report.getBoolean("rows.find { it.kind == 'BASE' }.onTrack")).isTrue();
        assertThat(csv("targets/2011-12-01/tracking.csv")).contains("\r\nBASE,База,50,");
    }

    private static long payers(String from, String to) {
        return RetailBook.buyers().stream()
                .filter(b -> !b.in(from, to).isEmpty())
                .count();
    }

    private static void row(JsonPath report, String kind, String column, double expected) {
        assertThat(decimal(report, "rows.find { it.kind == '" + kind + "' }." + column)
                        .doubleValue())
                .as("%s %s", kind, column)
                .isCloseTo(expected, within(0.0051));
    }

    @Test
    void hasNothingToTrackBeforeTheFirstDayIsOver() {
        clock.set(Instant.parse("2011-12-09T23:00:00Z"));
        put("2011-12-09", "\"0\"", "{\"goals\": [{\"kind\": \"REVENUE\", \"growthPercent\": 5}]}")
                .statusCode(200);
        JsonPath report = report("targets/2011-12-09");
        assertThat(report.<Object>get("until")).isNull();
        assertThat(report.<Object>get("rows[0].value")).isNull();
        assertThat(decimal(report, "rows[0].yearBefore"))
                .isEqualByComparingTo(
                        BigDecimal.valueOf(RetailBook.pence(RetailBook.invoices("2010-12-09", "2011-12-08")), 2));
        clock.advance(Duration.ofDays(800));
        assertThat(report("targets/2011-12-09").getString("until")).isEqualTo("2012-12-08");
    }

    @Test
    void keepsEditsApart() {
        String one = "{\"goals\": [{\"kind\": \"BASE\", \"growthPercent\": 10}]}";
        put("2031-01-01", null, one).statusCode(400).body("errors[0].pointer", equalTo("If-Match"));
        put("2031-01-01", "\"7\"", one).statusCode(412);
        put("2031-01-01", "\"0\"", one).statusCode(200);
        put("2031-01-01", "\"0\"", one).statusCode(412);
        put("2031-01-01", "\"1\"", one).statusCode(200).header("ETag", "\"2\"");
        answer("targets").statusCode(200).body("items.startOn", hasItem("2031-01-01"));
        answer("targets/2031-01-02").statusCode(404);
        answer("targets/soon").statusCode(400);
        put("2031-01-01", "\"2\"", """
                {"goals": [{"kind": "BASE", "growthPercent": 1}, {"kind": "BASE", "growthPercent": 2}]}""").statusCode(400).body("errors[0].pointer", equalTo("/goals"));
        put("2031-01-01", "\"2\"", "{\"goals\": []}").statusCode(400);
        put("2031-01-01", "\"2\"", "{\"goals\": [{\"kind\": \"BASE\", \"growthPercent\": 1e999}]}")
                .statusCode(400);
        put("9999-01-01", "\"0\"", one).statusCode(400).body("errors[0].pointer", equalTo("startOn"));
        TestTokens.as(Roles.ANALYST)
                .contentType("application/json")
                .header("If-Match", "\"2\"")
                .body(one)
                .put("/api/v1/reports/targets/2031-01-01")
                .then()
                .statusCode(403);
    }

    private static ValidatableResponse put(String startOn, @Nullable String ifMatch, String body) {
        var request =
                TestTokens.as(Roles.MARKETER).contentType("application/json").body(body);
        return (ifMatch == null ? request : request.header("If-Match", ifMatch))
                .put("/api/v1/reports/targets/" + startOn)
                .then();
    }
}
