package io.snowball.segmentation.economics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import io.restassured.response.ValidatableResponse;
import io.snowball.platform.money.Money;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.snowball.segmentation.TestClock;
import io.snowball.segmentation.fact.FakeCustomerService;
import io.snowball.segmentation.retail.OnlineRetail;
import io.snowball.segmentation.retail.RetailBook;
import io.snowball.segmentation.retail.RetailBook.Buyer;
import io.snowball.segmentation.retail.RetailBook.Invoice;
import io.snowball.segmentation.rfm.RfmCell;
import io.snowball.segmentation.rfm.RfmSettings;
import io.snowball.segmentation.rfm.RfmTwin;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The day after Online Retail ends; its year is all but the first nine days. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
@DisplayName("E1…E5, A7, B12, G3: the models fed from Online Retail by one click")
class LiveEconomicsTest {
    private static final Instant NOW = Instant.parse("2011-12-10T00:00:00Z");
    private static final Instant YEAR_AGO = Instant.parse("2010-12-10T00:00:00Z");

    @Inject
    OnlineRetail retail;

    @Inject
    TestClock clock;

    @BeforeEach
    void theShopHasJustClosed() {
        clock.set(NOW);
        retail.load();
    }

    private static List<Invoice> ofYear(Buyer buyer) {
        return buyer.invoices().stream().filter(i -> i.at().isAfter(YEAR_AGO)).toList();
    }

    @Test
    @DisplayName("A7, B12: levels of the loyalty programme from the base, straight into the model")
    void feedsTheLoyaltyModel() {
        String inputs = get("live-loyalty-inputs?discountShare=0.1&responseShare=0.2&extraPurchasesShare=0.5")
                .statusCode(200)
                .extract()
                .asString();
        JsonPath levels = new JsonPath(inputs).using(exact());
        long revenue = level(levels, "New", n -> n == 1)
                + level(levels, "Repeat", n -> n == 2 || n == 3)
                + level(levels, "Loyal", n -> n > 3);
        JsonPath model = post("loyalty", inputs).statusCode(200).extract().jsonPath(exact());
        assertThat(decimal(model, "revenueBefore").doubleValue())
                .as("bills are rounded to pence and frequencies to a millionth")
                .isCloseTo(revenue / 100.0, within(revenue / 100.0 * 1e-4));
        // 10 % off for everybody, a fifth buys half as much again: 1.1 x 0.9 of the revenue.
        assertThat(decimal(model, "turnoverGrowthPercent")).isEqualByComparingTo("-1");
    }

    private static long level(JsonPath levels, String name, Predicate<Integer> orders) {
        List<List<Invoice>> buyers = RetailBook.buyers().stream()
                .filter(b -> orders.test(b.invoices().size()))
                .map(LiveEconomicsTest::ofYear)
                .filter(invoices -> !invoices.isEmpty())
                .toList();
        long count = buyers.stream().mapToLong(List::size).sum();
        long pence = buyers.stream().mapToLong(RetailBook::pence).sum();
        String level = "levels.find { it.name == '" + name + "' }.";
        assertThat(levels.getLong(level + "customers")).as(name).isEqualTo(buyers.size());
        assertThat(decimal(levels, level + "purchases").doubleValue())
                .isCloseTo((double) count / buyers.size(), within(1e-6));
        assertThat(decimal(levels, level + "averageBill").doubleValue())
                .isCloseTo(pence / 100.0 / count, within(0.0051));
        return pence;
    }

    @Test
    @DisplayName("E1…E5: the doubling model from the base begins at the revenue of a month")
    void feedsTheDoublingModel() {
        String inputs = get("live-doubling-inputs").statusCode(200).extract().asString();
        long pence = RetailBook.buyers().stream()
                .mapToLong(b -> RetailBook.pence(ofYear(b)))
                .sum();
        JsonPath doubling = post("doubling", inputs).statusCode(200).extract().jsonPath(exact());
        double month = pence / 100.0 / 12;
        assertThat(decimal(doubling, "before.revenue").doubleValue()).isCloseTo(month, within(month * 1e-4));
        assertThat(decimal(doubling, "after.revenue").doubleValue()).isCloseTo(month * 2.0736, within(month * 3e-4));
    }

    @Test
    @DisplayName("The growth model's inputs: eleven whole months and December 2010")
    void measuresTheGrowthModelsInputs() {
        JsonPath live = get("live-inputs?months=12&activeDays=90")
                .statusCode(200)
                .extract()
                .jsonPath(exact());
        long clientMonths = 0;
        long lost = 0;
        for (LocalDate month = LocalDate.parse("2010-12-01");
                month.isBefore(LocalDate.parse("2011-12-01"));
                month = month.plusMonths(1)) {
            for (Buyer buyer : RetailBook.buyers()) {
                boolean client = client(buyer, month);
                clientMonths += client ? 1 : 0;
                lost += client && !client(buyer, month.plusMonths(1)) ? 1 : 0;
            }
        }
        assertThat(live.getLong("population.clientMonths")).isEqualTo(clientMonths);
        assertThat(live.getLong("population.lost")).isEqualTo(lost);
        List<Buyer> fresh = RetailBook.buyers().stream()
                .filter(b -> b.first().before("2011-09-11"))
                .toList();
        assertThat(live.getLong("population.newClients")).isEqualTo(fresh.size());
        assertThat(live.getLong("population.kept"))
                .isEqualTo(fresh.stream()
                        .filter(b ->
                                b.invoices().stream().anyMatch(i -> b.first().within(i, 90)))
                        .count());
        assertThat(live.getLong("inputs.clients"))
                .isEqualTo(RetailBook.buyers().stream()
                        .filter(b -> client(b, LocalDate.parse("2011-12-01")))
                        .count());
        List<Invoice> invoices = RetailBook.invoices("2010-12-01", "2011-11-30");
        assertThat(live.getLong("population.orders")).isEqualTo(invoices.size());
        assertThat(decimal(live, "population.revenue"))
                .isEqualByComparingTo(BigDecimal.valueOf(RetailBook.pence(invoices), 2));
        double came = RetailBook.buyers().stream()
                .filter(b -> b.first().before("2011-12-01"))
                .count();
        figure(live, "inflow", came / 12, 5.1e-5);
        figure(live, "keptShare", live.getDouble("population.kept") / fresh.size(), 5.1e-7);
        figure(live, "churnShare", (double) lost / clientMonths, 5.1e-7);
        figure(live, "averageBill", RetailBook.pence(invoices) / 100.0 / invoices.size(), 0.0051);
        figure(live, "transactions", invoices.size() / (clientMonths + came), 5.1e-7);
    }

    private static void figure(JsonPath live, String input, double expected, double within) {
        assertThat(decimal(live, "inputs." + input).doubleValue()).as(input).isCloseTo(expected, within(within));
    }

    @Test
    @DisplayName("E6, E7: the quoted figures beside those of Online Retail")
    void e07ThePricesOfNewAndOldOnOnlineRetail() {
        JsonPath live = get("live-inputs?months=12&activeDays=90").extract().jsonPath();
        JsonPath report = get("benchmarks").statusCode(200).extract().jsonPath();
        double kept = live.getDouble("inputs.keptShare");
        double churn = live.getDouble("inputs.churnShare");
        double before = clientMonths(live, kept, churn);
        double after = clientMonths(live, Math.min(1, kept + 0.05), Math.max(0, churn - 0.05));
        assertThat(report.getDouble("benchmarks.find { it.name == 'RETENTION_TO_PROFIT' }.own"))
                .isCloseTo(100 * (after / before - 1), within(0.006));
        // Existing: who had ordered before the last 90 days; of other tests' people nobody orders in them.
        List<Buyer> old = RetailBook.buyers().stream()
                .filter(b -> b.first().before("2011-09-11"))
                .toList();
        long again = old.stream()
                .filter(b -> !b.in("2011-09-11", "2011-12-09").isEmpty())
                .count();
        List<List<OnlineRetail.Order>> strangers = retail.strangers("2011-09-10");
        long bought = strangers.stream().filter(orders -> !orders.isEmpty()).count();
        String counted = "benchmarks.find { it.name == 'EXISTING_TO_NEW_CONVERSION' }.counted";
        assertThat(report.getLong(counted + "[0].of")).isEqualTo(old.size() + bought);
        assertThat(report.getLong(counted + "[0].count")).isEqualTo(again);
        assertThat(report.getLong(counted + "[1].of")).isEqualTo(strangers.size() - bought);
        assertThat(report.getLong(counted + "[1].count")).isZero();
    }

    /** Clients summed over twelve months: bill and transactions cancel out. */
    private static double clientMonths(JsonPath live, double kept, double churn) {
        double sum = 0;
        double clients = live.getDouble("inputs.clients");
        double inflow = live.getDouble("inputs.inflow");
        for (int month = 0; month < 12; month++) {
            sum += clients + inflow;
            clients += inflow * kept - clients * churn;
        }
        return sum;
    }

    private static boolean client(Buyer buyer, LocalDate month) {
        return !buyer.in(month.minusDays(90).toString(), month.minusDays(1).toString())
                .isEmpty();
    }

    @Test
    @DisplayName("G3: a discount for all against one where a purchase is in doubt")
    void saysWhatADiscountToAllGivesAway() {
        JsonPath offers = get("differentiated-offers?discountShare=0.1")
                .statusCode(200)
                .extract()
                .jsonPath(exact());
        long pence = RetailBook.buyers().stream()
                .mapToLong(b -> RetailBook.pence(ofYear(b)))
                .sum();
        assertThat(decimal(offers, "costOfDiscountToAll").doubleValue())
                .as("each of eleven cells rounds once")
                .isCloseTo(pence / 1000.0, within(0.06));
        // Loyal and VIP: four orders or more, the last in the 90 days before; they get no discount.
        long loyal = RetailBook.buyers().stream()
                .filter(b -> b.invoices().size() > 3)
                .filter(b -> !b.invoices().getLast().before("2011-09-10"))
                .mapToLong(b -> RetailBook.pence(ofYear(b)))
                .sum();
        RfmSettings grid = grid();
        for (RfmCell cell : RfmCell.values()) {
            long revenue = RetailBook.buyers().stream()
                    .filter(b -> RfmTwin.cellOf(
                                    grid,
                                    NOW,
                                    b.invoices().size(),
                                    RetailBook.pence(b.invoices()),
                                    b.first().at(),
                                    b.invoices().getLast().at())
                            == cell)
                    .mapToLong(b -> RetailBook.pence(ofYear(b)))
                    .sum();
            assertThat(decimal(offers, "offers.find { it.cell == '" + cell + "' }.revenue")
                            .doubleValue())
                    .as("%s", cell)
                    .isCloseTo(revenue / 100.0, within(0.001));
        }
        double shown = decimal(offers, "offers.find { it.cell == 'LOYAL' }.revenue")
                        .doubleValue()
                + decimal(offers, "offers.find { it.cell == 'VIP' }.revenue").doubleValue();
        assertThat(shown).isCloseTo(loyal / 100.0, within(0.001));
        assertThat(offers.getString("offers.find { it.cell == 'LOYAL' }.action"))
                .isEqualTo("REFERRAL");
        assertThat(offers.getString("offers.find { it.cell == 'LOYAL_LOST' }.action"))
                .isEqualTo("RETURN");
        assertThat(decimal(offers, "saved"))
                .isEqualByComparingTo(
                        decimal(offers, "costOfDiscountToAll").subtract(decimal(offers, "costOfDifferentiatedOffer")));
        assertThat(decimal(offers, "saved").doubleValue()).isGreaterThan(loyal / 1000.0 - 0.03);
    }

    private static RfmSettings grid() {
        JsonPath read = TestTokens.as(Roles.ANALYST)
                .get("/api/v1/rfm-settings")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        return new RfmSettings(
                read.getInt("firstPurchaseDays"),
                read.getInt("activeDays"),
                read.getInt("atRiskDays"),
                read.getInt("promisingFromOrders"),
                read.getInt("loyalFromOrders"),
                Money.of(new BigDecimal(read.getString("vipFromRevenue"))));
    }

    @Test
    void refusesSharesThatAreNone() {
        get("differentiated-offers?discountShare=10")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/discountShare"));
        get("live-loyalty-inputs?marginShare=-1").statusCode(400);
        get("live-doubling-inputs?growth=11").statusCode(400);
    }

    private static BigDecimal decimal(JsonPath json, String path) {
        return new BigDecimal(json.getString(path));
    }

    private static ValidatableResponse get(String question) {
        return TestTokens.as(Roles.ANALYST).get("/api/v1/economics/" + question).then();
    }

    private static ValidatableResponse post(String model, String body) {
        return TestTokens.as(Roles.ANALYST)
                .contentType("application/json")
                .body(body)
                .post("/api/v1/economics/" + model)
                .then();
    }

    private static JsonPathConfig exact() {
        return JsonPathConfig.jsonPathConfig().numberReturnType(JsonPathConfig.NumberReturnType.BIG_DECIMAL);
    }
}
