package io.snowball.segmentation.segment;

import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.snowball.segmentation.TestClock;
import io.snowball.segmentation.fact.FactFixtures;
import io.snowball.segmentation.fact.FakeCustomerService;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who customers are, as far as siblings may know. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class ProfileRuleTest {
    @Inject
    FactFixtures facts;

    @Inject
    TestClock clock;

    private final String source = "src-" + Ids.next();
    private final UUID person = Ids.next();

    @BeforeEach
    void aMother() {
        clock.set(TestClock.NOON);
        changed(person, data -> {
            data.put("region", "Москва").put("preferredChannel", "PUSH").put("birthYear", 1990);
            data.putObject("device").put("os", "iOS");
            data.putObject("utm").put("campaign", "spring");
            data.putArray("childBirthYears").add(2018).add(2024);
            data.putObject("attributes")
                    .put("shoe_size", 38.5)
                    .put("club", true)
                    .put("favourite_brand", "north")
                    .put("wedding_on", "2015-07-01");
        });
        changed(Ids.next(), _ -> {});
    }

    @Test
    @DisplayName("G5, H1: who and where, device, and where somebody came from")
    void g05WhoAndWhere() {
        one("{\"type\": \"attribute\", \"attribute\": \"REGION\", \"in\": [\"Москва\"]}");
        one("{\"type\": \"attribute\", \"attribute\": \"OS\", \"in\": [\"iOS\", \"Android\"]}");
        one("{\"type\": \"attribute\", \"attribute\": \"UTM_CAMPAIGN\", \"in\": [\"spring\"]}");
        one("{\"type\": \"attribute\", \"attribute\": \"PREFERRED_CHANNEL\", \"in\": [\"PUSH\"]}");
        // What is not known is none of the values, and its negation holds.
        one(
                "{\"type\": \"not\", \"rule\": {\"type\": \"attribute\", \"attribute\": \"REGION\", \"in\": [\"Москва\"]}}");
    }

    @Test
    @DisplayName("G7: needs by the age of children")
    void g07AgeOfChildren() {
        one("{\"type\": \"birthYear\", \"of\": \"CHILD\", \"from\": 2023, \"to\": 2025}");
        none("{\"type\": \"birthYear\", \"of\": \"CHILD\", \"from\": 2019, \"to\": 2023}");
        one("{\"type\": \"birthYear\", \"of\": \"CUSTOMER\", \"to\": 1990}");
        none("{\"type\": \"birthYear\", \"of\": \"CUSTOMER\", \"from\": 1991}");
        preview("{\"type\": \"birthYear\", \"of\": \"CHILD\"}").statusCode(400);
    }

    @Test
    @DisplayName("G5: attributes that the company declares, by their types")
    void g05DeclaredAttributes() {
        one("""
                {"type": "customAttribute", "is": {"type": "NUMBER", "property": "shoe_size", "op": "GREATER", "value": 38}}""");
        one("""
                {"type": "customAttribute", "is": {"type": "BOOLEAN", "property": "club", "is": true}}""");
        one("""
                {"type": "customAttribute", "is": {"type": "CODE", "property": "favourite_brand", "in": ["north"]}}""");
        one("""
                {"type": "customAttribute", "is": {"type": "TIME", "property": "wedding_on", "before": "2015-07-01T00:00:01Z"}}""");
        none("""
                {"type": "customAttribute", "is": {"type": "TIME", "property": "wedding_on", "before": "2015-07-01T00:00:00Z"}}""");
        none("""
                {"type": "customAttribute", "is": {"type": "TIME", "property": "favourite_brand", "before": "2100-01-01T00:00:00Z"}}""");
        changed(person, _ -> {});
        none("""
                {"type": "customAttribute", "is": {"type": "BOOLEAN", "property": "club", "is": true}}""");
    }

    private void changed(UUID customer, Consumer<ObjectNode> details) {
        FeedEvent event = FactFixtures.customer(customer, TestClock.NOON, source);
        details.accept((ObjectNode) event.data());
        facts.apply(event);
    }

    private void one(String rule) {
        preview(rule).statusCode(200).body("count", equalTo(1));
    }

    private void none(String rule) {
        preview(rule).statusCode(200).body("count", equalTo(0));
    }

    private ValidatableResponse preview(String rule) {
        return TestTokens.as(Roles.MARKETER)
                .contentType("application/json; charset=UTF-8")
                .body("""
                        {"rule": {"type": "all", "rules": [
                          {"type": "attribute", "attribute": "SOURCE", "in": ["%s"]}, %s]}}""".formatted(source, rule))
                .post("/api/v1/segment-previews")
                .then();
    }
}
