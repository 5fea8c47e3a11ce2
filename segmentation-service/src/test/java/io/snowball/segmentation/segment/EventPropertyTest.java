package io.snowball.segmentation.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.snowball.segmentation.SegmentFeed;
import io.snowball.segmentation.TestClock;
import io.snowball.segmentation.fact.FactFixtures;
import io.snowball.segmentation.fact.FakeCustomerService;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What customers looked at, and not only that they looked. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class EventPropertyTest {
    @Inject
    FactFixtures facts;

    @Inject
    TestClock clock;

    @Inject
    MembershipClock membershipClock;

    private final String type = "viewed-" + Ids.next();
    private final UUID person = Ids.next();

    @BeforeEach
    void atNoon() {
        clock.set(TestClock.NOON);
        facts.apply(FactFixtures.customer(person, TestClock.NOON.minus(Duration.ofDays(90)), null));
    }

    @Test
    @DisplayName("C9, H1: who viewed a category twice within 14 days enters on the second view and leaves by the clock")
    void c09ViewedACategoryWithinDays() {
        String segment = create("""
                {"type": "events", "types": ["%s"], "op": "GREATER_OR_EQUAL", "value": 2,
                 "where": [{"type": "CODE", "property": "category", "in": ["shoes"]},
                           {"type": "NUMBER", "property": "price", "op": "GREATER", "value": 999.5}],
                 "window": {"lastDays": 14}}""".formatted(type)).statusCode(201).extract().path("id");
        SegmentFeed feed = new SegmentFeed();
        viewed(0, json -> json.put("category", "shoes").put("price", 1000));
        viewed(1, json -> json.put("category", "hats").put("price", 2000));
        viewed(1, json -> json.put("category", "shoes").put("price", 999.5));
        viewed(1, json -> json.put("category", "shoes"));
        viewed(1, json -> json.put("category", "shoes").put("price", "2000"));
        viewed(20, json -> json.put("category", "shoes").put("price", 2000));
        assertThat(feed.news(segment)).isEmpty();
        viewed(3, json -> json.put("category", "shoes").put("price", 1000.01));
        assertThat(feed.news(segment)).containsExactly(Map.entry("entered", List.of(person.toString())));

        clock.set(TestClock.NOON.plus(Duration.ofDays(10)));
        membershipClock.tick().await().indefinitely();
        assertThat(feed.news(segment)).isEmpty();
        clock.set(TestClock.NOON.plus(Duration.ofDays(11)));
        membershipClock.tick().await().indefinitely();
        assertThat(feed.news(segment)).containsExactly(Map.entry("left", List.of(person.toString())));
    }

    @Test
    @DisplayName("C9: what can't be kept of an event stops nothing: the event counts")
    void c09OddPropertiesStopNothing() {
        viewed(0, json -> {
            json.put("nul", "a\0b")
                    .put("huge", 1e300)
                    .put("long", "x".repeat(5000))
                    .put("flag", true);
            json.putObject("nested").put("a", 1);
            json.putNull("nothing");
        });
        preview("").body("count", equalTo(1));
        preview(", \"where\": [{\"type\": \"BOOLEAN\", \"property\": \"flag\", \"is\": true}]")
                .body("count", equalTo(1));
        preview(", \"where\": [{\"type\": \"TIME\", \"property\": \"flag\", \"before\": \"2100-01-01T00:00:00Z\"}]")
                .body("count", equalTo(0));
    }

    @Test
    @DisplayName("C9: each wrong condition is pointed at, and texts can't be asked for")
    void c09RefusesWhatMeansNothing() {
        create("""
                {"type": "events", "types": ["x"], "op": "GREATER", "value": 0, "where": [
                  {"type": "CODE", "property": "", "in": []},
                  {"type": "NUMBER", "property": "p", "op": "LESS", "value": 1e99999999},
                  {"type": "BOOLEAN", "property": "p"},
                  {"type": "TIME"}]}""")
                .statusCode(400)
                .body(
                        "errors.pointer",
                        equalTo(List.of(
                                "/rule/where/0/property",
                                "/rule/where/0/in",
                                "/rule/where/1/value",
                                "/rule/where/2/is",
                                "/rule/where/3/property",
                                "/rule/where/3")));
        create("""
                {"type": "events", "types": ["x"], "op": "GREATER", "value": 0, "where": [
                  {"type": "TEXT", "property": "query", "in": ["a"]}]}""").statusCode(400);
        create("""
                {"type": "events", "types": ["x"], "op": "GREATER", "value": 0, "where": []}""").statusCode(400);
    }

    private void viewed(int daysAgo, Consumer<ObjectNode> properties) {
        facts.apply(FactFixtures.done(
                Ids.next(), person, type, TestClock.NOON.minus(Duration.ofDays(daysAgo)), properties));
    }

    private static ValidatableResponse create(String rule) {
        return TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .body("{\"name\": \"" + Ids.next() + "\", \"rule\": " + rule + "}")
                .post("/api/v1/segments")
                .then();
    }

    private ValidatableResponse preview(String where) {
        return TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .body("{\"rule\": {\"type\": \"events\", \"types\": [\"%s\"], \"op\": \"EQUAL\", \"value\": 1%s}}"
                        .formatted(type, where))
                .post("/api/v1/segment-previews")
                .then()
                .statusCode(200);
    }
}
