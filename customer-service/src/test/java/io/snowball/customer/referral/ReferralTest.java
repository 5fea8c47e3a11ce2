package io.snowball.customer.referral;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.loyalty.Programme.LONG_SINCE;
import static io.snowball.customer.loyalty.Programme.available;
import static io.snowball.customer.loyalty.Programme.get;
import static io.snowball.customer.loyalty.Programme.line;
import static io.snowball.customer.loyalty.Programme.order;
import static io.snowball.customer.loyalty.Programme.post;
import static io.snowball.customer.loyalty.Programme.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.snowball.customer.Shop;
import io.snowball.customer.loyalty.Programme;
import io.snowball.platform.id.Ids;
import io.snowball.platform.testkit.TestDatabase;
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

/** Who invited whom (G10). */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ReferralTest {
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
    @DisplayName("G10: both are rewarded after the first paid order; oneself and circles are refused")
    void g10ReferralsRewardBoth() {
        UUID rule = kept(
                rule(LONG_SINCE + ",\"trigger\":\"REFERRAL\",\"award\":\"FIXED\",\"value\":500,\"invitedPoints\":200"));
        UUID friend = Shop.customer(unique("c"));
        UUID third = Shop.customer(unique("c"));
        String mine = code(customer);
        refer(mine, customer).then().statusCode(409).body("type", equalTo("/problems/self-referral"));
        String referral = refer(mine, friend).then().statusCode(201).extract().path("id");
        refer(mine, friend).then().statusCode(409).body("type", equalTo("/problems/already-invited"));
        refer(code(friend), third).then().statusCode(201);
        refer(code(third), customer).then().statusCode(409).body("type", equalTo("/problems/referral-circle"));
        refer(code(friend), customer).then().statusCode(409).body("type", equalTo("/problems/referral-circle"));
        refer("NOBODYS99", third).then().statusCode(404);
        post("referral-codes", "{\"customerId\":\"%s\",\"code\":\"%s\"}".formatted(third, mine))
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/referral-code-taken"));

        order(friend, name, "CREATED", now, line("x", 1, 100));
        programme.catchUp();
        assertThat(available(customer)).isZero();
        order(friend, name, "PAID", now, line("x", 1, 100));
        order(friend, name + "2", "PAID", now, line("x", 1, 100));
        programme.catchUp();
        assertThat(programme.given(rule, customer)).isEqualTo(500);
        assertThat(available(customer)).isEqualTo(500);
        assertThat(available(friend)).isEqualTo(200);
        get("referrals/" + referral).then().body("state", equalTo("REWARDED"));
        get("referrals?inviterId=" + customer).then().body("items.id", equalTo(List.of(referral)));
        refer(code(third), friend).then().statusCode(409);

        order(friend, name, "RETURNED", now, line("x", 1, 100));
        order(friend, name + "2", "RETURNED", now, line("x", 1, 100));
        programme.catchUp();
        assertThat(available(customer) + available(friend)).isZero();
    }

    @Test
    @DisplayName("G9, G10: the feed tells who invited whom, and when it came to an order")
    void g10ReferralsAreToldOnTheFeed() {
        UUID friend = Shop.customer(unique("c"));
        String referral =
                refer(code(customer), friend).then().statusCode(201).extract().path("id");
        assertThat(told()).singleElement().satisfies(told -> {
            assertThat(told.getString("referralId")).isEqualTo(referral);
            assertThat(told.getString("customerId")).isEqualTo(customer.toString());
            assertThat(told.getString("invitedId")).isEqualTo(friend.toString());
            assertThat(told.getString("state")).isEqualTo("PENDING");
            assertThat(told.<Object>get("orderId")).isNull();
            assertThat(told.getString("invitedAt")).isEqualTo(told.getString("at"));
            assertThat(told.getInt("version")).isOne();
        });
        UUID order = order(friend, name, "PAID", now, line("x", 1, 100));
        programme.catchUp();
        programme.catchUp();
        assertThat(told()).hasSize(2).last().satisfies(told -> {
            assertThat(told.getString("state")).isEqualTo("REWARDED");
            assertThat(told.getString("orderId")).isEqualTo(order.toString());
            assertThat(told.getInt("version")).isEqualTo(2);
        });
    }

    private List<JsonPath> told() {
        return shop.events(customer, "referral.changed").stream()
                .map(JsonPath::new)
                .toList();
    }

    private static String code(UUID of) {
        return post("referral-codes", "{\"customerId\":\"%s\"}".formatted(of))
                .then()
                .statusCode(201)
                .extract()
                .path("code");
    }

    private static Response refer(String code, UUID invited) {
        return post("referrals", "{\"code\":\"%s\",\"customerId\":\"%s\"}".formatted(code, invited));
    }
}
