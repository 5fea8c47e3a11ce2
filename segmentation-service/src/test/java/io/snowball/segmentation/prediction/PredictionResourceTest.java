package io.snowball.segmentation.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
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
import io.snowball.segmentation.SegmentFeed;
import io.snowball.segmentation.TestClock;
import io.snowball.segmentation.fact.FactFixtures;
import io.snowball.segmentation.fact.FakeCustomerService;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
@DisplayName("B5, M11, M12, X10: predictions over the base")
class PredictionResourceTest {
    private static final Map<Integer, UUID> CDNOW = new HashMap<>();

    @Inject
    FactFixtures facts;

    @Inject
    PredictionWorker worker;

    @Inject
    TestClock clock;

    @Inject
    Pool pool;

    @BeforeEach
    void cdnowIsTheBaseOf1997() {
        clock.set(TestClock.NOON);
        if (CDNOW.isEmpty()) {
            List<FeedEvent> events = new ArrayList<>();
            Cdnow.lines().forEach(line -> {
                Instant at = line.on().atStartOfDay(ZoneOffset.UTC).toInstant();
                UUID customer = CDNOW.computeIfAbsent(line.customer(), _ -> {
                    UUID id = Ids.next();
                    events.add(FactFixtures.customer(id, at, "cdnow-1997"));
                    return id;
                });
                events.add(FactFixtures.order(Ids.next(), customer, at, "PAID", line.cents(), 1));
            });
            facts.apply(events);
        }
    }

    @Test
    void fitsTheBaseAsPublishedAndScoresEveryBuyer() {
        String id = create("""
                {"asOf": "1997-09-30", "model": "BG_NBD", "horizonWeeks": 39, "annualDiscountRate": 0}""");
        get(id).body("state", equalTo("QUEUED")).body("report", equalTo(null));
        worker.tick();

        JsonPath model = get(id).body("state", equalTo("READY")).extract().jsonPath();
        assertThat(model.getLong("customersScored")).isEqualTo(2357);
        assertThat(model.getInt("report.population.repeatBuyers")).isEqualTo(946);
        assertThat(model.getString("report.chosen")).isEqualTo("BG_NBD");
        assertThat(model.getDouble("report.fits[0].parameters.r")).isCloseTo(0.243, within(0.0005));
        assertThat(model.getDouble("report.fits[0].parameters.alpha")).isCloseTo(4.414, within(0.0005));
        assertThat(model.getDouble("report.fits[0].logLikelihood")).isCloseTo(-9582.4, within(0.05));
        assertThat(model.getDouble("report.fits[1].logLikelihood")).isCloseTo(-9595.0, within(0.05));
        assertThat(model.getDouble("report.spend.parameters.p")).isCloseTo(6.25, within(0.005));
        assertThat(model.getInt("report.spend.customers")).isEqualTo(946);
        assertThat(Math.abs(model.getDouble("report.spend.correlation"))).isLessThan(0.3);

        JsonPath first = prediction(1);
        assertThat(first.getDouble("probabilityAlive")).isCloseTo(0.7266, within(0.0005));
        assertThat(first.getDouble("churnProbability")).isCloseTo(1 - 0.7266, within(0.0005));
        assertThat(first.getDouble("expectedPurchases")).isCloseTo(1.2259, within(0.001));
        assertThat(first.getDouble("expectedSpend")).isCloseTo(24.66, within(0.05));
        assertThat(first.getDouble("forecast")).isCloseTo(1.2259 * 24.66, within(0.1));
        assertThat(first.getDouble("realised")).isCloseTo(29.33 + 29.73 + 14.96, within(0.001));
        assertThat(first.getDouble("potential")).isGreaterThanOrEqualTo(first.getDouble("realised"));
        // r .243, alpha 4.414, x 2, T 38.86: (4.414 + 38.86) (2^(1/2.243) - 1) = 15.67 weeks after 1997-09-30.
        assertThat(first.getString("expectedNextOrderOn")).isEqualTo("1998-01-18");

        JsonPath base = TestTokens.as(Roles.ANALYST)
                .get("/api/v1/predictions/base-value")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(base.getLong("customers")).isEqualTo(2357);
        assertThat(base.getDouble("integralPotential")).isGreaterThan(base.getDouble("realised"));
    }

    @Test
    @DisplayName(
            "M11, M12: what a model said of the base stays for comparison when the scores are those of another day")
    void m12TwoPeriodsAreCompared() {
        String september = create("{\"asOf\": \"1997-09-30\", \"model\": \"BG_NBD\", \"horizonWeeks\": 39}");
        get(september).body("baseValue", equalTo(null));
        worker.tick();
        get(september).body("state", equalTo("READY"));
        Map<String, Object> then = baseValue();
        String december = create("{\"asOf\": \"1997-12-31\", \"model\": \"BG_NBD\", \"horizonWeeks\": 39}");
        worker.tick();
        Map<String, Object> now = baseValue();
        assertThat(get(september).extract().jsonPath().getMap("baseValue")).isEqualTo(then);
        assertThat(get(december).extract().jsonPath().getMap("baseValue")).isEqualTo(now);
        assertThat(now.get("integralPotential")).isNotEqualTo(then.get("integralPotential"));
    }

    private static Map<String, Object> baseValue() {
        return TestTokens.as(Roles.ANALYST)
                .get("/api/v1/predictions/base-value")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("");
    }

    @Test
    @DisplayName("B5, G6, X10: rules over predictions and clusters are as of the last run, and follow the next")
    void b05RulesFollowEachRun() {
        create("{\"asOf\": \"1997-09-30\", \"model\": \"BG_NBD\", \"horizonWeeks\": 39}");
        worker.tick();
        String alive = segment("""
                {"type": "prediction", "prediction": "PROBABILITY_ALIVE_PERCENT", "op": "GREATER_OR_EQUAL", "value": 72}""");
        String churned = segment("""
                {"type": "prediction", "prediction": "CHURN_PERCENT", "op": "GREATER", "value": 28}""");
        String likeTheFirst = segment(
                "{\"type\": \"cluster\", \"recency\": [\"%1$s\"], \"frequency\": [\"%2$s\"], \"bill\": [\"%3$s\"]}"
                        .formatted(
                                prediction(1).getString("cluster.recency"),
                                prediction(1).getString("cluster.frequency"),
                                prediction(1).getString("cluster.bill")));
        Set<String> first = alive();
        assertThat(first).hasSizeBetween(100, 2300).contains(String.valueOf(CDNOW.get(1)));
        assertThat(members(alive)).isEqualTo(first);
        assertThat(members(churned)).hasSize(2357 - first.size()).doesNotContainAnyElementsOf(first);
        assertThat(members(likeTheFirst)).contains(String.valueOf(CDNOW.get(1))).hasSizeBetween(30, 2326);

        // An order changes nothing of what the run said; the next run does.
        SegmentFeed feed = new SegmentFeed();
        create("{\"asOf\": \"1998-06-30\", \"model\": \"BG_NBD\", \"horizonWeeks\": 39}");
        assertThat(members(alive)).isEqualTo(first);
        worker.tick();
        Set<String> second = alive();
        assertThat(second).isNotEqualTo(first);
        assertThat(members(alive)).isEqualTo(second);
        Set<String> left = new HashSet<>();
        Set<String> entered = new HashSet<>();
        feed.news(alive).forEach(news -> (news.getKey().equals("left") ? left : entered).addAll(news.getValue()));
        Set<String> gone = new HashSet<>(first);
        gone.removeAll(second);
        Set<String> come = new HashSet<>(second);
        come.removeAll(first);
        assertThat(left).isEqualTo(gone).isNotEmpty();
        assertThat(entered).isEqualTo(come);
    }

    @Test
    @DisplayName("B5: while a run scores, all that is shown is of the run before; then all of it is of the new one")
    void b05OldAndNewScoresAreNeverMixed() {
        String old = create("{\"asOf\": \"1997-09-30\", \"model\": \"BG_NBD\", \"horizonWeeks\": 39}");
        worker.tick();
        // What others would see in the middle: noted by each page of scores as it is written.
        execute("""
                create table seen_prediction (model_id uuid, customers bigint);
                create function see_predictions() returns trigger language plpgsql as $$
                begin
                  insert into seen_prediction select model_id, count(*) from customer_prediction group by 1;
                  return null;
                end $$;
                create trigger see_predictions after insert on prediction_score execute function see_predictions()""");
        try {
            String next = create("{\"asOf\": \"1998-06-30\", \"model\": \"BG_NBD\", \"horizonWeeks\": 39}");
            worker.tick();
            assertThat(seen("seen_prediction"))
                    .isNotEmpty()
                    .allSatisfy(seen -> assertThat(seen).isEqualTo(old + " 2357"));
            assertThat(seen("(select model_id, count(*) as customers from prediction_score group by 1) as kept"))
                    .as("and nothing is left of the old ones")
                    .containsExactly(next + " 2357");
            assertThat(prediction(1).getString("modelId")).isEqualTo(next);
        } finally {
            execute("drop table seen_prediction; drop function see_predictions cascade");
        }
    }

    private void execute(String sql) {
        pool.query(sql).execute().await().indefinitely();
    }

    private List<String> seen(String table) {
        List<String> seen = new ArrayList<>();
        pool.query("select model_id, customers from " + table)
                .execute()
                .await()
                .indefinitely()
                .forEach(row -> seen.add(row.getUUID("model_id") + " " + row.getLong("customers")));
        return seen;
    }

    private Set<String> alive() {
        Set<String> alive = new HashSet<>();
        for (Row row : pool.query("select customer_id, probability_alive from customer_prediction")
                .execute()
                .await()
                .indefinitely()) {
            if (row.getDouble("probability_alive") * 100 >= 72) {
                alive.add(row.getUUID("customer_id").toString());
            }
        }
        return alive;
    }

    private static String segment(String rule) {
        return TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .body("{\"name\": \"" + Ids.next() + "\", \"rule\": " + rule + "}")
                .post("/api/v1/segments")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Set<String> members(String segment) {
        return new HashSet<>(TestTokens.as(Roles.SERVICE)
                .get("/api/v1/segments/" + segment + "/members?limit=50000")
                .then()
                .statusCode(200)
                .extract()
                .<List<String>>path("items"));
    }

    @Test
    void judgesItselfOnTheHoldoutOfTheCompanysOwnData() {
        String id = create("""
                {"asOf": "1998-06-30", "horizonWeeks": 39, "annualDiscountRate": 0.15, "marginShare": 0.5}""");
        worker.tick();
        JsonPath model = get(id).body("state", equalTo("READY")).extract().jsonPath();
        LocalDate until = LocalDate.parse(model.getString("report.holdout.calibratedUntil"));
        assertThat(until).isEqualTo(LocalDate.of(1998, 6, 30).minusWeeks(38));
        double actual = Cdnow.customers().stream()
                .filter(customer -> !customer.days().firstKey().isAfter(until))
                .mapToLong(customer -> customer.purchasesAfter(until))
                .sum();
        assertThat(model.getDouble("report.holdout.total.actual")).isCloseTo(actual, within(1e-6));
        assertThat(model.getDouble("report.holdout.total.paretoNbd")).isCloseTo(actual, within(0.15 * actual));
        assertThat(model.getDouble("report.holdout.errors.paretoNbd"))
                .isLessThan(model.getDouble("report.holdout.errors.naive"));
        assertThat(model.getList("report.holdout.rows.repeats", Integer.class)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(model.getInt("report.holdout.rows.customers.sum()")).isEqualTo(2357);
        JsonPath first = prediction(1);
        assertThat(first.getDouble("forecast"))
                .isLessThan(0.5 * first.getDouble("expectedPurchases") * first.getDouble("expectedSpend"));
    }

    @Test
    void saysWhatIsMissingInsteadOfGuessing() {
        String id = create("{\"asOf\": \"1997-01-05\"}");
        worker.tick();
        get(id).body("state", equalTo("REFUSED"))
                .body("customersScored", equalTo(0))
                .body("report.refusals", hasItem("The orders cover less than 26 weeks."))
                .body("report.fits.size()", equalTo(0));
    }

    @Test
    void answersTheSameRequestWithTheSameModel() {
        String key = UUID.randomUUID().toString();
        String first = post(key, "{\"asOf\": \"1996-01-01\"}").extract().path("id");
        post(key, "{\"asOf\": \"1996-01-01\"}").statusCode(202).body("id", equalTo(first));
        worker.tick();
        TestTokens.as(Roles.ANALYST)
                .queryParam("limit", 200)
                .get("/api/v1/prediction-models")
                .then()
                .statusCode(200)
                .body("items.id", hasItem(first));
        get(first).body("state", equalTo("REFUSED"));
    }

    @Test
    void refusesWhatCanNotBeFitted() {
        post(null, "{\"asOf\": \"2026-06-15\"}").statusCode(400).body("errors[0].pointer", equalTo("/asOf"));
        post(null, "{\"horizonWeeks\": 3}").statusCode(400).body("errors[0].pointer", equalTo("/horizonWeeks"));
        post(null, "{\"annualDiscountRate\": -1}").statusCode(400);
        post(null, "{\"model\": \"NBD\"}").statusCode(400);
        TestTokens.as(Roles.ANALYST)
                .get("/api/v1/predictions/" + Ids.next())
                .then()
                .statusCode(404);
        TestTokens.as(Roles.ANALYST)
                .get("/api/v1/prediction-models/" + Ids.next())
                .then()
                .statusCode(404);
        TestTokens.as(Roles.PARTNER)
                .get("/api/v1/predictions/" + Ids.next())
                .then()
                .statusCode(403);
        TestTokens.as(Roles.SALES)
                .contentType("application/json")
                .body("{}")
                .post("/api/v1/prediction-models")
                .then()
                .statusCode(403);
    }

    private static String create(String body) {
        return post(null, body).statusCode(202).extract().path("id");
    }

    private static ValidatableResponse post(@Nullable String key, String body) {
        var request =
                TestTokens.as(Roles.ANALYST).contentType("application/json").body(body);
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return request.post("/api/v1/prediction-models").then();
    }

    private static ValidatableResponse get(String id) {
        return TestTokens.as(Roles.MARKETER)
                .get("/api/v1/prediction-models/" + id)
                .then()
                .statusCode(200);
    }

    private static JsonPath prediction(int customer) {
        return TestTokens.as(Roles.SALES)
                .get("/api/v1/predictions/" + Objects.requireNonNull(CDNOW.get(customer)))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
