package io.snowball.segmentation.rfm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import io.restassured.response.ValidatableResponse;
import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.id.Ids;
import io.snowball.platform.money.Money;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.snowball.segmentation.TestClock;
import io.snowball.segmentation.fact.FactFixtures;
import io.snowball.segmentation.fact.FakeCustomerService;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class RfmResourceTest {
    @Inject
    FactFixtures facts;

    @Inject
    TestClock clock;

    @BeforeEach
    void atNoon() {
        clock.set(TestClock.NOON);
    }

    @DisplayName(
            "C23 and A8 on the real purchases of a real shop, against a computation that shares nothing with ours but the file")
    @Test
    void gradesTheCustomersOfCdnowAsPlainJavaDoes() throws IOException {
        replaceSettings(settings(30, 90, 180, 2, 4, "250.00")).statusCode(200);
        JsonPath before = report();

        List<Purchase> purchases = cdnow();
        Map<String, UUID> ids = new HashMap<>();
        List<FeedEvent> events = new ArrayList<>();
        for (Purchase purchase : purchases) {
            UUID customer = ids.computeIfAbsent(purchase.customer, _ -> {
                UUID id = Ids.next();
                events.add(FactFixtures.customer(id, purchase.at(), "cdnow"));
                return id;
            });
            events.add(FactFixtures.order(Ids.next(), customer, purchase.at(), "PAID", purchase.cents, 1));
        }
        facts.apply(events);
        JsonPath after = report();

        Map<RfmCell, Long> customers = new EnumMap<>(RfmCell.class);
        Map<RfmCell, Long> revenue = new EnumMap<>(RfmCell.class);
        Map<String, List<Purchase>> byCustomer = new HashMap<>();
        purchases.forEach(p ->
                byCustomer.computeIfAbsent(p.customer, _ -> new ArrayList<>()).add(p));
        byCustomer.values().forEach(bought -> {
            RfmCell cell = cellByDates(bought);
            customers.merge(cell, 1L, Long::sum);
            revenue.merge(cell, bought.stream().mapToLong(p -> p.cents).sum(), Long::sum);
        });

        assertThat(customers.keySet())
                .as("all bought first in the first quarter of the eighteen months: nobody is new, the rest is reached")
                .hasSize(8);
        for (RfmCell cell : RfmCell.values()) {
            assertThat(customersOf(after, cell) - customersOf(before, cell))
                    .as("customers in %s", cell)
                    .isEqualTo(customers.getOrDefault(cell, 0L));
            assertThat(revenueOf(after, cell).kopecks()
                            - revenueOf(before, cell).kopecks())
                    .as("revenue of %s", cell)
                    .isEqualTo(revenue.getOrDefault(cell, 0L));
        }
        assertThat(after.getLong("customers") - before.getLong("customers")).isEqualTo(2357);
        assertThat(purchases).hasSize(6919);
    }

    /** The dates of the file alone, by whole calendar days: the purchases are at midnight and the clock stands at noon. */
    private static RfmCell cellByDates(List<Purchase> bought) {
        LocalDate today = LocalDate.of(2026, 6, 15);
        LocalDate first =
                bought.stream().map(Purchase::on).min(LocalDate::compareTo).orElseThrow();
        LocalDate last =
                bought.stream().map(Purchase::on).max(LocalDate::compareTo).orElseThrow();
        long days = ChronoUnit.DAYS.between(last, today);
        String column = days > 180 ? "_LOST" : days > 90 ? "_AT_RISK" : "";
        if (bought.size() >= 4) {
            boolean vip =
                    column.isEmpty() && bought.stream().mapToLong(p -> p.cents).sum() >= 25_000;
            return vip ? RfmCell.VIP : RfmCell.valueOf("LOYAL" + column);
        }
        if (bought.size() >= 2) {
            return RfmCell.valueOf("PROMISING" + column);
        }
        if (!column.isEmpty()) {
            return RfmCell.valueOf("ONE_TIME" + column);
        }
        return ChronoUnit.DAYS.between(first, today) <= 30 ? RfmCell.FIRST_PURCHASE : RfmCell.NEWCOMER;
    }

    private record Purchase(String customer, LocalDate on, long cents) {
        Instant at() {
            return on.atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }

    /** All dates moved by one number of days, so that the last is yesterday. */
    private static List<Purchase> cdnow() throws IOException {
        try (InputStream file = RfmResourceTest.class.getResourceAsStream("/cdnow/CDNOW_sample.txt")) {
            long moved = ChronoUnit.DAYS.between(LocalDate.of(1998, 6, 30), LocalDate.of(2026, 6, 14));
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(line -> line.strip().split("\\s+"))
                    .map(columns -> new Purchase(
                            columns[0],
                            LocalDate.parse(columns[2], DateTimeFormatter.BASIC_ISO_DATE)
                                    .plusDays(moved),
                            new BigDecimal(columns[4]).movePointRight(2).longValueExact()))
                    .toList();
        }
    }

    @Test
    void countsThePastAsItWas() {
        Instant then = TestClock.NOON.minus(200, ChronoUnit.DAYS);
        JsonPath before = report(then);
        UUID customer = facts.customer();
        facts.order(customer, then.minus(10, ChronoUnit.DAYS), 1000);
        facts.order(customer, then.plus(1, ChronoUnit.DAYS), 2000);

        JsonPath after = report(then);
        assertThat(customersOf(after, RfmCell.FIRST_PURCHASE) - customersOf(before, RfmCell.FIRST_PURCHASE))
                .isEqualTo(1);
        assertThat(after.getLong("orders") - before.getLong("orders")).isEqualTo(1);
        cellOf(customer, "PROMISING_LOST");
        TestTokens.as(Roles.ANALYST)
                .queryParam("asOf", TestClock.NOON.plusSeconds(1).toString())
                .get("/api/v1/rfm")
                .then()
                .statusCode(400);
    }

    private static JsonPath report(Instant asOf) {
        return TestTokens.as(Roles.ANALYST)
                .queryParam("asOf", asOf.toString())
                .get("/api/v1/rfm")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void statesApartWhoNeverBought() {
        JsonPath before = report();
        facts.customer();
        JsonPath after = report();
        assertThat(after.getLong("neverBought")).isEqualTo(before.getLong("neverBought") + 1);
        assertThat(after.getLong("customers")).isEqualTo(before.getLong("customers"));
    }

    @Test
    void showsElevenNamedCellsInBothLanguages() {
        TestTokens.as(Roles.ANALYST)
                .get("/api/v1/rfm")
                .then()
                .statusCode(200)
                .body("cells.size()", equalTo(11))
                .body("rows", equalTo(List.of("LOYAL", "PROMISING", "ONE_TIME")))
                .body("columns", equalTo(List.of("LOST", "AT_RISK", "ACTIVE", "FIRST", "TOP")))
                .body("cells.nameRu", hasItems("Отток из лояльных", "Новички", "Первая покупка", "VIP"))
                .body("cells.nameEn", hasItems("Churned from loyal", "Newcomers", "First purchase"));
    }

    @Test
    void followsNewThresholdsAtOnce() {
        replaceSettings(settings(30, 90, 180, 2, 4, "250.00")).statusCode(200);
        UUID customer = facts.customer();
        facts.order(customer, TestClock.NOON.minus(60, ChronoUnit.DAYS), 1000);
        cellOf(customer, "NEWCOMER");
        replaceSettings(settings(10, 20, 30, 2, 4, "250.00")).statusCode(200);
        cellOf(customer, "ONE_TIME_LOST");
    }

    private static void cellOf(UUID customer, String cell) {
        TestTokens.as(Roles.SALES)
                .get("/api/v1/customer-metrics/" + customer)
                .then()
                .statusCode(200)
                .body("cell", equalTo(cell));
    }

    @Test
    void refusesThresholdsOutOfOrder() {
        replaceSettings(settings(91, 90, 90, 4, 4, "-1"))
                .statusCode(400)
                .body(
                        "errors.pointer",
                        hasItems("/firstPurchaseDays", "/activeDays", "/promisingFromOrders", "/vipFromRevenue"));
        replaceSettings(settings(0, 90, 180, 2, 4, "1"))
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/firstPurchaseDays"));
        replaceSettings(settings(1, 90, 180, 2, 4, "1.001")).statusCode(400);
    }

    @Test
    void refusesAnEditOfWhatHasChangedMeanwhile() {
        String tag = TestTokens.as(Roles.MARKETER).get("/api/v1/rfm-settings").header("ETag");
        put(tag, settings(30, 90, 180, 2, 4, "250.00")).statusCode(200);
        put(tag, settings(30, 90, 180, 2, 5, "250.00"))
                .statusCode(412)
                .body("type", equalTo("/problems/stale-version"));
        TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .body(settings(30, 90, 180, 2, 4, "250.00"))
                .put("/api/v1/rfm-settings")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("If-Match"));
        put("W/\"x\"", settings(30, 90, 180, 2, 4, "250.00")).statusCode(400);
    }

    @Test
    void letsOnlyMarketersChangeThresholds() {
        TestTokens.as(Roles.ANALYST)
                .contentType("application/json")
                .header("If-Match", "\"1\"")
                .body(settings(30, 90, 180, 2, 4, "250.00"))
                .put("/api/v1/rfm-settings")
                .then()
                .statusCode(403);
        TestTokens.as(Roles.PARTNER).get("/api/v1/rfm").then().statusCode(403);
        TestTokens.anonymous().get("/api/v1/rfm").then().statusCode(401);
    }

    private static ValidatableResponse replaceSettings(String body) {
        return put(TestTokens.as(Roles.MARKETER).get("/api/v1/rfm-settings").header("ETag"), body);
    }

    private static ValidatableResponse put(String tag, String body) {
        return TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .header("If-Match", tag)
                .body(body)
                .put("/api/v1/rfm-settings")
                .then();
    }

    private static String settings(int first, int active, int atRisk, int promising, int loyal, String vip) {
        return """
                {"firstPurchaseDays": %d, "activeDays": %d, "atRiskDays": %d, "promisingFromOrders": %d,
                 "loyalFromOrders": %d, "vipFromRevenue": %s}
                """.formatted(first, active, atRisk, promising, loyal, vip);
    }

    private static JsonPath report() {
        return TestTokens.as(Roles.MARKETER)
                .get("/api/v1/rfm")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath(
                        JsonPathConfig.jsonPathConfig().numberReturnType(JsonPathConfig.NumberReturnType.BIG_DECIMAL));
    }

    private static long customersOf(JsonPath report, RfmCell cell) {
        return report.getLong("cells.find { it.cell == '" + cell + "' }.customers");
    }

    private static Money revenueOf(JsonPath report, RfmCell cell) {
        return Money.parse(report.getString("cells.find { it.cell == '" + cell + "' }.revenue"));
    }
}
