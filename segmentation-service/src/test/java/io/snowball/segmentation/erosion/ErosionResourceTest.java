package io.snowball.segmentation.erosion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.snowball.segmentation.TestClock;
import io.snowball.segmentation.erosion.ErosionSql.Arm;
import io.snowball.segmentation.fact.FactFixtures;
import io.snowball.segmentation.fact.FakeCustomerService;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
@DisplayName("M14: rest groups, erosion and the price of one more message")
class ErosionResourceTest {
    private static final String SETTINGS = """
            {"share": 0.3, "restDays": 28, "cycleDays": 56, "responseDays": 7}""";
    /** Long before the other tests' facts; only what is sent in these cycles is looked at. */
    private static final Instant STARTED = Instant.parse("2019-01-01T00:00:00Z");

    private static final double FALL = 0.02;

    /** What each contact of the cycle before still takes: more than twice as much, so that who counted it would be far off. */
    private static final double LEFT = 0.05;

    @Inject
    FactFixtures facts;

    @Inject
    ErosionSql sql;

    @Inject
    Pool pool;

    @Inject
    TestClock clock;

    @BeforeEach
    void atNoon() {
        clock.set(TestClock.NOON);
    }

    /** Two cycles of 1,500 customers; the whole of it in one test, for the experiment begins only once. */
    @Test
    @DisplayName("M14: what is left of earlier cycles is not taken for the effect of this one")
    void measuresWhatOneMoreMessageCosts() {
        TestTokens.as(Roles.ANALYST).get("/api/v1/rest-group").then().statusCode(404);
        report().body("missing", hasItem(containsString("startRestGroup"))).body("rows.size()", equalTo(0));

        clock.set(STARTED);
        String salt = start(SETTINGS).statusCode(200).extract().path("salt");
        start(SETTINGS).statusCode(200).body("salt", equalTo(salt));
        start(SETTINGS.replace("0.3", "0.2"))
                .statusCode(409)
                .body("type", equalTo("/problems/rest-group-kept"))
                .body("detail", containsString("for ever"));
        RestGroup group = new RestGroup(salt, 0.3, 28, 56, 7, STARTED, true);
        tick();
        report().body("missing", hasItem(containsString("No cycle is over yet")));

        List<UUID> customers = customersWrittenTo(group);
        clock.set(STARTED.plus(Duration.ofDays(2 * 56 + 8)));
        tick();

        JsonPath report = report().extract().jsonPath();
        assertThat(report.getList("missing")).isEmpty();
        assertThat(report.getString("rows[0].unanswered")).isNull();
        assertThat(report.getLong("rows[0].usual.probes") + report.getLong("rows[0].resting.probes"))
                .isEqualTo(2L * customers.size());
        assertThat(report.getLong("rows[0].resting.customers"))
                .isEqualTo(customers.stream()
                        .filter(id -> group.contains(id, 0) || group.contains(id, 1))
                        .count());
        assertThat(report.getDouble("rows[0].usual.contacts")).isEqualTo(4);
        assertThat(report.getDouble("rows[0].resting.contacts")).isEqualTo(0);
        // Within twice the interval: the salt is another in each run, and one in twenty intervals misses.
        assertThat(report.getDouble("rows[0].fallPerContact.value"))
                .isCloseTo(
                        FALL,
                        within(report.getDouble("rows[0].fallPerContact.to")
                                - report.getDouble("rows[0].fallPerContact.from")));
        assertThat(report.getDouble("worthOfResponse")).isEqualTo(1000);
        // fall x 4 messages within 28 days x 1000 roubles.
        assertThat(report.getDouble("pricePerContact.value"))
                .isCloseTo(report.getDouble("rows[0].fallPerContact.value") * 4 * 1000, within(0.05));

        ofPeriods(group, customers, report);
        prices(group, customers);
        agreesWithTheDatabase(group, customers);
    }

    /** M14 as the other metrics: of a period, here of a cycle, with the one before. */
    private static void ofPeriods(RestGroup group, List<UUID> customers, JsonPath all) {
        JsonPath second = get("reports/erosion?from=2019-02-26&to=2019-04-22");
        assertThat(second.getString("about.comparedFrom")).isEqualTo("2019-01-01");
        assertThat(second.getString("about.formula")).contains("fall");
        assertThat(second.getString("about.population")).contains("First messages");
        for (String figure : List.of("usual.probes", "usual.responses", "resting.probes", "resting.responses")) {
            assertThat(second.getLong("now.rows[0]." + figure) + second.getLong("before.rows[0]." + figure))
                    .as(figure)
                    .isEqualTo(all.getLong("rows[0]." + figure));
        }
        assertThat(second.getLong("now.rows[0].resting.customers"))
                .isEqualTo(
                        customers.stream().filter(id -> group.contains(id, 1)).count());
        assertThat(second.getLong("before.rows[0].resting.customers"))
                .isEqualTo(
                        customers.stream().filter(id -> group.contains(id, 0)).count());
        assertThat(second.getDouble("now.worthOfResponse")).isEqualTo(1000);
        // A day less, and no cycle lies in it.
        JsonPath none = get("reports/erosion?compare=NONE&from=2019-02-27&to=2019-04-22");
        assertThat(none.getList("now.rows")).isEmpty();
        assertThat(none.getList("now.missing")).isNotEmpty();
        assertThat(none.<Object>get("before")).isNull();
        TestTokens.as(Roles.ANALYST)
                .get("/api/v1/reports/erosion.csv?from=2019-02-26&to=2019-04-22")
                .then()
                .statusCode(200)
                .body(containsString("\r\nALL," + second.getLong("now.rows[0].usual.probes") + ","));
    }

    private static JsonPath get(String path) {
        return TestTokens.as(Roles.ANALYST)
                .get("/api/v1/" + path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private void prices(RestGroup group, List<UUID> customers) {
        UUID stranger = Ids.next();
        JsonPath prices = TestTokens.as(Roles.SERVICE)
                .contentType("application/json")
                .body("{\"customerIds\": [\"%s\", \"%s\"]}".formatted(stranger, customers.getFirst()))
                .post("/api/v1/contact-prices")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(prices.getList("items.customerId", String.class))
                .containsExactly(stranger.toString(), customers.getFirst().toString());
        assertThat(prices.getDouble("items[0].price.value")).isPositive();
        // Day 120 is the ninth of the third cycle.
        assertThat(prices.getBoolean("items[1].rests")).isEqualTo(group.contains(customers.getFirst(), 2));

        String segment = TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .body("""
                        {"name": "erosion %s", "rule": {"type": "attribute", "attribute": "SOURCE", "in": ["eroded"]}}
                        """.formatted(stranger))
                .post("/api/v1/segments")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        JsonPath of = TestTokens.as(Roles.SERVICE)
                .get("/api/v1/contact-prices/" + segment)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(of.getLong("customers")).isEqualTo(customers.size());
        assertThat(of.getDouble("total.value"))
                .isCloseTo(of.getDouble("perCustomer.value") * customers.size(), within(0.01 * customers.size()));
        assertThat(of.getDouble("perCustomer.value"))
                .isStrictlyBetween(of.getDouble("perCustomer.from"), of.getDouble("perCustomer.to"));
        TestTokens.as(Roles.SERVICE)
                .get("/api/v1/contact-prices/" + stranger)
                .then()
                .statusCode(404);
        TestTokens.as(Roles.PARTNER)
                .get("/api/v1/contact-prices/" + segment)
                .then()
                .statusCode(403);
    }

    /** The hash in SQL draws whom the hash in Java draws: nobody of the resting arm had a contact during rest. */
    private void agreesWithTheDatabase(RestGroup group, List<UUID> customers) {
        List<Arm> arms = sql.sums(pool, "ANSWERED").await().indefinitely();
        assertThat(arms)
                .filteredOn(Arm::resting)
                .allSatisfy(arm -> assertThat(arm.sums().c()).isZero());
        assertThat(customers.stream().filter(id -> group.contains(id, 0)).count())
                .isBetween(380L, 520L);
        assertThat(customers.stream()
                        .filter(id -> group.contains(id, 0) && group.contains(id, 1))
                        .count())
                .as("a cycle is drawn without regard to the one before: 0.3 x 0.3 of 1,500")
                .isBetween(90L, 180L);
    }

    /**
     * Four messages a rest half to who does not rest, and one after it to everybody; each contact takes two points, and five in the cycle
     * after.
     */
    private List<UUID> customersWrittenTo(RestGroup group) {
        SplittableRandom random = new SplittableRandom(11);
        List<UUID> customers = new ArrayList<>();
        List<FeedEvent> events = new ArrayList<>();
        List<FeedEvent> messages = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            UUID id = Ids.next();
            customers.add(id);
            events.add(FactFixtures.customer(id, STARTED.minus(Duration.ofDays(9)), "eroded"));
            int before = 0;
            for (int cycle = 0; cycle < 2; cycle++) {
                int contacts = group.contains(id, cycle) ? 0 : 4;
                Instant begins = STARTED.plus(Duration.ofDays(56L * cycle));
                for (int m = 0; m < contacts; m++) {
                    messages.add(message(id, "SENT", begins.plus(Duration.ofDays(5L * m + 1))));
                }
                Instant probe = begins.plus(Duration.ofDays(30));
                messages.add(message(id, random.nextInt(3) == 0 ? "OPENED" : "SENT", probe));
                // The second one after the rest is nobody's probe.
                messages.add(message(id, "SENT", begins.plus(Duration.ofDays(45))));
                if (random.nextDouble() < 0.35 - FALL * contacts - LEFT * before) {
                    events.add(order(id, probe.plus(Duration.ofDays(2))));
                }
                // Eight days after it: too late to be a response.
                events.add(order(id, probe.plus(Duration.ofDays(8))));
                before = contacts;
            }
        }
        facts.apply(events);
        for (int from = 0; from < messages.size(); from += 1000) {
            facts.applyMessages(messages.subList(from, Math.min(from + 1000, messages.size()))
                    .toArray(FeedEvent[]::new));
        }
        return customers;
    }

    private static FeedEvent message(UUID customer, String state, Instant at) {
        return FactFixtures.message(Ids.next(), customer, "EMAIL", state, at);
    }

    private static FeedEvent order(UUID customer, Instant at) {
        return FactFixtures.order(Ids.next(), customer, at, "PAID", 1000_00, 1);
    }

    private void tick() {
        new ErosionJob(pool, sql, clock).tick().await().indefinitely();
    }

    @Test
    void weighsAMailingAsTheDeckDoes() {
        TestTokens.as(Roles.ANALYST)
                .get("/api/v1/erosion/balance?audience=20000&response=0.005&fall=0.01&worth=5000")
                .then()
                .statusCode(200)
                .body("responses", equalTo(100.00f))
                .body("today", equalTo(500000.00f))
                .body("lostResponses", equalTo(200.00f))
                .body("foregone", equalTo(1000000.00f))
                .body("balance", equalTo(-500000.00f));
        TestTokens.as(Roles.ANALYST)
                .get("/api/v1/erosion/balance?audience=20000&response=1.5&fall=0.01&worth=5000")
                .then()
                .statusCode(400);
    }

    @Test
    void refusesWhatIsNoExperiment() {
        start("{\"share\": 0.9, \"restDays\": 28, \"cycleDays\": 56, \"responseDays\": 7}")
                .statusCode(400);
        start("{\"share\": 0.1, \"restDays\": 56, \"cycleDays\": 56, \"responseDays\": 7}")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/cycleDays"));
        TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .body(SETTINGS)
                .put("/api/v1/rest-group")
                .then()
                .statusCode(403);
        TestTokens.as(Roles.SERVICE)
                .contentType("application/json")
                .body("{\"customerIds\": []}")
                .post("/api/v1/contact-prices")
                .then()
                .statusCode(400);
    }

    private static ValidatableResponse start(String body) {
        return TestTokens.as(Roles.ADMIN)
                .contentType("application/json")
                .body(body)
                .put("/api/v1/rest-group")
                .then();
    }

    private static ValidatableResponse report() {
        return TestTokens.as(Roles.ANALYST).get("/api/v1/erosion").then().statusCode(200);
    }
}
