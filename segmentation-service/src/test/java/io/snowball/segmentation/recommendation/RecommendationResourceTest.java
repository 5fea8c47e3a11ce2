package io.snowball.segmentation.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.snowball.segmentation.TestClock;
import io.snowball.segmentation.fact.FactFixtures;
import io.snowball.segmentation.fact.FakeCustomerService;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A shop small enough to count by hand; its products carry a prefix of the test, for others sell here too. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
@DisplayName("H6, G4: recommendations from past purchases")
class RecommendationResourceTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static int round;

    @Inject
    FactFixtures facts;

    @Inject
    RecommendationModelSql model;

    @Inject
    Pool pool;

    @Inject
    TestClock clock;

    private String shop = "";
    private Instant now = TestClock.NOON;

    @BeforeEach
    void aShopOfItsOwn() {
        shop = "r" + round++ + "-";
        // A day after the last computation at least.
        now = TestClock.NOON.plus(Duration.ofDays(10L * round));
        clock.set(now);
        settings("{\"quietDays\": 90, \"leadDays\": 7, \"windowDays\": 365, \"supportMin\": 2,"
                + " \"excludedCategories\": [\"" + shop + "gifts\"], \"excludedSkus\": []}");
    }

    @Test
    void boughtTogetherWithSupportConfidenceAndLift() {
        // Ten orders: pan 5, lid 4, both 3; pan and salt once; the rest are other orders.
        for (int i = 0; i < 3; i++) {
            order(customer(), 100, "pan", "lid");
        }
        order(customer(), 100, "pan", "salt");
        order(customer(), 100, "pan");
        order(customer(), 100, "lid");
        for (int i = 0; i < 4; i++) {
            order(customer(), 100, "soap");
        }
        compute();
        JsonPath pan = relations("pan");
        assertThat(pan.getList("boughtTogether.sku")).containsExactly(shop + "lid");
        assertThat(pan.getInt("boughtTogether[0].orders")).isEqualTo(3);
        assertThat(pan.getDouble("boughtTogether[0].confidence")).isEqualTo(0.6);
        double orders = ordersOfTheYear();
        assertThat(pan.getDouble("boughtTogether[0].lift"))
                .isEqualTo(Math.round(0.6 / (4 / orders) * 10_000) / 10_000.0);
        assertThat(relations("lid").getDouble("boughtTogether[0].confidence")).isEqualTo(0.75);

        UUID buyer = customer();
        order(buyer, 3, "pan");
        JsonPath offer = offer(buyer);
        assertThat(offer.getList("products.sku")).containsExactly(shop + "lid");
        assertThat(offer.getString("products[0].reason")).isEqualTo("BOUGHT_TOGETHER");
        assertThat(offer.getString("products[0].becauseOfSku")).isEqualTo(shop + "pan");
        assertThat(offer.getDouble("products[0].score")).isEqualTo(0.6);

        // Bought a minute ago: not offered any more, although nothing was computed since.
        order(buyer, 0, "lid");
        assertThat(offer(buyer).getList("products")).isEmpty();
        // Nor what is no longer sold, is excluded, or came back.
        UUID other = customer();
        order(other, 3, "pan");
        product("lid", "kitchen", null, false, 1);
        assertThat(offer(other).getList("products")).isEmpty();
        product("lid", shop + "gifts", null, true, 2);
        assertThat(offer(other).getList("products")).isEmpty();
        product("lid", "kitchen", null, true, 1);
        assertThat(offer(other).getList("products")).isEmpty();
        product("lid", "kitchen", null, true, 3);
        assertThat(offer(other).getList("products.sku")).containsExactly(shop + "lid");
        send(other, Ids.next(), "RETURNED", now.minus(Duration.ofDays(200)), "lid");
        assertThat(offer(other).getList("products")).isEmpty();
    }

    @Test
    void dueAgainByTheCatalogueOrByWhatCustomersDo() {
        // Two of four buyers bought again, after 20 and 40 days.
        UUID a = customer();
        order(a, 100, "tea");
        order(a, 80, "tea");
        UUID b = customer();
        order(b, 100, "tea");
        order(b, 60, "tea");
        order(customer(), 300, "tea");
        UUID soon = customer();
        order(soon, 24, "tea");
        product("filter", null, 60, true, 1);
        UUID declared = customer();
        order(declared, 55, "filter");
        UUID early = customer();
        order(early, 52, "filter");
        UUID gone = customer();
        order(gone, 121, "filter");
        compute();

        JsonPath tea = relations("tea");
        assertThat(tea.getDouble("rhythm.measuredDays")).isEqualTo(30);
        assertThat(tea.getInt("rhythm.buyers")).isEqualTo(4);
        assertThat(tea.getInt("rhythm.repeatBuyers")).isEqualTo(2);
        JsonPath offer = offer(soon);
        assertThat(offer.getList("products.reason")).containsExactly("REPLENISHMENT");
        assertThat(offer.getDouble("products[0].score")).isEqualTo(0.5);
        assertThat(Instant.parse(offer.getString("products[0].dueAt"))).isEqualTo(now.plus(Duration.ofDays(6)));
        assertThat(relations("filter").getInt("rhythm.declaredDays")).isEqualTo(60);
        assertThat(offer(declared).getList("products.sku")).containsExactly(shop + "filter");
        assertThat(offer(early).getList("products")).isEmpty();
        // Twice its time is over: they buy it elsewhere by now.
        assertThat(offer(gone).getList("products")).isEmpty();
    }

    @Test
    void nextOnTheWayThroughTheCategories() {
        // Of four who came to cots, three came to prams next, one to none; two of the three bought pram-1.
        for (int i = 0; i < 3; i++) {
            UUID parent = customer();
            order(parent, 200, "cot@cots");
            order(parent, 150, i < 2 ? "pram-1@prams" : "pram-2@prams");
            order(parent, 20, "toy@toys");
        }
        UUID next = customer();
        order(next, 30, "cot@cots");
        compute();
        JsonPath cot = relations("cot");
        assertThat(cot.getList("nextCategories.nextCategory")).containsExactly(shop + "prams");
        assertThat(cot.getInt("nextCategories[0].customers")).isEqualTo(3);
        assertThat(cot.getDouble("nextCategories[0].share")).isEqualTo(0.75);
        JsonPath offer = offer(next);
        // pram-2 has one buyer: fewer than supportMin.
        assertThat(offer.getList("products.sku")).containsExactly(shop + "pram-1");
        assertThat(offer.getString("products[0].reason")).isEqualTo("NEXT_CATEGORY");
        assertThat(offer.getString("products[0].becauseOfCategory")).isEqualTo(shop + "cots");
        assertThat(offer.getDouble("products[0].score")).isEqualTo(0.5);
    }

    @Test
    void inBulkForASegmentAndForAList() {
        for (int i = 0; i < 2; i++) {
            order(customer(), 50, "cup", "saucer");
        }
        // Others, for in a shop of nothing else the two would go together by chance.
        for (int i = 0; i < 4; i++) {
            order(customer(), 50, "soap");
        }
        UUID first = customer();
        UUID second = customer();
        order(first, 1, "cup");
        order(second, 1, "saucer");
        compute();
        String segment = TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .body("""
                        {"name": "bulk %s", "rule": {"type": "products", "aggregate": "ORDERS", "op": "GREATER_OR_EQUAL", "value": 1,
                         "skus": ["%scup", "%ssaucer"], "window": {"lastDays": 2}}}
                        """.formatted(shop, shop, shop))
                .post("/api/v1/segments")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        JsonPath page = TestTokens.as(Roles.SERVICE)
                .get("/api/v1/recommendations?limit=1&segmentId=" + segment)
                .then()
                .statusCode(200)
                .body("items.customerId", contains(first.toString()))
                .body("items[0].products.sku", contains(shop + "saucer"))
                .body("nextAfter", equalTo(first.toString()))
                .extract()
                .jsonPath();
        TestTokens.as(Roles.SERVICE)
                .get("/api/v1/recommendations?limit=1&segmentId=" + segment + "&after=" + page.getString("nextAfter"))
                .then()
                .statusCode(200)
                .body("items.customerId", contains(second.toString()))
                .body("items[0].products.sku", contains(shop + "cup"))
                .body("nextAfter", equalTo(null));
        UUID stranger = Ids.next();
        TestTokens.as(Roles.SERVICE)
                .contentType("application/json")
                .body("{\"customerIds\": [\"%s\", \"%s\", \"%s\"], \"products\": 1}"
                        .formatted(second, stranger, second))
                .post("/api/v1/recommendations")
                .then()
                .statusCode(200)
                .body("items.customerId", contains(second.toString(), stranger.toString()))
                .body("items[0].products.size()", equalTo(1))
                .body("items[1].products.size()", equalTo(0));
        TestTokens.as(Roles.SERVICE)
                .get("/api/v1/recommendations?segmentId=" + stranger)
                .then()
                .statusCode(404);
    }

    @Test
    void refusesWhatCanNotBe() {
        TestTokens.as(Roles.SERVICE).get("/api/v1/recommendations").then().statusCode(400);
        TestTokens.as(Roles.ANALYST).get("/api/v1/product-relations").then().statusCode(400);
        TestTokens.as(Roles.PARTNER)
                .get("/api/v1/recommendations/" + Ids.next())
                .then()
                .statusCode(403);
        TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .header("If-Match", "\"0\"")
                .body("{\"quietDays\": 1, \"leadDays\": 7, \"windowDays\": 365, \"supportMin\": 2,"
                        + " \"excludedCategories\": [], \"excludedSkus\": []}")
                .put("/api/v1/recommendation-settings")
                .then()
                .statusCode(412);
        TestTokens.as(Roles.ANALYST)
                .get("/api/v1/product-relations?sku=nobody-knows")
                .then()
                .statusCode(200)
                .body("boughtTogether.size()", equalTo(0))
                .body("rhythm", equalTo(null));
    }

    private void compute() {
        new RecommendationJob(pool, model, clock).tick().await().indefinitely();
    }

    private UUID customer() {
        UUID id = Ids.next();
        facts.apply(FactFixtures.customer(id, now.minus(Duration.ofDays(400)), null));
        return id;
    }

    /** @param products names, with {@code @category} where they have one */
    private void order(UUID customer, int daysAgo, String... products) {
        send(customer, Ids.next(), "PAID", now.minus(Duration.ofDays(daysAgo)), products);
    }

    private void send(UUID customer, UUID id, String status, Instant at, String... products) {
        FeedEvent event = FactFixtures.order(id, customer, at, status, 1000, 1);
        for (String product : products) {
            List<String> parts = List.of(product.split("@"));
            ObjectNode line = ((ObjectNode) event.data())
                    .withArray("lines")
                    .addObject()
                    .put("sku", shop + parts.getFirst())
                    .put("quantity", 1)
                    .put("amount", 1000);
            if (parts.size() > 1) {
                line.put("category", shop + parts.get(1));
            }
        }
        facts.apply(event);
    }

    private void product(String name, @Nullable String category, @Nullable Integer days, boolean active, int version) {
        ObjectNode data = JSON.createObjectNode()
                .put("productId", Ids.next().toString())
                .put("sku", shop + name)
                .put("active", active)
                .put("version", version);
        if (category != null) {
            data.put("category", category);
        }
        if (days != null) {
            data.put("replenishmentDays", days);
        }
        facts.apply(FactFixtures.event("product.changed", Ids.next(), data));
    }

    private double ordersOfTheYear() {
        return pool.preparedQuery("select count(distinct order_id) as n from order_line_fact where ordered_at >= $1")
                .execute(Tuple.of(now.minus(Duration.ofDays(365)).atOffset(ZoneOffset.UTC)))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong("n");
    }

    private static void settings(String body) {
        String etag = TestTokens.as(Roles.ANALYST)
                .get("/api/v1/recommendation-settings")
                .then()
                .statusCode(200)
                .extract()
                .header("ETag");
        Map<String, Object> kept = TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .header("If-Match", etag)
                .body(body)
                .put("/api/v1/recommendation-settings")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("");
        assertThat(kept).containsEntry("supportMin", 2);
    }

    private JsonPath relations(String product) {
        return TestTokens.as(Roles.ANALYST)
                .get("/api/v1/product-relations?sku=" + shop + product)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static JsonPath offer(UUID customer) {
        return TestTokens.as(Roles.SALES)
                .get("/api/v1/recommendations/" + customer)
                .then()
                .statusCode(200)
                .body("customerId", equalTo(customer.toString()))
                .extract()
                .jsonPath();
    }
}
