package io.snowball.customer.loyalty;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.loyalty.Programme.available;
import static io.snowball.customer.loyalty.Programme.end;
import static io.snowball.customer.loyalty.Programme.get;
import static io.snowball.customer.loyalty.Programme.line;
import static io.snowball.customer.loyalty.Programme.order;
import static io.snowball.customer.loyalty.Programme.post;
import static io.snowball.customer.loyalty.Programme.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.customer.Shop;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules, what they give for registrations and events (C18), and what the programme gave in all. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class LoyaltyRuleTest {
    @Inject
    Shop shop;

    @Inject
    Programme programme;

    private final List<UUID> rules = new ArrayList<>();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final String name = unique("o");
    private UUID customer = Ids.next();

    @BeforeEach
    void somebody() {
        customer = Shop.customer(unique("c"));
    }

    @AfterEach
    void endRules() {
        rules.forEach(Programme::end);
    }

    private UUID kept(UUID rule) {
        rules.add(rule);
        return rule;
    }

    @Test
    @DisplayName("C18: points for registration and for an installed app, once")
    void c18EventsAndRegistrationGiveOnce() {
        UUID install = kept(rule(
                "\"trigger\":\"EVENT\",\"eventType\":\"app_install\",\"award\":\"FIXED\",\"value\":30,\"maxTimes\":1"));
        UUID registration = kept(rule("\"trigger\":\"REGISTRATION\",\"award\":\"FIXED\",\"value\":20"));
        UUID newcomer = Shop.customer(unique("c"));
        for (int i = 0; i < 2; i++) {
            for (String id : List.of("a", "b")) {
                TestTokens.as(Roles.PARTNER)
                        .contentType(ContentType.JSON)
                        .body(
                                "{\"items\":[{\"id\":\"%s\",\"type\":\"app_install\",\"occurredAt\":\"%s\",\"customerId\":\"%s\"}]}"
                                        .formatted(name + id, Instant.now(), newcomer))
                        .post("/api/v1/events/batches")
                        .then()
                        .statusCode(200);
            }
            programme.catchUp();
        }
        assertThat(shop.count(
                        "select sum(points)::bigint from loyalty_accrual where customer_id = $1 and rule_id = $2",
                        newcomer,
                        install))
                .isEqualTo(30);
        assertThat(shop.count(
                        "select sum(points)::bigint from loyalty_accrual where customer_id = $1 and rule_id = $2",
                        newcomer,
                        registration))
                .isEqualTo(20);
        assertThat(available(newcomer)).isEqualTo(50);
    }

    @Test
    @DisplayName("B12: what the programme gave and what of it was bought, by rule and in all")
    void b12TellsWhatTheProgrammeGave() {
        Programme.Goods goods = Programme.Goods.stock();
        UUID rule = kept(goods.rule("\"award\":\"PERCENT\",\"value\":10"));
        order(customer, name, "PAID", now, line(goods.sku(), 1, 1000));
        programme.catchUp();
        Response figures = get("loyalty-figures?from=2026-01-01T00:00:00Z&to=2100-01-01T00:00:00Z");
        figures.then()
                .statusCode(200)
                .body("given", greaterThanOrEqualTo(100))
                .body("rules.find { it.ruleId == '" + rule + "' }.given", equalTo(100))
                .body("rules.find { it.ruleId == '" + rule + "' }.customers", equalTo(1))
                .body("rules.find { it.ruleId == '" + rule + "' }.turnover", equalTo(1000.00f));
        get("loyalty-figures?from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z")
                .then()
                .statusCode(400);
        get("loyalty-rules?limit=1").then().statusCode(200).body("items", hasSize(1));
        end(rule);
        rules.remove(rule);
        post("loyalty-rules/" + rule + "/ends", "{}").then().statusCode(409);
    }

    @Test
    @DisplayName(
            "B13: a game gives points for each level passed, for its weeks, and tells who played, what it cost and brought")
    void b13AGameGivesPointsAndTellsWhatItBrought() {
        String level = unique("game").replaceAll("[^a-z0-9]", "_");
        TestTokens.as(Roles.MARKETER)
                .contentType(ContentType.JSON)
                .body("{\"fields\":[{\"name\":\"level\",\"type\":\"NUMBER\",\"required\":true}],\"retentionDays\":90}")
                .put("/api/v1/event-types/" + level)
                .then()
                .statusCode(200);
        UUID game = kept(rule(
                "\"trigger\":\"EVENT\",\"eventType\":\"%s\",\"award\":\"FIXED\",\"value\":10,\"maxTimes\":2,\"validTo\":\"%s\""
                        .formatted(level, now.plus(35, ChronoUnit.DAYS))));
        UUID friend = Shop.customer(unique("c"));
        for (int passed = 1; passed <= 3; passed++) {
            for (UUID player : List.of(customer, friend)) {
                TestTokens.as(Roles.PARTNER)
                        .contentType(ContentType.JSON)
                        .body(
                                "{\"items\":[{\"id\":\"%s\",\"type\":\"%s\",\"occurredAt\":\"%s\",\"customerId\":\"%s\",\"properties\":{\"level\":%d}}]}"
                                        .formatted(unique("e"), level, Instant.now(), player, passed))
                        .post("/api/v1/events/batches")
                        .then()
                        .body("items[0].outcome", equalTo("ACCEPTED"));
            }
        }
        programme.catchUp();
        assertThat(available(customer)).isEqualTo(20);
        assertThat(shop.events(customer, "loyalty.changed")).hasSize(2);
        get("loyalty-figures?from=2026-01-01T00:00:00Z&to=2100-01-01T00:00:00Z")
                .then()
                .body("rules.find { it.ruleId == '" + game + "' }.customers", equalTo(2))
                .body("rules.find { it.ruleId == '" + game + "' }.times", equalTo(4))
                .body("rules.find { it.ruleId == '" + game + "' }.given", equalTo(40));
    }

    @Test
    void refusesRulesThatMeanNothing() {
        for (String wrong : List.of(
                "\"trigger\":\"EVENT\",\"award\":\"FIXED\",\"value\":1",
                "\"trigger\":\"REGISTRATION\",\"award\":\"PERCENT\",\"value\":1",
                "\"trigger\":\"PURCHASE\",\"award\":\"PERCENT\",\"value\":101",
                "\"trigger\":\"PURCHASE\",\"award\":\"FIXED\",\"value\":0.5",
                "\"trigger\":\"PURCHASE\",\"award\":\"PERCENT\",\"value\":0.00001",
                "\"trigger\":\"PURCHASE\",\"award\":\"PERCENT\",\"value\":1e999999999",
                "\"trigger\":\"PURCHASE\",\"award\":\"FIXED\",\"value\":1,\"invitedPoints\":5",
                "\"trigger\":\"REFERRAL\",\"award\":\"FIXED\",\"value\":1,\"firstPurchases\":5",
                "\"trigger\":\"PURCHASE\",\"award\":\"FIXED\",\"value\":1,\"validFrom\":\"2026-01-02T00:00:00Z\",\"validTo\":\"2026-01-01T00:00:00Z\"")) {
            post("loyalty-rules", "{\"name\":\"x\",%s}".formatted(wrong)).then().statusCode(400);
        }
        post("loyalty-rules", "{}", Roles.ANALYST).then().statusCode(403);
        get("loyalty-rules/" + Ids.next()).then().statusCode(404);
    }
}
