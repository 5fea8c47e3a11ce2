package io.snowball.customer.level;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.loyalty.Programme.get;
import static io.snowball.customer.loyalty.Programme.order;
import static io.snowball.customer.loyalty.Programme.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.customer.Shop;
import io.snowball.customer.loyalty.Programme;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who is on which level (C21, C22). */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class LevelTest {
    @Inject
    Shop shop;

    @Inject
    Programme programme;

    @Inject
    LevelWorker worker;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final String name = unique("o");
    private UUID customer = Ids.next();

    @BeforeEach
    void somebody() {
        customer = Shop.customer(unique("c"));
    }

    @Test
    @DisplayName("C21, C22: levels rise with the purchase, fall on the clock, are told and kept as history")
    void c21C22LevelsRiseAndFall() {
        String level = unique("l");
        put(
                "loyalty-levels/" + level,
                "{\"name\":\"Top\",\"rank\":900,\"minSpent\":777000000,\"windowDays\":100,\"keepDays\":30}");
        try {
            order(customer, name, "PAID", now, "{\"sku\":\"x\",\"quantity\":1,\"price\":777000000}");
            programme.catchUp();
            get("customers/" + customer + "/loyalty-level").then().body("level", equalTo(level));
            review(now.plus(40, ChronoUnit.DAYS));
            get("customers/" + customer + "/loyalty-level").then().body("level", equalTo(level));
            review(now.plus(101, ChronoUnit.DAYS));
            get("customers/" + customer + "/loyalty-level").then().body("level", nullValue());
            get("customers/" + customer + "/loyalty-level/changes")
                    .then()
                    .statusCode(200)
                    .body("items", hasSize(2))
                    .body("items[0].previousLevel", equalTo(level))
                    .body("items[1].level", equalTo(level));
            assertThat(shop.events(customer, "loyalty.changed"))
                    .anyMatch(event ->
                            event.contains("\"change\": \"LEVEL\"") && event.contains("\"level\": \"" + level + "\""));
        } finally {
            TestTokens.as(Roles.ADMIN)
                    .delete("/api/v1/loyalty-levels/" + level)
                    .then()
                    .statusCode(204);
        }
        TestTokens.as(Roles.ADMIN)
                .delete("/api/v1/loyalty-levels/" + level)
                .then()
                .statusCode(404);
    }

    private void review(Instant at) {
        worker.review(at).await().indefinitely();
    }
}
