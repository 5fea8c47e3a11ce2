package io.snowball.segmentation.fact;

import static io.snowball.segmentation.fact.FactFixtures.answer;
import static io.snowball.segmentation.fact.FactFixtures.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What customers say of the company, as customer-service tells it: the last word of each counts. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class FeedbackFactTest {
    private static final Instant DAY = Instant.parse("2026-06-01T10:00:00Z");
    private static final String FUNNEL = "/api/v1/reports/loyalty-funnel?from=2013-01-01&to=2013-12-31&compare=NONE";

    @Inject
    FactFixtures facts;

    @Inject
    TestClock clock;

    @Inject
    Pool pool;

    private final String source = "src-" + Ids.next();
    private final UUID person = Ids.next();

    @BeforeEach
    void atNoon() {
        clock.set(TestClock.NOON);
        facts.apply(customer(person, DAY, source));
    }

    @Test
    @DisplayName(
            "C11, X9: the last answer of each kind, by its right name, is a metric of the customer, however late an older one comes")
    void c11KeepsTheLastAnswerOfEachKind() {
        metrics(person).body("feedback", empty());
        UUID changed = Ids.next();
        facts.apply(
                answer(changed, person, "NPS", "10", DAY),
                answer(Ids.next(), person, "CLI", "3.6667", DAY),
                answer(Ids.next(), person, "FUTURE_KIND", "1", DAY));
        facts.apply(answer(Ids.next(), person, "NPS", "3", DAY.minusSeconds(1)));
        metrics(person)
                .body("feedback", hasSize(2))
                .body("feedback.find { it.kind == 'NPS' }.score", equalTo(10))
                .body("feedback.find { it.kind == 'CLI' }.score", equalTo(3.6667f));
        // Told again with another mark: the later word of one answer.
        facts.apply(answer(changed, person, "NPS", "6", DAY));
        metrics(person).body("feedback.find { it.kind == 'NPS' }.score", equalTo(6));
    }

    @Test
    @DisplayName("C12: whose last NPS is above 8 is in the segment from the answer on, and no longer than the next one")
    void c12NpsAboveEight() {
        String promoters = segment("""
                {"type": "all", "rules": [
                  {"type": "attribute", "attribute": "SOURCE", "in": ["%s"]},
                  {"type": "metric", "metric": "NPS", "op": "GREATER", "value": 8}]}""".formatted(source));
        SegmentFeed feed = new SegmentFeed();
        facts.apply(answer(Ids.next(), person, "CSAT", "9", DAY), answer(Ids.next(), person, "NPS", "8", DAY));
        assertThat(feed.news(promoters)).isEmpty();
        facts.apply(answer(Ids.next(), person, "NPS", "9", DAY.plusSeconds(1)));
        assertThat(feed.news(promoters)).containsExactly(Map.entry("entered", List.of(person.toString())));
        facts.apply(answer(Ids.next(), person, "NPS", "2", DAY.plusSeconds(2)));
        assertThat(feed.news(promoters)).containsExactly(Map.entry("left", List.of(person.toString())));
    }

    @Test
    @DisplayName("G1, G15: advocates are the loyal whose last word is 9 or 10")
    void g15AdvocatesInTheLoyaltyFunnel() {
        Map<String, Long> before = funnel();
        UUID loyal = buyer(4, "9");
        buyer(4, "8");
        buyer(4, null);
        buyer(3, "10");
        buyer(0, "10");
        // Said after the period: not known at its end.
        facts.apply(answer(Ids.next(), loyal, "NPS", "0", Instant.parse("2014-01-01T00:00:00Z")));
        Map<String, Long> after = funnel();
        assertThat(more("ADVOCATE", before, after)).isOne();
        assertThat(more("LOYAL", before, after)).isEqualTo(2);
        assertThat(more("REPEAT", before, after)).isOne();
        assertThat(more("reached", before, after)).isOne();
        assertThat(more("of", before, after)).as("of the loyal").isEqualTo(3);
        assertThat(more("answered", before, after)).isEqualTo(2);
    }

    @Test
    @DisplayName("C11: answers go over to who stays, come back, and are gone with who is erased")
    void c11FollowsMergesAndErasures() {
        UUID stays = Ids.next();
        facts.apply(customer(stays, DAY, source), answer(Ids.next(), stays, "NPS", "1", DAY));
        facts.apply(answer(Ids.next(), person, "NPS", "10", DAY.plusSeconds(1)));
        UUID merge = Ids.next();
        facts.apply(FactFixtures.merge("customer.merged", merge, person, stays));
        metrics(stays).body("feedback[0].score", equalTo(10));
        facts.apply(customer(person, DAY, source), FactFixtures.merge("customer.unmerged", merge, person, stays));
        metrics(stays).body("feedback[0].score", equalTo(1));
        metrics(person).body("feedback[0].score", equalTo(10));
        facts.apply(FactFixtures.event(
                "customer.erased",
                person,
                com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
                        .objectNode()
                        .put("customerId", person.toString())));
        facts.apply(answer(Ids.next(), person, "NPS", "5", DAY));
        for (String table : List.of("feedback_fact", "customer_feedback")) {
            assertThat(pool.preparedQuery("select count(*) from " + table + " where customer_id = $1")
                            .execute(Params.of(person))
                            .await()
                            .indefinitely()
                            .iterator()
                            .next()
                            .getLong(0))
                    .as(table)
                    .isZero();
        }
    }

    private static long more(String what, Map<String, Long> before, Map<String, Long> after) {
        return after.getOrDefault(what, 0L) - before.getOrDefault(what, 0L);
    }

    private UUID buyer(int orders, @Nullable String nps) {
        UUID id = Ids.next();
        Instant at = Instant.parse("2013-03-01T10:00:00Z");
        facts.apply(customer(id, at, source));
        for (int i = 0; i < orders; i++) {
            facts.order(id, at.plusSeconds(86_400L * i), 100);
        }
        if (nps != null) {
            facts.apply(answer(Ids.next(), id, "NPS", nps, at));
        }
        return id;
    }

    private static Map<String, Long> funnel() {
        JsonPath report = TestTokens.as(Roles.ANALYST)
                .get(FUNNEL)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        String level = "levels.find { it.level == '%s' }.";
        return Map.of(
                "ADVOCATE", report.getLong(level.formatted("ADVOCATE") + "customers"),
                "LOYAL", report.getLong(level.formatted("LOYAL") + "customers"),
                "REPEAT", report.getLong(level.formatted("REPEAT") + "customers"),
                "reached", report.getLong(level.formatted("ADVOCATE") + "reached.count"),
                "of", report.getLong(level.formatted("ADVOCATE") + "reached.of"),
                "answered", report.getLong(level.formatted("ADVOCATE") + "answered"));
    }

    private static ValidatableResponse metrics(UUID customer) {
        return TestTokens.as(Roles.SALES)
                .get("/api/v1/customer-metrics/" + customer)
                .then()
                .statusCode(200);
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
}
