package io.snowball.segmentation.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.snowball.segmentation.SegmentFeed;
import io.snowball.segmentation.TestClock;
import io.snowball.segmentation.fact.FactFixtures;
import io.snowball.segmentation.fact.FakeCustomerService;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A1, A2, A8, G3: lists, snapshots, what a change would do, and rules over messages and products")
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class SegmentListResourceTest {
    private static final String LIST = "{\"type\": \"list\"}";
    private static final Instant DAY = Instant.parse("2026-06-01T10:00:00Z");

    @Inject
    FactFixtures facts;

    @Inject
    TestClock clock;

    private final String source = Ids.next().toString();

    private final String fromSource =
            "{\"type\": \"attribute\", \"attribute\": \"SOURCE\", \"in\": [\"" + source + "\"]}";

    @BeforeEach
    void atNoon() {
        clock.set(TestClock.NOON);
    }

    @Test
    void keepsAListAsPeopleMakeItAndTellsWhoCameAndWent() {
        UUID first = facts.customer();
        UUID second = facts.customer();
        UUID nobody = Ids.next();
        String list = create(LIST);
        String outside =
                create("{\"type\": \"not\", \"rule\": {\"type\": \"segment\", \"segmentId\": \"" + list + "\"}}");
        SegmentFeed feed = new SegmentFeed();

        change(list, List.of(first, second, nobody), List.of())
                .then()
                .statusCode(200)
                .body("customers", equalTo(2))
                .body("unknownIds", equalTo(List.of(nobody.toString())));
        change(list, List.of(first), List.of()).then().body("customers", equalTo(2));
        assertThat(feed.news(list)).containsExactly(Map.entry("entered", sorted(first, second)));
        assertThat(members(outside)).doesNotContain(first.toString(), second.toString());

        facts.order(first, DAY, 100);
        assertThat(members(list)).as("facts move nobody on or off a list").hasSize(2);
        change(list, List.of(), List.of(first)).then().body("customers", equalTo(1));
        assertThat(feed.news(list)).containsExactly(Map.entry("left", List.of(first.toString())));
        assertThat(members(outside)).contains(first.toString());
    }

    @Test
    void refusesToChangeMembersThatFollowFromARule() {
        String ruled = create(fromSource);
        change(ruled, List.of(), List.of())
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/segment-not-a-list"));
        UUID customer = facts.customer();
        change(create(LIST), List.of(customer), List.of(customer)).then().statusCode(400);
        change(Ids.next().toString(), List.of(), List.of()).then().statusCode(404);
        post("/api/v1/segment-previews", "{\"rule\": " + LIST + "}").then().statusCode(400);
        post("/api/v1/segments", body("{\"type\": \"not\", \"rule\": " + LIST + "}"))
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/rule/rule"));
    }

    @Test
    void keepsWhoWasInASegmentAtOneMoment() {
        UUID customer = customer();
        String ruled = create(fromSource);
        String snapshot = post("/api/v1/segments/" + ruled + "/snapshots", "{\"name\": \"" + Ids.next() + "\"}")
                .then()
                .statusCode(201)
                .body("customers", equalTo(1))
                .body("rule.type", equalTo("list"))
                .extract()
                .path("id");
        customer();
        facts.apply(FactFixtures.customer(customer, DAY, null));
        assertThat(members(ruled)).hasSize(1).doesNotContain(customer.toString());
        assertThat(members(snapshot)).containsExactly(customer.toString());
    }

    @Test
    void showsWhoWouldEnterAndLeaveBeforeARuleIsSaved() {
        UUID stays = customer();
        UUID leaves = customer();
        UUID enters = facts.customer();
        facts.order(stays, DAY, 77_777_777);
        facts.order(enters, DAY, 77_777_777);
        String segment = create(fromSource);
        String rule = "{\"type\": \"metric\", \"metric\": \"REVENUE\", \"op\": \"EQUAL\", \"value\": 777777.77}";
        post("/api/v1/segment-previews", "{\"segmentId\": \"" + segment + "\", \"rule\": " + rule + "}")
                .then()
                .statusCode(200)
                .body("count", equalTo(2))
                .body("change.entering", equalTo(1))
                .body("change.leaving", equalTo(1))
                .body("change.sampleEnteringIds", equalTo(List.of(enters.toString())))
                .body("change.sampleLeavingIds", equalTo(List.of(leaves.toString())));
        assertThat(members(segment)).as("nothing is stored").containsExactlyElementsOf(sorted(stays, leaves));
        post("/api/v1/segment-previews", "{\"segmentId\": \"" + Ids.next() + "\", \"rule\": " + rule + "}")
                .then()
                .statusCode(404);
    }

    @Test
    void namesTheSegmentsThatStandInTheWayOfADeletion() {
        String used = create(fromSource);
        String name = Ids.next().toString();
        post("/api/v1/segments", """
                {"name": "%s", "rule": {"type": "segment", "segmentId": "%s"}}
                """.formatted(name, used)).then().statusCode(201);
        TestTokens.as(Roles.MARKETER)
                .delete("/api/v1/segments/" + used)
                .then()
                .statusCode(409)
                .body("detail", containsString(name));
    }

    @DisplayName(
            "A1 and A2: opened the last five mailings, and bought something related to the offer in the last half year")
    @Test
    void findsWhoOpenedTheLastFiveMailingsAndBoughtSomethingRelated() {
        UUID customer = customer();
        String segment = create("""
                {"type": "all", "rules": [%s,
                  {"type": "messages", "event": "OPENED", "op": "EQUAL", "value": 5, "last": 5, "channel": "EMAIL"},
                  {"type": "products", "aggregate": "ORDERS", "op": "GREATER_OR_EQUAL", "value": 1,
                   "relatedTo": ["OFFER-%s"], "window": {"lastMonths": 6, "timeZone": "Europe/Moscow"}}]}
                """.formatted(fromSource, source));
        facts.apply(order(customer, DAY, "OTHER-" + source));
        for (int i = 0; i < 5; i++) {
            assertThat(members(segment)).isEmpty();
            UUID message = Ids.next();
            facts.applyMessages(
                    FactFixtures.message(message, customer, "EMAIL", "SENT", DAY.plusSeconds(i)),
                    FactFixtures.message(message, customer, "EMAIL", "OPENED", DAY.plusSeconds(100)));
        }
        assertThat(members(segment))
                .as("nobody knows yet what the offer is related to")
                .isEmpty();
        facts.apply(order(facts.customer(), DAY, "OFFER-" + source));
        assertThat(members(segment)).containsExactly(customer.toString());
        facts.applyMessages(FactFixtures.message(Ids.next(), customer, "EMAIL", "SENT", DAY.plusSeconds(9)));
        assertThat(members(segment)).as("the last was not opened").isEmpty();
    }

    /** Both were sold as shoes, so they are related. */
    private io.snowball.platform.feed.FeedEvent order(UUID customer, Instant at, String sku) {
        var order = FactFixtures.order(Ids.next(), customer, at, "PAID", 100, 1);
        ((com.fasterxml.jackson.databind.node.ObjectNode) order.data())
                .withArray("lines")
                .addObject()
                .put("sku", sku)
                .put("category", "shoes " + source);
        return order;
    }

    private UUID customer() {
        UUID id = Ids.next();
        facts.apply(FactFixtures.customer(id, DAY, source));
        return id;
    }

    private static List<String> sorted(UUID... ids) {
        return java.util.stream.Stream.of(ids).map(UUID::toString).sorted().toList();
    }

    private static Response change(String segment, List<UUID> add, List<UUID> remove) {
        return post(
                "/api/v1/segments/" + segment + "/member-changes",
                "{\"add\": " + json(add) + ", \"remove\": " + json(remove) + "}");
    }

    private static String json(List<UUID> ids) {
        return ids.stream().map(id -> "\"" + id + "\"").toList().toString();
    }

    private static String body(String rule) {
        return "{\"name\": \"" + Ids.next() + "\", \"rule\": " + rule + "}";
    }

    private static String create(String rule) {
        return post("/api/v1/segments", body(rule))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Response post(String path, String body) {
        return TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .body(body)
                .post(path);
    }

    private static List<String> members(String id) {
        return TestTokens.as(Roles.SERVICE)
                .queryParam("limit", 50_000)
                .get("/api/v1/segments/" + id + "/members")
                .jsonPath()
                .getList("items", String.class);
    }
}
