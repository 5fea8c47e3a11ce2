package io.snowball.segmentation.economics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import io.restassured.response.ValidatableResponse;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.snowball.segmentation.TestClock;
import io.snowball.segmentation.fact.FactFixtures;
import io.snowball.segmentation.fact.FakeCustomerService;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
@DisplayName("E1…E5, X1…X7, A7, B12, M10: the economics of the lectures")
class EconomicsResourceTest {
    private static final String BASE = """
            {"clients": 1000, "inflow": 800, "keptShare": 0.2, "churnShare": 0.1, "averageBill": 2500, "transactions": 3}""";
    private static final String IMPROVED = """
            {"clients": 1000, "inflow": 800, "keptShare": 0.4, "churnShare": 0.05, "averageBill": 3000, "transactions": 4}""";

    @Inject
    FactFixtures facts;

    @Inject
    TestClock clock;

    @BeforeEach
    void atNoon() {
        clock.set(TestClock.NOON);
    }

    @Test
    @DisplayName("X2, X3, X4, X7: both tables of the deck to the rouble, side by side")
    void reproducesBothTablesOfTheDeck() {
        JsonPath both = scenarios("""
                {"scenarios": [{"name": "Base", "inputs": %s}, {"name": "Improved", "inputs": %s}]}
                """.formatted(BASE, IMPROVED));

        table(
                both,
                0,
                List.of(1000, 1060, 1114, 1163, 1206, 1246, 1281, 1313, 1342, 1368, 1391, 1412),
                List.of(100, 106, 111, 116, 121, 125, 128, 131, 134, 137, 139, 141),
                List.of(1060, 1114, 1163, 1206, 1246, 1281, 1313, 1342, 1368, 1391, 1412, 1431),
                List.of(
                        13_500_000L,
                        13_950_000L,
                        14_355_000L,
                        14_719_500L,
                        15_047_550L,
                        15_342_795L,
                        15_608_516L,
                        15_847_664L,
                        16_062_898L,
                        16_256_608L,
                        16_430_947L,
                        16_587_852L));
        total(both, 0, 9_600, 1_920, 1_489, 1_431, 183_709_329L);

        table(
                both,
                1,
                List.of(1000, 1270, 1527, 1770, 2002, 2222, 2431, 2629, 2818, 2997, 3167, 3328),
                List.of(50, 64, 76, 89, 100, 111, 122, 131, 141, 150, 158, 166),
                List.of(1270, 1527, 1770, 2002, 2222, 2431, 2629, 2818, 2997, 3167, 3328, 3482),
                List.of(
                        21_600_000L,
                        24_840_000L,
                        27_918_000L,
                        30_842_100L,
                        33_619_995L,
                        36_258_995L,
                        38_766_045L,
                        41_147_743L,
                        43_410_356L,
                        45_559_838L,
                        47_601_846L,
                        49_541_754L));
        total(both, 1, 9_600, 3_840, 1_358, 3_482, 441_106_674L);

        assertThat(both.<Object>get("scenarios[0].effect")).isNull();
        JsonPath effect = both.setRootPath("scenarios[1].effect");
        assertThat(decimal(effect, "keptSharePoints")).isEqualByComparingTo("20");
        assertThat(decimal(effect, "churnSharePoints")).isEqualByComparingTo("-5");
        assertThat(decimal(effect, "averageBillDifference")).isEqualByComparingTo("500");
        assertThat(decimal(effect, "transactionsDifference")).isEqualByComparingTo("1");
        assertThat(decimal(effect, "revenueRatio")).isEqualByComparingTo("2.4011");
        assertThat(decimal(effect, "revenueGrowthPercent")).isEqualByComparingTo("140.11");
        assertThat(decimal(effect, "revenueDifference").setScale(0, RoundingMode.HALF_UP))
                .as("X2: the deck's 257,397,344 is exact; 257,397,345 comes of subtracting the rounded totals")
                .isEqualByComparingTo("257397344");
    }

    private static void table(
            JsonPath both,
            int scenario,
            List<Integer> start,
            List<Integer> churned,
            List<Integer> end,
            List<Long> revenue) {
        String months = "scenarios[" + scenario + "].months.";
        assertThat(both.getList(months + "start", Integer.class)).isEqualTo(start);
        assertThat(both.getList(months + "churned", Integer.class)).isEqualTo(churned);
        assertThat(both.getList(months + "end", Integer.class)).isEqualTo(end);
        assertThat(both.getList(months + "revenue", String.class).stream()
                        .map(EconomicsResourceTest::roubles)
                        .toList())
                .isEqualTo(revenue);
    }

    private static void total(JsonPath both, int scenario, int inflow, int kept, int churned, int end, long revenue) {
        String total = "scenarios[" + scenario + "].total.";
        assertThat(both.getInt(total + "start")).isEqualTo(1000);
        assertThat(both.getInt(total + "inflow")).isEqualTo(inflow);
        assertThat(both.getInt(total + "kept")).isEqualTo(kept);
        assertThat(both.getInt(total + "churned")).isEqualTo(churned);
        assertThat(both.getInt(total + "end")).isEqualTo(end);
        assertThat(roubles(both.getString(total + "revenue"))).isEqualTo(revenue);
    }

    private static long roubles(String amount) {
        return new BigDecimal(amount).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    private static BigDecimal decimal(JsonPath json, String path) {
        return new BigDecimal(json.getString(path));
    }

    @Test
    @DisplayName("X4: the thirteenth column is refused")
    void refusesAThirteenthMonth() {
        post("scenarios", """
                {"months": 13, "scenarios": [{"name": "Base", "inputs": %s}]}""".formatted(BASE)).statusCode(400).body("errors[0].pointer", equalTo("/months"));
    }

    @Test
    @DisplayName("E1…E5, X1: 20,736 with all four factors, 17,280 as the text has it, buyers not rounded")
    void showsBothDoublings() {
        JsonPath doubling = post("doubling", """
                {"inflow": 100, "conversion": 0.1, "averageBill": 100, "transactions": 10, "growth": 0.2}""").statusCode(200).extract().jsonPath(exact());
        assertThat(decimal(doubling, "before.buyers")).isEqualByComparingTo("10");
        assertThat(decimal(doubling, "before.revenue")).isEqualByComparingTo("10000");
        assertThat(decimal(doubling, "after.buyers")).isEqualByComparingTo("14.4");
        assertThat(decimal(doubling, "after.conversion")).isEqualByComparingTo("0.12");
        assertThat(decimal(doubling, "after.revenue")).isEqualByComparingTo("20736");
        assertThat(decimal(doubling, "afterWithOldConversion.buyers")).isEqualByComparingTo("12");
        assertThat(decimal(doubling, "afterWithOldConversion.revenue")).isEqualByComparingTo("17280");
    }

    @Test
    @DisplayName("A7, B12: who gets which discount, its effect on turnover, response and loss")
    void weighsALoyaltyProgramme() {
        // By hand: 100 customers x 4 x 1,000 = 400,000. 30 % respond with half as much again: 460,000. 10 % off: 46,000
        // given away,
        // 40,000 of it on purchases that came anyway. Margin of 40 %: 60,000 x 0.4 - 46,000 = -22,000.
        JsonPath loyalty = post("loyalty", """
                {"marginShare": 0.4, "fixedCost": 1000, "levels": [
                  {"name": "All", "customers": 100, "purchases": 4, "averageBill": 1000, "discountShare": 0.1,
                   "responseShare": 0.3, "extraPurchasesShare": 0.5}]}""").statusCode(200).extract().jsonPath(exact());
        assertThat(decimal(loyalty, "revenueBefore")).isEqualByComparingTo("400000");
        assertThat(decimal(loyalty, "revenueAfter")).isEqualByComparingTo("414000");
        assertThat(decimal(loyalty, "turnoverGrowthPercent")).isEqualByComparingTo("3.5");
        assertThat(decimal(loyalty, "discounts")).isEqualByComparingTo("46000");
        assertThat(decimal(loyalty, "discountsLost")).isEqualByComparingTo("40000");
        assertThat(decimal(loyalty, "levels[0].marginEffect")).isEqualByComparingTo("-22000");
        assertThat(decimal(loyalty, "levels[0].breakEvenGrowth")).isEqualByComparingTo("0.333333");
        assertThat(decimal(loyalty, "profit")).isEqualByComparingTo("-23000");
    }

    @Test
    void takesItsInputsFromTheLiveBase() {
        // A year in which no other test has orders; clients are those of 90 days.
        clock.set(Instant.parse("2000-01-10T00:00:00Z"));
        UUID loyal = facts.customer();
        for (int month = 1; month <= 12; month++) {
            facts.order(loyal, Instant.parse("1999-%02d-05T10:00:00Z".formatted(month)), 100_00);
        }
        UUID kept = facts.customer();
        facts.order(kept, Instant.parse("1999-03-10T10:00:00Z"), 300_00);
        facts.order(kept, Instant.parse("1999-04-10T10:00:00Z"), 300_00);
        UUID once = facts.customer();
        facts.order(once, Instant.parse("1999-06-10T10:00:00Z"), 600_00);
        UUID late = facts.customer();
        facts.order(late, Instant.parse("1999-12-20T10:00:00Z"), 600_00);

        JsonPath live = TestTokens.as(Roles.ANALYST)
                .get("/api/v1/economics/live-inputs")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath(exact());
        assertThat(live.getString("from")).isEqualTo("1999-01-01T00:00:00Z");
        assertThat(live.getString("to")).isEqualTo("2000-01-01T00:00:00Z");
        assertThat(live.getInt("inputs.clients")).isEqualTo(2);
        assertThat(decimal(live, "inputs.inflow")).isEqualByComparingTo("0.3333");
        // Of loyal, kept and once, the first two ordered again in time; late is too young to say.
        assertThat(live.getLong("population.newClients")).isEqualTo(3);
        assertThat(live.getLong("population.kept")).isEqualTo(2);
        // At the start of a month clients: loyal Feb to Dec (11), kept Apr to Jul (4), once Jul to Sep (3). Lost: kept
        // and once.
        assertThat(live.getLong("population.clientMonths")).isEqualTo(18);
        assertThat(live.getLong("population.lost")).isEqualTo(2);
        assertThat(decimal(live, "inputs.churnShare")).isEqualByComparingTo("0.111111");
        assertThat(live.getLong("population.orders")).isEqualTo(16);
        assertThat(decimal(live, "inputs.averageBill")).isEqualByComparingTo("187.50");
        assertThat(decimal(live, "inputs.transactions")).isEqualByComparingTo("0.727273");

        JsonPath scenarios = scenarios("""
                {"scenarios": [{"name": "As it is"}, {"name": "Improved", "inputs": %s}]}""".formatted(IMPROVED));
        assertThat(scenarios.getInt("scenarios[0].inputs.clients")).isEqualTo(2);
        assertThat(decimal(scenarios, "scenarios[1].effect.revenueRatio")).isGreaterThan(BigDecimal.ONE);
    }

    @Test
    void refusesWhatCanNotBeCounted() {
        scenario("\"clients\": -1", "/scenarios/0/inputs/clients");
        scenario("\"clients\": 1e-999999999", "/scenarios/0/inputs/clients");
        scenario("\"clients\": 1e999999999", "/scenarios/0/inputs/clients");
        scenario("\"keptShare\": 1.5", "/scenarios/0/inputs/keptShare");
        scenario("\"averageBill\": -5", "/scenarios");
        scenario("\"averageBill\": 9999999999999", "/");
        post("scenarios", "{\"scenarios\": []}").statusCode(400);
        post("scenarios", "{\"scenarios\": [null]}").statusCode(400);
        post("loyalty", "{\"marginShare\": 1, \"fixedCost\": 0, \"levels\": []}")
                .statusCode(400);
        TestTokens.as(Roles.PARTNER).get("/api/v1/economics/live-inputs").then().statusCode(403);
    }

    private static void scenario(String wrong, String pointer) {
        String name = wrong.substring(0, wrong.indexOf(':'));
        String inputs =
                BASE.replaceFirst(name + ": [0-9.]+", wrong).replace("\"inflow\": 800", "\"inflow\": 800000000");
        post("scenarios", "{\"scenarios\": [{\"name\": \"Wrong\", \"inputs\": " + inputs + "}]}")
                .statusCode(400)
                .body("errors.pointer", hasItem(pointer))
                .body("detail.length()", greaterThan(10));
    }

    private static JsonPath scenarios(String body) {
        return post("scenarios", body).statusCode(200).extract().jsonPath(exact());
    }

    private static ValidatableResponse post(String model, String body) {
        return TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .body(body)
                .post("/api/v1/economics/" + model)
                .then();
    }

    private static JsonPathConfig exact() {
        return JsonPathConfig.jsonPathConfig().numberReturnType(JsonPathConfig.NumberReturnType.BIG_DECIMAL);
    }
}
