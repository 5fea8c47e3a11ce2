package io.snowball.customer.loyalty;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.loyalty.Programme.available;
import static io.snowball.customer.loyalty.Programme.get;
import static io.snowball.customer.loyalty.Programme.give;
import static io.snowball.customer.loyalty.Programme.line;
import static io.snowball.customer.loyalty.Programme.order;
import static io.snowball.customer.loyalty.Programme.post;
import static io.snowball.customer.loyalty.Programme.redeem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.customer.Rehearsal;
import io.snowball.customer.Shop;
import io.snowball.platform.id.Ids;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Points for purchases (B4, B9, B13, C22). */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AccrualTest {
    @Inject
    Shop shop;

    @Inject
    Programme programme;

    @Inject
    LoyaltyWorker worker;

    @Inject
    Pool pool;

    private final List<UUID> rules = new ArrayList<>();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final String name = unique("o");
    private UUID customer = Ids.next();
    private Programme.Goods goods = new Programme.Goods("", "");

    @BeforeEach
    void somebody() {
        customer = Shop.customer(unique("c"));
        goods = Programme.Goods.stock();
    }

    @AfterEach
    void endRules() {
        rules.forEach(Programme::end);
    }

    private UUID purchaseRule(String more) {
        UUID rule = goods.rule(more);
        rules.add(rule);
        return rule;
    }

    @Test
    @DisplayName("B4: 5 % back; told twice it is given once, changed it is adjusted, returned it is taken back")
    void b04APurchaseGivesOnceAndIsAdjusted() {
        UUID rule = purchaseRule("\"award\":\"PERCENT\",\"value\":5,\"lifetimeDays\":100");
        UUID order = order(customer, name, "PAID", now, line(goods.sku(), 2, 1000));
        order(customer, name, "PAID", now, line(goods.sku(), 2, 1000));
        programme.catchUp();
        programme.catchUp();
        assertThat(available(customer)).isEqualTo(100);
        order(customer, name, "PAID", now, line(goods.sku(), 3, 1000));
        programme.catchUp();
        assertThat(available(customer)).isEqualTo(150);
        post("orders/" + order + "/returns", """
                        {"externalId":"r","returnedAt":"%s","lines":[{"sku":"%s","quantity":1}]}
                        """.formatted(now, goods.sku()))
                .then()
                .statusCode(201);
        programme.catchUp();
        assertThat(available(customer)).isEqualTo(100);
        order(customer, name, "CANCELLED", now, line(goods.sku(), 3, 1000));
        programme.catchUp();
        assertThat(available(customer)).isZero();
        programme.checkBooks(customer);
        assertThat(shop.count("select count(*) from loyalty_accrual where rule_id = $1", rule))
                .isEqualTo(1);
        assertThat(shop.events(customer, "loyalty.changed"))
                .hasSize(4)
                .first()
                .asString()
                .contains("\"change\": \"ACCRUAL\"", "\"points\": 100", "\"available\": 100");
    }

    @Test
    void whatIsSpentAndTakenBackIsADebtThatTheNextPointsPay() {
        purchaseRule("\"award\":\"PERCENT\",\"value\":10");
        order(customer, name, "PAID", now, line(goods.sku(), 1, 1000));
        programme.catchUp();
        redeem(customer, 80, "x");
        order(customer, name, "RETURNED", now, line(goods.sku(), 1, 1000));
        programme.catchUp();
        get("customers/" + customer + "/points")
                .then()
                .body("available", equalTo(0))
                .body("debt", equalTo(80));
        give(customer, 100);
        get("customers/" + customer + "/points")
                .then()
                .body("available", equalTo(20))
                .body("debt", equalTo(0));
        programme.checkBooks(customer);
    }

    @Test
    void anOrderThatComesToNothingGivesBackWhatItWasPaidWith() {
        purchaseRule("\"award\":\"FIXED\",\"value\":1");
        give(customer, 100);
        redeem(customer, 60, name);
        order(customer, name, "PAID", now, line("other", 1, 1000));
        programme.catchUp();
        assertThat(available(customer)).isEqualTo(40);
        order(customer, name, "CANCELLED", now, line("other", 1, 1000));
        programme.catchUp();
        programme.catchUp();
        assertThat(available(customer)).isEqualTo(100);
        programme.checkBooks(customer);
    }

    @Test
    @DisplayName("B9: a bonus on the first purchases, and a cap for each customer")
    void b09OnlyTheFirstPurchasesCountAndCapsHold() {
        UUID first = purchaseRule("\"award\":\"FIXED\",\"value\":50,\"firstPurchases\":2");
        UUID capped = purchaseRule("\"award\":\"FIXED\",\"value\":40,\"maxPoints\":100,\"maxTimes\":3");
        for (int i = 0; i < 4; i++) {
            order(customer, name + i, "PAID", now, line(goods.sku(), 1, 10));
        }
        programme.catchUp();
        assertThat(programme.given(first, customer)).isEqualTo(100);
        assertThat(programme.given(capped, customer)).isEqualTo(100);
        assertThat(available(customer)).isEqualTo(200);
    }

    @Test
    @DisplayName("Killed in the middle of a page nothing is given, and the next one gives it once")
    void aCrashLosesNothingAndDoublesNothing() throws Exception {
        purchaseRule("\"award\":\"FIXED\",\"value\":7");
        order(customer, name, "PAID", now, line(goods.sku(), 1, 10));
        // Whatever a page does is taken back with its place, as a kill before the commit would.
        for (int i = 0; i < 3; i++) {
            Rehearsal.of(pool, tx -> worker.step(tx)).await().indefinitely();
        }
        List<Callable<Boolean>> replicas = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            replicas.add(() -> worker.step().await().indefinitely());
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var done : threads.invokeAll(replicas)) {
                done.get();
            }
        }
        programme.catchUp();
        assertThat(available(customer)).isEqualTo(7);
        // Told again, as if the place had been lost: still once.
        order(customer, name, "CREATED", now, line(goods.sku(), 1, 10));
        order(customer, name, "PAID", now, line(goods.sku(), 1, 10));
        programme.catchUp();
        assertThat(available(customer)).isEqualTo(7);
    }
}
