package io.snowball.customer.loyalty;

import static io.snowball.customer.Shop.unique;
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
import io.snowball.customer.Shop;
import io.snowball.platform.testkit.TestDatabase;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What rules give besides points: B4. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class GiftTest {
    @Inject
    Shop shop;

    @Inject
    Programme programme;

    private final List<UUID> rules = new ArrayList<>();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @AfterEach
    void endRules() {
        rules.forEach(Programme::end);
    }

    @Test
    @DisplayName(
            "B4: a guide for registering, a discount for a purchase: given once, told, shown, taken back with the order")
    void b04GivesThingsMaterialAndNot() {
        Programme.Goods goods = Programme.Goods.stock();
        UUID discount = goods.rule(
                "\"award\":\"GIFT\",\"value\":1,\"maxTimes\":1,\"gift\":{\"kind\":\"DISCOUNT\",\"code\":\"next-10\"}");
        rules.add(discount);
        UUID guide = rule(
                "\"trigger\":\"REGISTRATION\",\"award\":\"GIFT\",\"value\":1,\"gift\":{\"kind\":\"GUIDE\",\"code\":\"dry-skin\"}");
        rules.add(guide);
        UUID customer = Shop.customer(unique("c"));
        String name = unique("o");
        order(customer, name, "PAID", now, line(goods.sku(), 1, 1000));
        order(customer, unique("o"), "PAID", now, line(goods.sku(), 1, 1000));
        programme.catchUp();
        programme.catchUp();
        assertThat(get("customers/" + customer + "/gifts").jsonPath().getList("items.gift.code", String.class))
                .containsExactlyInAnyOrder("next-10", "dry-skin");
        assertThat(available(customer)).isZero();
        assertThat(shop.events(customer, "loyalty.changed"))
                .hasSize(2)
                .anyMatch(told -> told.contains("\"change\": \"GIFT\"")
                        && told.contains("\"giftKind\": \"GUIDE\"")
                        && told.contains("\"gift\": \"dry-skin\""));
        get("loyalty-rules/" + guide).then().body("gift.kind", equalTo("GUIDE"));

        order(customer, name, "CANCELLED", now, line(goods.sku(), 1, 1000));
        programme.catchUp();
        assertThat(shop.events(customer, "loyalty.changed").getLast()).contains("GIFT_TAKEN_BACK", "next-10");
        get("customers/" + customer + "/gifts").then().body("items.gift.code", equalTo(List.of("dry-skin")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"award\":\"GIFT\",\"value\":1",
                "\"award\":\"FIXED\",\"value\":1,\"gift\":{\"kind\":\"GUIDE\",\"code\":\"x\"}",
                "\"award\":\"GIFT\",\"value\":2,\"gift\":{\"kind\":\"GUIDE\",\"code\":\"x\"}",
                "\"award\":\"GIFT\",\"value\":1,\"maxPoints\":5,\"gift\":{\"kind\":\"GUIDE\",\"code\":\"x\"}",
                "\"award\":\"GIFT\",\"value\":1,\"gift\":{\"kind\":\"GUIDE\",\"code\":\"with blanks\"}"
            })
    void b04RefusesGiftsThatMeanNothing(String wrong) {
        post("loyalty-rules", "{\"name\":\"x\",\"trigger\":\"PURCHASE\",%s}".formatted(wrong))
                .then()
                .statusCode(400);
    }
}
