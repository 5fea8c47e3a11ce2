package io.snowball.segmentation.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.snowball.platform.db.Params;
import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.snowball.segmentation.SegmentFeed;
import io.snowball.segmentation.TestClock;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class CustomerFeedTest {
    private static final Instant DAY = Instant.parse("2026-06-10T00:00:00Z");

    @Inject
    FactFixtures facts;

    @Inject
    TestClock clock;

    @Inject
    Pool pool;

    @Inject
    ObjectMapper json;

    @Inject
    @ConfigProperty(name = "snowball.peers.customer")
    String customerService;

    @BeforeEach
    void atNoon() {
        clock.set(TestClock.NOON);
    }

    @Test
    void countsOrdersThatCountAndNoOthers() {
        UUID customer = facts.customer();
        UUID order = Ids.next();
        facts.order(customer, DAY, 10_000);
        facts.apply(
                FactFixtures.order(order, customer, DAY.plusSeconds(60), "CREATED", 5_001, 1),
                FactFixtures.order(Ids.next(), customer, DAY, "CANCELLED", 7_000, 1),
                FactFixtures.order(Ids.next(), customer, DAY, "RETURNED", 7_000, 1));
        metrics(customer, 2, 150.01f).body("averageBill", equalTo(75.01f)).body("daysSinceLastOrder", equalTo(5));

        facts.apply(FactFixtures.order(order, customer, DAY, "CANCELLED", 5_001, 2));
        metrics(customer, 1, 100.00f);
    }

    @Test
    void hasNoMetricsOfOrdersForWhoNeverBought() {
        UUID customer = facts.customer();
        metrics(customer, 0, 0.00f)
                .body("averageBill", nullValue())
                .body("lastOrderAt", nullValue())
                .body("daysSinceFirstOrder", nullValue())
                .body("cell", nullValue());
        TestTokens.as(Roles.SALES)
                .get("/api/v1/customer-metrics/" + Ids.next())
                .then()
                .statusCode(404);
    }

    @Test
    void neverLetsAnOlderVersionOfAnOrderOverwriteANewerOne() {
        UUID customer = facts.customer();
        UUID order = Ids.next();
        FeedEvent paid = FactFixtures.order(order, customer, DAY, "PAID", 1_000, 1);
        FeedEvent cancelled = FactFixtures.order(order, customer, DAY, "CANCELLED", 1_000, 2);
        facts.apply(cancelled, paid);
        metrics(customer, 0, 0.00f);
        facts.apply(paid);
        metrics(customer, 0, 0.00f);
    }

    @Test
    void countsAnOrderThatMovesToAnotherCustomerThereAndOnlyThere() {
        UUID first = facts.customer();
        UUID second = facts.customer();
        UUID order = facts.order(first, DAY, 1_000);
        facts.apply(FactFixtures.order(order, second, DAY, "PAID", 1_000, 2));
        metrics(first, 0, 0.00f);
        metrics(second, 1, 10.00f);
    }

    @Test
    void countsOrdersThatCameBeforeTheirCustomer() {
        UUID customer = Ids.next();
        facts.order(customer, DAY, 1_000);
        TestTokens.as(Roles.SALES)
                .get("/api/v1/customer-metrics/" + customer)
                .then()
                .statusCode(404);
        facts.apply(FactFixtures.customer(customer, DAY, null));
        metrics(customer, 1, 10.00f);
    }

    @Test
    void passesOverEventsItDoesNotKnow() {
        UUID customer = facts.customer();
        facts.apply(FactFixtures.event(
                "customer.praised", customer, json.createObjectNode().put("by", "nobody")));
        metrics(customer, 0, 0.00f);
    }

    /** Killed in the middle of a batch, with facts written and metrics not: nothing of it stays, and then all of it, once. */
    @Test
    void appliesEveryEventOnceAlthoughItsDatabaseConnectionDiesInBetween() throws Exception {
        String source = Ids.next().toString();
        String segment = segmentOfBuyersFrom(source);
        SegmentFeed feed = new SegmentFeed();
        List<UUID> customers = List.of(Ids.next(), Ids.next(), Ids.next(), Ids.next());
        List<FeedEvent> events = new ArrayList<>();
        for (UUID customer : customers) {
            events.add(FactFixtures.customer(customer, DAY, source));
            events.add(FactFixtures.order(Ids.next(), customer, DAY, "PAID", 1_000, 1));
            events.add(FactFixtures.order(Ids.next(), customer, DAY, "PAID", 2_000, 1));
        }

        SqlConnection blocker = pool.getConnection().await().indefinitely();
        try {
            blocker.query("begin; lock table customer_metric in access exclusive mode")
                    .execute()
                    .await()
                    .indefinitely();
            tell(events);
            await().atMost(Duration.ofSeconds(60)).until(() -> killed() > 0);
            // The pool may still hand out the connection that was just killed: such a question is asked again.
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(orderFacts(customers))
                            .as("the batch was rolled back")
                            .isZero());
        } finally {
            blocker.query("rollback").execute().await().indefinitely();
            blocker.close().await().indefinitely();
        }

        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(orderFacts(customers)).isEqualTo(8));
        customers.forEach(customer -> metrics(customer, 2, 30.00f));
        List<Map.Entry<String, List<String>>> news = feed.news(segment);
        assertThat(news).extracting(Map.Entry::getKey).containsOnly("entered");
        assertThat(news.stream().flatMap(e -> e.getValue().stream()).toList())
                .as("each entered once")
                .containsExactlyInAnyOrderElementsOf(
                        customers.stream().map(UUID::toString).toList());
    }

    /** Ends the connections that wait for the table that the test has locked: the one that applies the batch. */
    private long killed() {
        return one("""
                select count(pg_terminate_backend(pid)) from pg_stat_activity
                where wait_event_type = 'Lock' and query like 'insert into customer_metric%'
                """, Params.of());
    }

    private long orderFacts(List<UUID> customers) {
        return one("select count(*) from order_fact where customer_id = any($1)", Params.of((Object)
                customers.toArray(UUID[]::new)));
    }

    private long one(String sql, io.vertx.mutiny.sqlclient.Tuple parameters) {
        return pool.preparedQuery(sql)
                .execute(parameters)
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }

    private void tell(List<FeedEvent> events) throws Exception {
        List<Map<String, Object>> told = events.stream()
                .map(e -> Map.<String, Object>of(
                        "specversion", "1.0",
                        "source", "/customer",
                        "type", e.type(),
                        "subject", e.subject().toString(),
                        "time", e.time().toString(),
                        "data", e.data()))
                .toList();
        RestAssured.given()
                .body(json.writeValueAsString(told))
                .post(customerService + "/events")
                .then()
                .statusCode(204);
    }

    private static String segmentOfBuyersFrom(String source) {
        return TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .body("""
                        {"name": "%1$s", "rule": {"type": "all", "rules": [
                          {"type": "attribute", "attribute": "SOURCE", "in": ["%1$s"]},
                          {"type": "metric", "metric": "REVENUE", "op": "GREATER_OR_EQUAL", "value": 10.00}]}}
                        """.formatted(source))
                .post("/api/v1/segments")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static io.restassured.response.ValidatableResponse metrics(UUID customer, int orders, float revenue) {
        return TestTokens.as(Roles.SALES)
                .get("/api/v1/customer-metrics/" + customer)
                .then()
                .statusCode(200)
                .body("orders", equalTo(orders))
                .body("revenue", equalTo(revenue));
    }
}
