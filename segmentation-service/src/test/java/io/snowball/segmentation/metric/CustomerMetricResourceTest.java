package io.snowball.segmentation.metric;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("M2, M5, M6, M7 of one customer")
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class CustomerMetricResourceTest {
    private static final Instant DAY = Instant.parse("2026-06-01T18:30:00Z");

    @Inject
    FactFixtures facts;

    @Inject
    TestClock clock;

    @BeforeEach
    void atNoon() {
        clock.set(TestClock.NOON);
    }

    @Test
    void tellsBillIntervalAndRealisedValue() {
        UUID customer = facts.customer();
        facts.order(customer, DAY, 10_000);
        metrics(customer).body("averageIntervalDays", nullValue()).body("averageBill", equalTo(100.00f));
        facts.order(customer, DAY.minus(Duration.ofDays(3)), 5_000);
        facts.order(customer, DAY.minus(Duration.ofDays(7)), 5_001);
        metrics(customer)
                .body("averageBill", equalTo(66.67f))
                .body("averageIntervalDays", equalTo(3.5f))
                .body("realisedCltv", equalTo(200.01f))
                .body("lifetimeDays", equalTo(20));
    }

    @Test
    void endsALifeWithTheLastOrderOnceTheCustomerIsLost() {
        UUID customer = facts.customer();
        facts.order(customer, TestClock.NOON.minus(Duration.ofDays(5000)), 1);
        facts.order(customer, TestClock.NOON.minus(Duration.ofDays(4000)), 1);
        metrics(customer).body("lifetimeDays", equalTo(1000));
    }

    /** By the customer's clock: 18:30 UTC is 21 in Moscow and 0 in Omsk. */
    @Test
    void findsTheHourInWhichMostOrdersAreMade() {
        UUID moscow = facts.customer();
        metrics(moscow).body("favouriteHour", nullValue());
        facts.order(moscow, DAY, 1);
        facts.order(moscow, DAY.minus(Duration.ofDays(1)), 1);
        facts.order(moscow, DAY.minus(Duration.ofHours(5)), 1);
        metrics(moscow).body("favouriteHour", equalTo(21));

        UUID omsk = Ids.next();
        FeedEvent event = FactFixtures.customer(omsk, DAY, null);
        ((ObjectNode) event.data()).put("timeZone", "Asia/Omsk");
        facts.apply(event);
        facts.order(omsk, DAY, 1);
        metrics(omsk).body("favouriteHour", equalTo(0));
    }

    @Test
    void countsWhatCameBackInWholeOrInPart() {
        UUID customer = facts.customer();
        UUID order = facts.order(customer, DAY, 10_000);
        FeedEvent partly = FactFixtures.order(order, customer, DAY, "PARTLY_RETURNED", 7_000, 2);
        ((ObjectNode) partly.data()).put("returned", 3_000);
        facts.apply(partly, FactFixtures.order(Ids.next(), customer, DAY, "RETURNED", 2_000, 1));
        metrics(customer)
                .body("orders", equalTo(1))
                .body("revenue", equalTo(70.00f))
                .body("returns", equalTo(2))
                .body("returnedAmount", equalTo(50.00f));
    }

    @Test
    void namesTheCategoryOfMostOrdersAndForgetsLinesOfWhatWasCancelled() {
        UUID customer = facts.customer();
        facts.apply(
                withLine(FactFixtures.order(Ids.next(), customer, DAY, "PAID", 1, 1), "Обувь"),
                withLine(FactFixtures.order(Ids.next(), customer, DAY.minusSeconds(9), "PAID", 1, 1), "Обувь"));
        UUID hat = Ids.next();
        facts.apply(withLine(FactFixtures.order(hat, customer, DAY.plusSeconds(9), "PAID", 1, 1), "Шляпы"));
        metrics(customer).body("favouriteCategory", equalTo("Обувь"));

        UUID other = facts.customer();
        facts.apply(withLine(FactFixtures.order(hat, other, DAY, "PAID", 1, 2), "Шляпы"));
        metrics(other).body("favouriteCategory", equalTo("Шляпы"));
        facts.apply(withLine(FactFixtures.order(hat, other, DAY, "CANCELLED", 1, 3), "Шляпы"));
        metrics(other).body("favouriteCategory", nullValue());
    }

    /** Half of the letters against all of the texts; a bounced message was never received. */
    @Test
    void namesTheChannelThatIsAnsweredBest() {
        UUID customer = facts.customer();
        metrics(customer).body("engagement.favouriteChannel", nullValue());
        facts.applyMessages(
                FactFixtures.message(Ids.next(), customer, "EMAIL", "SENT", DAY),
                FactFixtures.message(Ids.next(), customer, "PUSH", "BOUNCED", DAY));
        metrics(customer).body("engagement.favouriteChannel", nullValue());
        facts.applyMessages(
                FactFixtures.message(Ids.next(), customer, "EMAIL", "OPENED", DAY),
                FactFixtures.message(Ids.next(), customer, "SMS", "CLICKED", DAY));
        metrics(customer)
                .body("engagement.favouriteChannel", equalTo("SMS"))
                .body("engagement.channels.channel", equalTo(List.of("SMS", "EMAIL")));
    }

    private static FeedEvent withLine(FeedEvent order, String category) {
        ((ObjectNode) order.data())
                .withArray("lines")
                .addObject()
                .put("sku", "X-1")
                .put("category", category)
                .put("quantity", 1)
                .put("amount", 1);
        ((ObjectNode) order.data()).withArray("lines").addObject().put("nonsense", true);
        return order;
    }

    private static ValidatableResponse metrics(UUID customer) {
        return TestTokens.as(Roles.SALES)
                .get("/api/v1/customer-metrics/" + customer)
                .then()
                .statusCode(200);
    }
}
