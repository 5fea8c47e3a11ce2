package io.snowball.segmentation.segment;

import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.snowball.segmentation.TestClock;
import io.snowball.segmentation.fact.FactFixtures;
import io.snowball.segmentation.fact.FakeCustomerService;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of a rule that would be SQL: each is a text like others, and finds whose text it is. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class HostileRuleTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    FactFixtures facts;

    @Inject
    TestClock clock;

    @BeforeEach
    void atNoon() {
        clock.set(TestClock.NOON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'; drop table segment; --",
                "' or '1'='1",
                "$1",
                "%1$s %n",
                "\\'; select pg_sleep(60); --",
                "{\"a\"}, \"b\"}",
                "\u02bc\uff07 or true --"
            })
    @DisplayName("A rule that would inject SQL finds who has that very text, and nobody else")
    void aRuleThatWouldInjectSql(String text) {
        String hostile = text + Ids.next();
        UUID theirs = Ids.next();
        facts.apply(FactFixtures.customer(theirs, TestClock.NOON.minus(Duration.ofDays(9)), hostile));
        facts.apply(FactFixtures.customer(Ids.next(), TestClock.NOON.minus(Duration.ofDays(9)), "other"));
        FeedEvent order =
                FactFixtures.order(Ids.next(), theirs, TestClock.NOON.minus(Duration.ofDays(1)), "PAID", 1, 1);
        ((ObjectNode) order.data())
                .putArray("lines")
                .addObject()
                .put("sku", hostile)
                .put("category", hostile)
                .put("quantity", 1)
                .put("amount", 1);
        facts.apply(order, FactFixtures.done(Ids.next(), theirs, hostile, TestClock.NOON.minus(Duration.ofHours(1))));
        ObjectNode rule = JSON.createObjectNode().put("type", "all");
        ArrayNode rules = rule.putArray("rules");
        ObjectNode source = rules.addObject().put("type", "attribute").put("attribute", "SOURCE");
        source.putArray("in").add(hostile);
        ObjectNode products = rules.addObject()
                .put("type", "products")
                .put("aggregate", "ORDERS")
                .put("op", "GREATER")
                .put("value", 0);
        products.putArray("skus").add(hostile);
        ObjectNode categories = rules.addObject()
                .put("type", "products")
                .put("aggregate", "ORDERS")
                .put("op", "GREATER")
                .put("value", 0);
        categories.putArray("categories").add(hostile);
        ObjectNode events =
                rules.addObject().put("type", "events").put("op", "GREATER").put("value", 0);
        events.putArray("types").add(hostile);
        for (String one : new String[] {rule.toString(), source.toString(), products.toString(), events.toString()}) {
            preview(one, 1);
        }
        preview("{\"type\": \"all\", \"rules\": [%s, {\"type\": \"not\", \"rule\": %s}]}".formatted(source, source), 0);
    }

    private static void preview(String rule, int count) {
        TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .body("{\"rule\": " + rule + "}")
                .post("/api/v1/segment-previews")
                .then()
                .statusCode(200)
                .body("count", equalTo(count));
    }
}
