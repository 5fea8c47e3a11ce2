package io.snowball.segmentation.fact;

import static io.snowball.segmentation.fact.FactFixtures.blocking;
import static io.snowball.segmentation.fact.FactFixtures.consent;
import static io.snowball.segmentation.fact.FactFixtures.customer;
import static io.snowball.segmentation.fact.FactFixtures.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
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

/** r10: a marketer finds by a rule whom to ask anew, and who has answered leaves by themselves. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class LegacyConsentRuleTest {
    private static final Instant DAY = Instant.parse("2026-06-01T10:00:00Z");

    @Inject
    FactFixtures facts;

    @Inject
    TestClock clock;

    @Inject
    Pool pool;

    private final String source = "src-" + Ids.next();
    private final UUID old = Ids.next();
    private final UUID other = Ids.next();

    @BeforeEach
    void twoCustomers() {
        clock.set(TestClock.NOON);
        facts.apply(customer(old, DAY, source), customer(other, DAY, source));
    }

    @Test
    @DisplayName("r10: a consent from inside another document puts into the segment, any later word about it takes out")
    void r10WhoAnswersLeaves() {
        facts.applyConsents(
                consent(old, "EMAIL", "GIVEN", true),
                consent(other, "EMAIL", "GIVEN", false),
                consent(other, "SMS", "WITHDRAWN", true));
        String email = segment(rule("\"purpose\": \"marketing\", \"channel\": \"EMAIL\""));
        String any = segment(rule(""));
        String none = segment(rule("\"consentType\": \"PD_PROCESSING\""));
        String allBut =
                segment("{\"type\": \"not\", \"rule\": {\"type\": \"segment\", \"segmentId\": \"" + email + "\"}}");
        assertThat(members(email)).containsExactly(old.toString());
        assertThat(members(none)).isEmpty();

        SegmentFeed feed = new SegmentFeed();
        SegmentFeed ofDependent = new SegmentFeed();
        facts.applyConsents(consent(old, "SMS", "GIVEN", true));
        assertThat(members(any)).containsExactly(old.toString());
        facts.applyConsents(consent(old, "EMAIL", "GIVEN", false));
        assertThat(members(email)).isEmpty();
        assertThat(members(any)).containsExactly(old.toString());
        assertThat(feed.news(email)).containsExactly(Map.entry("left", List.of(old.toString())));
        assertThat(ofDependent.news(allBut)).containsExactly(Map.entry("entered", List.of(old.toString())));
        facts.applyConsents(consent(old, "SMS", "EXPIRED", true));
        assertThat(members(any)).isEmpty();
    }

    @Test
    @DisplayName("r10, r24, r27: who is blocked is not found; of who was destroyed nothing comes back")
    void r10NobodyBlockedOrDestroyed() {
        String segment = segment(rule(""));
        facts.applyConsents(consent(old, "EMAIL", "GIVEN", true), blocking(old, "*"));
        assertThat(members(segment)).isEmpty();
        preview(0);
        facts.applyConsents(blocking(old));
        assertThat(members(segment)).containsExactly(old.toString());
        preview(1);

        facts.applyConsents(
                event(
                        "destruction.ordered",
                        old,
                        JsonNodeFactory.instance.objectNode().put("customerId", old.toString())),
                consent(old, "SMS", "GIVEN", true));
        assertThat(members(segment)).isEmpty();
        assertThat(pool.preparedQuery("select count(*) from legacy_consent where customer_id = $1")
                        .execute(Params.of(old))
                        .await()
                        .indefinitely()
                        .iterator()
                        .next()
                        .getLong(0))
                .isZero();
    }

    @Test
    @DisplayName("r10: an empty code is refused, with the place")
    void r10AnEmptyCodeIsRefused() {
        TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .body("{\"rule\": " + "{\"type\": \"legacyConsent\", \"channel\": \"\"}" + "}")
                .post("/api/v1/segment-previews")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/rule/channel"));
    }

    /** Only of this test's customers. */
    private String rule(String fields) {
        return "{\"type\": \"all\", \"rules\": [{\"type\": \"attribute\", \"attribute\": \"SOURCE\", \"in\": [\""
                + source + "\"]}, {\"type\": \"legacyConsent\"" + (fields.isEmpty() ? "" : ", " + fields) + "}]}";
    }

    private void preview(int count) {
        TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .body("{\"rule\": " + rule("") + "}")
                .post("/api/v1/segment-previews")
                .then()
                .statusCode(200)
                .body("count", equalTo(count));
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
                .get("/api/v1/segments/" + segment + "/members")
                .then()
                .statusCode(200)
                .extract()
                .path("items");
    }
}
