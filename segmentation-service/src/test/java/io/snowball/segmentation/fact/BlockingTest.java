package io.snowball.segmentation.fact;

import static io.snowball.segmentation.fact.FactFixtures.blocking;
import static io.snowball.segmentation.fact.FactFixtures.customer;
import static io.snowball.segmentation.fact.FactFixtures.event;
import static io.snowball.segmentation.fact.FactFixtures.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.snowball.platform.db.Params;
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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** r24: blocked data are stored, and nothing else; r27: what is destroyed is gone here too. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class BlockingTest {
    private static final Instant DAY = Instant.parse("2026-06-01T10:00:00Z");

    @Inject
    FactFixtures facts;

    @Inject
    TestClock clock;

    @Inject
    Pool pool;

    private final String source = "src-" + Ids.next();
    private final UUID blocked = Ids.next();
    private final UUID other = Ids.next();

    @BeforeEach
    void twoCustomers() {
        clock.set(TestClock.NOON);
        facts.apply(customer(blocked, DAY, source), customer(other, DAY, source));
        facts.order(blocked, DAY, 100);
    }

    @Test
    @DisplayName("r24: who is blocked leaves segments, lists and previews at once, and comes back")
    void r24LeavesAndComesBack() {
        String segment = segment(rule());
        String list = segment("{\"type\": \"list\"}");
        change(list, "add", blocked).body("customers", equalTo(1));
        String dependent = segment("{\"type\": \"segment\", \"segmentId\": \"" + list + "\"}");
        SegmentFeed feed = new SegmentFeed();

        facts.applyConsents(blocking(blocked, "*"));
        assertThat(members(segment)).containsExactly(other.toString());
        assertThat(members(list)).isEmpty();
        assertThat(members(dependent)).isEmpty();
        preview().body("count", equalTo(1)).body("sampleCustomerIds", equalTo(List.of(other.toString())));
        metrics().statusCode(404);
        assertThat(feed.news(segment)).containsExactly(Map.entry("left", List.of(blocked.toString())));

        // Facts go on coming and change nothing of that.
        facts.order(blocked, DAY, 200);
        facts.apply(customer(blocked, DAY, source));
        facts.applyMessages(message(Ids.next(), blocked, "EMAIL", "SENT", DAY));
        assertThat(members(segment)).containsExactly(other.toString());
        change(list, "add", blocked).body("customers", equalTo(0)).body("unknownIds", hasItem(blocked.toString()));

        SegmentFeed after = new SegmentFeed();
        facts.applyConsents(blocking(blocked));
        assertThat(members(segment)).containsExactlyInAnyOrder(blocked.toString(), other.toString());
        metrics().statusCode(200).body("orders", equalTo(2)).body("engagement.sent", equalTo(1));
        assertThat(after.news(segment)).containsExactly(Map.entry("entered", List.of(blocked.toString())));
    }

    @Test
    @DisplayName("r24: a list gets back whom it had, but not who was taken off it meanwhile")
    void r24AListGetsBackWhomItHad() {
        String list = segment("{\"type\": \"list\"}");
        String shorter = segment("{\"type\": \"list\"}");
        String dependent = segment("{\"type\": \"segment\", \"segmentId\": \"" + list + "\"}");
        change(list, "add", blocked);
        change(shorter, "add", blocked);
        facts.applyConsents(blocking(blocked, "*"));
        change(shorter, "remove", blocked);
        SegmentFeed feed = new SegmentFeed();
        facts.applyConsents(blocking(blocked));
        assertThat(members(list)).containsExactly(blocked.toString());
        assertThat(members(dependent)).containsExactly(blocked.toString());
        assertThat(members(shorter)).isEmpty();
        assertThat(feed.news(list)).containsExactly(Map.entry("entered", List.of(blocked.toString())));
        TestTokens.as(Roles.ANALYST).get("/api/v1/segments/" + list).then().body("customers", equalTo(1));
    }

    @Test
    @DisplayName("r24: the block of one category leaves the person where they are")
    void r24ACategoryIsNotThePerson() {
        String segment = segment(rule());
        facts.applyConsents(blocking(blocked, "PHONE"));
        assertThat(members(segment)).contains(blocked.toString());
        facts.applyConsents(blocking(blocked, "*", "PHONE"));
        facts.applyConsents(blocking(blocked, "PHONE"));
        assertThat(members(segment)).contains(blocked.toString());
    }

    @Test
    @DisplayName("r27: what is ordered to be destroyed is gone, and late news does not bring it back")
    void r27DestroyedFactsAreGone() {
        String segment = segment(rule());
        facts.applyMessages(message(Ids.next(), blocked, "EMAIL", "SENT", DAY));
        facts.applyConsents(
                blocking(blocked, "*"),
                event(
                        "destruction.ordered",
                        blocked,
                        JsonNodeFactory.instance.objectNode().put("customerId", blocked.toString())));
        facts.apply(customer(blocked, DAY, source));
        facts.applyMessages(message(Ids.next(), blocked, "EMAIL", "OPENED", DAY));
        facts.applyConsents(blocking(blocked));
        for (String table : List.of(
                "customer_fact",
                "customer_metric",
                "order_fact",
                "message_fact",
                "segment_member",
                "withheld_member",
                "blocked_customer")) {
            assertThat(rows(table)).as(table).isZero();
        }
        assertThat(members(segment)).containsExactly(other.toString());
    }

    private String rule() {
        return "{\"type\": \"attribute\", \"attribute\": \"SOURCE\", \"in\": [\"" + source + "\"]}";
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

    private static ValidatableResponse change(String list, String what, UUID customer) {
        return TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .body("{\"" + what + "\": [\"" + customer + "\"]}")
                .post("/api/v1/segments/" + list + "/member-changes")
                .then()
                .statusCode(200);
    }

    private ValidatableResponse preview() {
        return TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .body("{\"rule\": " + rule() + "}")
                .post("/api/v1/segment-previews")
                .then()
                .statusCode(200);
    }

    private ValidatableResponse metrics() {
        return TestTokens.as(Roles.SALES)
                .get("/api/v1/customer-metrics/" + blocked)
                .then();
    }

    private static List<String> members(String segment) {
        return TestTokens.as(Roles.SERVICE)
                .get("/api/v1/segments/" + segment + "/members")
                .then()
                .statusCode(200)
                .extract()
                .path("items");
    }

    private long rows(String table) {
        return pool.preparedQuery("select count(*) from " + table + " where customer_id = $1")
                .execute(Params.of(blocked))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }
}
