package io.snowball.segmentation.fact;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.snowball.segmentation.TestClock;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A1, H11: how customers answer what is sent to them")
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class CampaignFeedTest {
    private static final Instant DAY = Instant.parse("2026-06-01T10:00:00Z");

    @Inject
    FactFixtures facts;

    @Inject
    TestClock clock;

    @BeforeEach
    void atNoon() {
        clock.set(TestClock.NOON);
    }

    @Test
    void countsOpensClicksAndWhatWasLeftUnansweredInARow() {
        UUID customer = facts.customer();
        UUID first = sent(customer, "EMAIL", 0);
        UUID second = sent(customer, "EMAIL", 1);
        metrics(customer).body("engagement.sent", equalTo(2)).body("engagement.unansweredInARow", equalTo(2));

        facts.applyMessages(FactFixtures.message(first, customer, "EMAIL", "OPENED", DAY.plusSeconds(500)));
        metrics(customer)
                .body("engagement.opened", equalTo(1))
                .body("engagement.unansweredInARow", equalTo(1))
                .body("engagement.lastAnsweredAt", equalTo("2026-06-01T10:08:20Z"));

        facts.applyMessages(FactFixtures.message(second, customer, "EMAIL", "CLICKED", DAY.plusSeconds(600)));
        sent(customer, "SMS", 2);
        metrics(customer)
                .body("engagement.opened", equalTo(2))
                .body("engagement.clicked", equalTo(1))
                .body("engagement.unansweredInARow", equalTo(1))
                .body("engagement.channels.channel", equalTo(List.of("EMAIL", "SMS")))
                .body("engagement.channels[0].opened", equalTo(2));
    }

    @Test
    void takesNewsOfAMessageInAnyOrderAndTwice() {
        UUID customer = facts.customer();
        UUID message = Ids.next();
        var clicked = FactFixtures.message(message, customer, "EMAIL", "CLICKED", DAY.plusSeconds(60));
        var sent = FactFixtures.message(message, customer, "EMAIL", "SENT", DAY);
        facts.applyMessages(clicked);
        facts.applyMessages(sent, clicked, sent);
        metrics(customer)
                .body("engagement.sent", equalTo(1))
                .body("engagement.opened", equalTo(1))
                .body("engagement.clicked", equalTo(1))
                .body("engagement.lastSentAt", equalTo("2026-06-01T10:00:00Z"));
    }

    @Test
    void countsAllOfWhatWasSentInOneGo() {
        UUID first = facts.customer();
        UUID second = facts.customer();
        facts.applyMessages(FactFixtures.sent(List.of(Ids.next(), Ids.next()), List.of(first, second), "EMAIL", DAY));
        metrics(first).body("engagement.sent", equalTo(1));
        metrics(second)
                .body("engagement.sent", equalTo(1))
                .body("engagement.lastSentAt", equalTo("2026-06-01T10:00:00Z"));
    }

    @Test
    void countsOnWhoAnsweredNothingAndAnewWhoDid() {
        UUID silent = facts.customer();
        UUID answered = facts.customer();
        UUID opened = sent(answered, "EMAIL", 3);
        facts.applyMessages(FactFixtures.message(opened, answered, "EMAIL", "OPENED", DAY.plusSeconds(20_000)));
        List<UUID> both = List.of(silent, answered);
        facts.applyMessages(
                FactFixtures.sent(List.of(Ids.next(), Ids.next()), both, "EMAIL", DAY),
                FactFixtures.sent(List.of(Ids.next(), Ids.next()), both, "SMS", DAY.plusSeconds(60)));
        // An older one than what was opened, and newer ones.
        facts.applyMessages(FactFixtures.sent(List.of(Ids.next(), Ids.next()), both, "EMAIL", DAY.plusSeconds(90_000)));
        metrics(silent)
                .body("engagement.sent", equalTo(3))
                .body("engagement.unansweredInARow", equalTo(3))
                .body("engagement.lastSentAt", equalTo("2026-06-02T11:00:00Z"));
        metrics(answered)
                .body("engagement.sent", equalTo(4))
                .body("engagement.opened", equalTo(1))
                .body("engagement.unansweredInARow", equalTo(1));
    }

    @Test
    void leavesOutWhatBounced() {
        UUID customer = facts.customer();
        UUID message = sent(customer, "EMAIL", 0);
        facts.applyMessages(FactFixtures.message(message, customer, "EMAIL", "BOUNCED", DAY.plusSeconds(5)));
        metrics(customer)
                .body("engagement.sent", equalTo(0))
                .body("engagement.lastSentAt", nullValue())
                .body("engagement.channels", equalTo(List.of()));
    }

    @Test
    void passesOverStatesAndTypesItDoesNotKnow() {
        UUID customer = facts.customer();
        facts.applyMessages(
                FactFixtures.message(Ids.next(), customer, "EMAIL", "PRAISED", DAY),
                FactFixtures.order(Ids.next(), customer, DAY, "PAID", 1, 1));
        metrics(customer).body("engagement.sent", equalTo(0)).body("orders", equalTo(0));
    }

    private UUID sent(UUID customer, String channel, int hours) {
        UUID message = Ids.next();
        facts.applyMessages(FactFixtures.message(message, customer, channel, "SENT", DAY.plusSeconds(3600L * hours)));
        return message;
    }

    private static ValidatableResponse metrics(UUID customer) {
        return TestTokens.as(Roles.SALES)
                .get("/api/v1/customer-metrics/" + customer)
                .then()
                .statusCode(200);
    }
}
