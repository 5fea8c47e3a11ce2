package io.snowball.segmentation.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.platform.feed.FeedEvent;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A8, C10, G1, G3: a customer is in a segment as soon as, and as long as, what is known of them says so")
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class MembershipsTest {
    @Inject
    FactFixtures facts;

    @Inject
    MembershipClock membershipClock;

    @Inject
    TestClock clock;

    private final String source = Ids.next().toString();

    @BeforeEach
    void atNoon() {
        clock.set(TestClock.NOON);
        tick();
    }

    @DisplayName("C10: earlier purchases place a customer in a segment")
    @Test
    void entersWithTheOrderThatMakesTheRuleTrueAndLeavesWhenItIsReturned() {
        UUID customer = customer();
        String repeat = segment(
                ours("{\"type\": \"metric\", \"metric\": \"ORDERS\", \"op\": \"GREATER_OR_EQUAL\", \"value\": 2}"));
        SegmentFeed feed = new SegmentFeed();

        facts.order(customer, TestClock.NOON, 1000);
        assertThat(members(repeat)).isEmpty();
        assertThat(feed.news(repeat)).isEmpty();

        UUID second = facts.order(customer, TestClock.NOON, 1000);
        assertThat(members(repeat)).containsExactly(customer.toString());
        assertThat(feed.news(repeat)).containsExactly(Map.entry("entered", List.of(customer.toString())));

        facts.apply(FactFixtures.order(second, customer, TestClock.NOON, "RETURNED", 1000, 2));
        assertThat(members(repeat)).isEmpty();
        assertThat(feed.news(repeat)).containsExactly(Map.entry("left", List.of(customer.toString())));
    }

    @Test
    void leavesWhenTheWindowPassesAndNothingElseHappens() {
        UUID customer = customer();
        facts.order(customer, TestClock.NOON, 1000);
        String recent = segment(
                ours(
                        "{\"type\": \"orders\", \"aggregate\": \"COUNT\", \"op\": \"GREATER\", \"value\": 0, \"lastDays\": 30}"));
        String quiet = segment(
                ours("{\"type\": \"not\", \"rule\": {\"type\": \"segment\", \"segmentId\": \"" + recent + "\"}}"));
        SegmentFeed feed = new SegmentFeed();

        clock.advance(Duration.ofDays(30).minusNanos(1000));
        tick();
        assertThat(members(recent)).containsExactly(customer.toString());
        assertThat(members(quiet)).isEmpty();

        clock.advance(Duration.ofNanos(1000));
        tick();
        assertThat(members(recent)).isEmpty();
        assertThat(members(quiet)).as("follows the segment that it names").containsExactly(customer.toString());
        assertThat(feed.news(recent)).containsExactly(Map.entry("left", List.of(customer.toString())));

        tick();
        assertThat(feed.news(recent)).as("told once").isEmpty();
    }

    @DisplayName("C9, C19: what customers do places them too")
    @Test
    void entersWithTheEventThatMakesTheRuleTrueAndLeavesWhenItsWindowPasses() {
        UUID customer = customer();
        String viewed = segment(ours("""
                {"type": "events", "types": ["PRODUCT_VIEWED"], "op": "GREATER_OR_EQUAL", "value": 2, "window": {"lastHours": 48}}
                """));
        SegmentFeed feed = new SegmentFeed();
        FeedEvent first = FactFixtures.done(Ids.next(), customer, "PRODUCT_VIEWED", TestClock.NOON);
        facts.apply(first, FactFixtures.done(Ids.next(), customer, "SEARCHED", TestClock.NOON));
        facts.apply(first);
        assertThat(members(viewed)).as("told twice, counted once").isEmpty();

        facts.apply(FactFixtures.done(Ids.next(), customer, "PRODUCT_VIEWED", TestClock.NOON.minusSeconds(60)));
        assertThat(members(viewed)).containsExactly(customer.toString());

        clock.advance(Duration.ofDays(2).minusMinutes(1));
        tick();
        assertThat(members(viewed)).isEmpty();
        assertThat(feed.news(viewed))
                .containsExactly(
                        Map.entry("entered", List.of(customer.toString())),
                        Map.entry("left", List.of(customer.toString())));
    }

    @DisplayName("G1, G3: who falls into another cell of the grid is spoken to differently")
    @Test
    void movesThroughTheCellsOfTheGridByTimeAlone() {
        UUID customer = customer();
        facts.order(customer, TestClock.NOON, 1000);
        String lost = segment(ours("{\"type\": \"rfmCell\", \"in\": [\"ONE_TIME_LOST\"]}"));
        assertThat(members(lost)).isEmpty();
        clock.advance(Duration.ofDays(4000));
        tick();
        assertThat(members(lost)).containsExactly(customer.toString());
    }

    @Test
    void tellsOfManyCustomersInBitesOfAThousand() {
        List<FeedEvent> events = new ArrayList<>();
        for (int i = 0; i < 2500; i++) {
            events.add(FactFixtures.customer(Ids.next(), TestClock.NOON, source));
        }
        facts.apply(events);
        SegmentFeed feed = new SegmentFeed();
        String all = segment(fromSource());
        List<Map.Entry<String, List<String>>> news = feed.news(all);
        assertThat(news).extracting(e -> e.getValue().size()).containsExactlyInAnyOrder(1000, 1000, 500);
        assertThat(news.stream().flatMap(e -> e.getValue().stream()).toList())
                .doesNotHaveDuplicates()
                .hasSize(2500);
        TestTokens.as(Roles.MARKETER).delete("/api/v1/segments/" + all).then().statusCode(204);
        assertThat(feed.news(all))
                .extracting(e -> e.getKey() + e.getValue().size())
                .containsExactlyInAnyOrder("left1000", "left1000", "left500");
    }

    @Test
    void keepsTheCountOfASegmentEqualToItsMembers() {
        UUID customer = customer();
        customer();
        String all = segment(fromSource());
        facts.apply(FactFixtures.customer(customer, TestClock.NOON, null));
        TestTokens.as(Roles.ANALYST)
                .get("/api/v1/segments/" + all)
                .then()
                .body("customers", org.hamcrest.Matchers.equalTo(1));
        assertThat(members(all)).hasSize(1);
    }

    @Test
    void neverDecidesAboutACustomerFromTwoSidesAtOnce() {
        String recent = segment(
                ours(
                        "{\"type\": \"orders\", \"aggregate\": \"COUNT\", \"op\": \"GREATER\", \"value\": 0, \"lastDays\": 30}"));
        UUID customer = customer();
        List<io.smallrye.mutiny.Uni<Void>> ticks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ticks.add(membershipClock.tick());
        }
        SegmentFeed feed = new SegmentFeed();
        facts.order(customer, TestClock.NOON.minus(Duration.ofDays(29)), 100);
        clock.advance(Duration.ofDays(1));
        io.smallrye.mutiny.Uni.join().all(ticks).andFailFast().await().indefinitely();
        assertThat(members(recent)).isEmpty();
        assertThat(feed.news(recent)).extracting(Map.Entry::getKey).containsExactly("entered", "left");
    }

    @Test
    void entersWithTheFactThatMakesSomethingTheFavourite() {
        UUID customer = customer();
        String texts = segment(ours("{\"type\": \"favourite\", \"kind\": \"CHANNEL\", \"in\": [\"SMS\"]}"));
        String hats = segment(ours("{\"type\": \"favourite\", \"kind\": \"CATEGORY\", \"in\": [\"Шляпы\"]}"));
        String old = segment(ours(
                "{\"type\": \"metric\", \"metric\": \"LIFETIME_DAYS\", \"op\": \"GREATER_OR_EQUAL\", \"value\": 10}"));
        FeedEvent order = FactFixtures.order(Ids.next(), customer, TestClock.NOON, "PAID", 1, 1);
        ((ObjectNode) order.data())
                .withArray("lines")
                .addObject()
                .put("sku", "HAT-1")
                .put("category", "Шляпы")
                .put("quantity", 1)
                .put("amount", 1);
        facts.apply(order);
        assertThat(members(hats)).containsExactly(customer.toString());

        UUID text = Ids.next();
        facts.applyMessages(FactFixtures.message(text, customer, "SMS", "SENT", TestClock.NOON));
        assertThat(members(texts)).isEmpty();
        facts.applyMessages(FactFixtures.message(text, customer, "SMS", "CLICKED", TestClock.NOON));
        assertThat(members(texts)).containsExactly(customer.toString());

        clock.advance(Duration.ofDays(10));
        tick();
        assertThat(members(old)).containsExactly(customer.toString());
        clock.advance(Duration.ofDays(171));
        tick();
        assertThat(members(old)).as("lost: a life of one order").isEmpty();
    }

    private UUID customer() {
        UUID id = Ids.next();
        facts.apply(FactFixtures.customer(id, TestClock.NOON, source));
        return id;
    }

    private void tick() {
        membershipClock.tick().await().indefinitely();
    }

    private String fromSource() {
        return "{\"type\": \"attribute\", \"attribute\": \"SOURCE\", \"in\": [\"" + source + "\"]}";
    }

    private String ours(String rule) {
        return "{\"type\": \"all\", \"rules\": [" + fromSource() + ", " + rule + "]}";
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

    private static List<String> members(String segment) {
        return TestTokens.as(Roles.SERVICE)
                .queryParam("limit", 50_000)
                .get("/api/v1/segments/" + segment + "/members")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items", String.class);
    }
}
