package io.snowball.segmentation.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.platform.db.Params;
import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.snowball.segmentation.SegmentFeed;
import io.snowball.segmentation.TestClock;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who was erased or merged is forgotten here too, and leaves every segment. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class ForgetTest {
    private static final Instant DAY = Instant.parse("2026-06-01T10:00:00Z");

    @Inject
    FactFixtures facts;

    @Inject
    TestClock clock;

    @Inject
    Pool pool;

    @BeforeEach
    void atNoon() {
        clock.set(TestClock.NOON);
    }

    @Test
    void forgetsAllOfWhoWasErasedAndTellsThatTheyLeft() {
        UUID customer = customerWithFacts();
        String list = list(customer);
        SegmentFeed feed = new SegmentFeed();
        facts.apply(event("customer.erased", "customerId", customer, customer));
        for (String table : List.of(
                "customer_fact",
                "customer_metric",
                "customer_engagement",
                "order_fact",
                "message_fact",
                "event_fact",
                "segment_member")) {
            assertThat(rows(table, customer)).as(table).isZero();
        }
        assertThat(feed.news(list)).containsExactly(Map.entry("left", List.of(customer.toString())));
        TestTokens.as(Roles.ANALYST).get("/api/v1/segments/" + list).then().body("customers", equalTo(0));
    }

    @Test
    void givesTheMessagesOfWhoWasMergedToWhoStays() {
        UUID stays = facts.customer();
        UUID merged = customerWithFacts();
        String list = list(merged);
        facts.apply(event("customer.merged", "mergedCustomerId", merged, stays));
        TestTokens.as(Roles.SALES)
                .get("/api/v1/customer-metrics/" + stays)
                .then()
                .statusCode(200)
                .body("engagement.sent", equalTo(1));
        TestTokens.as(Roles.SALES)
                .get("/api/v1/customer-metrics/" + merged)
                .then()
                .statusCode(404);
        assertThat(rows("segment_member", merged)).isZero();
        assertThat(rows("event_fact", merged)).isZero();
        assertThat(rows("event_fact", stays)).isOne();
        assertThat(rows("order_fact", merged))
                .as("they follow by their own news")
                .isOne();
        assertThat(rows("segment_member", stays)).as("takes the place in lists").isOne();
        TestTokens.as(Roles.ANALYST).get("/api/v1/segments/" + list).then().body("customers", equalTo(1));

        facts.apply(FactFixtures.customer(merged, DAY, null));
        TestTokens.as(Roles.SALES)
                .get("/api/v1/customer-metrics/" + merged)
                .then()
                .statusCode(200)
                .body("orders", equalTo(1));
    }

    private UUID customerWithFacts() {
        UUID customer = facts.customer();
        facts.order(customer, DAY, 100);
        facts.apply(FactFixtures.done(Ids.next(), customer, "SEARCHED", DAY));
        facts.applyMessages(FactFixtures.message(Ids.next(), customer, "EMAIL", "SENT", DAY));
        return customer;
    }

    private static FeedEvent event(String type, String field, UUID id, UUID subject) {
        return FactFixtures.event(
                type,
                subject,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("mergeId", Ids.next().toString())
                        .put("customerId", subject.toString())
                        .put(field, id.toString()));
    }

    private static String list(UUID customer) {
        String id = TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .body("{\"name\": \"" + Ids.next() + "\", \"rule\": {\"type\": \"list\"}}")
                .post("/api/v1/segments")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .body("{\"add\": [\"" + customer + "\"]}")
                .post("/api/v1/segments/" + id + "/member-changes")
                .then()
                .statusCode(200)
                .body("customers", equalTo(1));
        return id;
    }

    private long rows(String table, UUID customer) {
        return pool.preparedQuery("select count(*) from " + table + " where customer_id = $1")
                .execute(Params.of(customer))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }
}
