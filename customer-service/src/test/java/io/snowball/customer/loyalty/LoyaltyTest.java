package io.snowball.customer.loyalty;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.loyalty.Programme.available;
import static io.snowball.customer.loyalty.Programme.end;
import static io.snowball.customer.loyalty.Programme.get;
import static io.snowball.customer.loyalty.Programme.give;
import static io.snowball.customer.loyalty.Programme.line;
import static io.snowball.customer.loyalty.Programme.order;
import static io.snowball.customer.loyalty.Programme.post;
import static io.snowball.customer.loyalty.Programme.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.customer.Rehearsal;
import io.snowball.customer.Shop;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
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

/** Points for what customers do (B4, B9, B13, C18, C22), levels (C21) and referrals (G10). */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class LoyaltyTest {
    private static final String LONG_SINCE = "\"validFrom\":\"2020-01-01T00:00:00Z\"";

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
    private UUID customer = Ids.next();
    private final String category = unique("cat");
    private final String sku = unique("sku");
    private final String name = unique("o");

    @BeforeEach
    void somebody() {
        customer = Shop.customer(unique("c"));
    }

    /** Only products of this test's own category count, so no other test's orders do. */
    private UUID purchaseRule(String more) {
        put("product-categories/" + category, "{\"name\":\"c\"}");
        TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body("{\"items\":[{\"sku\":\"%s\",\"name\":\"p\",\"category\":\"%s\"}]}".formatted(sku, category))
                .post("/api/v1/products")
                .then()
                .statusCode(200);
        return kept(
                rule("\"trigger\":\"PURCHASE\",%s,\"categories\":[\"%s\"],%s".formatted(LONG_SINCE, category, more)));
    }

    private UUID kept(UUID rule) {
        rules.add(rule);
        return rule;
    }

    @AfterEach
    void endRules() {
        rules.forEach(Programme::end);
    }

    @Test
    @DisplayName("B4: 5 % back; told twice it is given once, changed it is adjusted, returned it is taken back")
    void aPurchaseGivesOnceAndIsAdjusted() {
        UUID rule = purchaseRule("\"award\":\"PERCENT\",\"value\":5,\"lifetimeDays\":100");
        UUID order = order(customer, name, "PAID", now, line(sku, 2, 1000));
        order(customer, name, "PAID", now, line(sku, 2, 1000));
        programme.catchUp();
        programme.catchUp();
        assertThat(available(customer)).isEqualTo(100);
        order(customer, name, "PAID", now, line(sku, 3, 1000));
        programme.catchUp();
        assertThat(available(customer)).isEqualTo(150);
        post("orders/" + order + "/returns", """
                        {"externalId":"r","returnedAt":"%s","lines":[{"sku":"%s","quantity":1}]}
                        """.formatted(now, sku)).then().statusCode(201);
        programme.catchUp();
        assertThat(available(customer)).isEqualTo(100);
        order(customer, name, "CANCELLED", now, line(sku, 3, 1000));
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
        order(customer, name, "PAID", now, line(sku, 1, 1000));
        programme.catchUp();
        redeem(80, "x");
        order(customer, name, "RETURNED", now, line(sku, 1, 1000));
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
        redeem(60, name);
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
    void onlyTheFirstPurchasesCountAndCapsHold() {
        UUID first = purchaseRule("\"award\":\"FIXED\",\"value\":50,\"firstPurchases\":2");
        UUID capped = purchaseRule("\"award\":\"FIXED\",\"value\":40,\"maxPoints\":100,\"maxTimes\":3");
        for (int i = 0; i < 4; i++) {
            order(customer, name + i, "PAID", now, line(sku, 1, 10));
        }
        programme.catchUp();
        assertThat(given(first)).isEqualTo(100);
        assertThat(given(capped)).isEqualTo(100);
        assertThat(available(customer)).isEqualTo(200);
    }

    @Test
    @DisplayName("C18: points for registration and for an installed app, once")
    void eventsAndRegistrationGiveOnce() {
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
    @DisplayName("Killed in the middle of a page nothing is given, and the next one gives it once")
    void aCrashLosesNothingAndDoublesNothing() throws Exception {
        purchaseRule("\"award\":\"FIXED\",\"value\":7");
        order(customer, name, "PAID", now, line(sku, 1, 10));
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
        order(customer, name, "CREATED", now, line(sku, 1, 10));
        order(customer, name, "PAID", now, line(sku, 1, 10));
        programme.catchUp();
        assertThat(available(customer)).isEqualTo(7);
    }

    @Test
    @DisplayName("C21, C22: levels rise with the purchase, fall on the clock, are told and kept as history")
    void levelsRiseAndFall() {
        String level = unique("l");
        put(
                "loyalty-levels/" + level,
                "{\"name\":\"Top\",\"rank\":900,\"minSpent\":777000000,\"windowDays\":100,\"keepDays\":30}");
        try {
            order(customer, name, "PAID", now, "{\"sku\":\"x\",\"quantity\":1,\"price\":777000000}");
            programme.catchUp();
            get("customers/" + customer + "/loyalty-level").then().body("level", equalTo(level));
            programme.review(now.plus(40, ChronoUnit.DAYS));
            get("customers/" + customer + "/loyalty-level").then().body("level", equalTo(level));
            programme.review(now.plus(101, ChronoUnit.DAYS));
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

    @Test
    @DisplayName("G10: both are rewarded after the first paid order; oneself and circles are refused")
    void referralsRewardBoth() {
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
        assertThat(given(rule)).isEqualTo(500);
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
    @DisplayName("A merge moves points, an unmerge gives them back as far as they are not spent")
    void mergedPeopleShareOnePurse() {
        UUID other = Shop.customer(unique("c"));
        give(customer, 10);
        give(other, 100);
        String merge = post("merges", "{\"customerId\":\"%s\",\"mergedCustomerId\":\"%s\"}".formatted(customer, other))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        assertThat(available(customer)).isEqualTo(110);
        assertThat(available(other)).isEqualTo(110);
        programme.checkBooks(customer);
        redeem(50, "x");
        programme.checkBooks(customer);
        post("merges/" + merge + "/unmerges", "{}").then().statusCode(200);
        programme.checkBooks(customer);
        programme.checkBooks(other);
        assertThat(available(customer)).isZero();
        assertThat(available(other)).isEqualTo(60);
        assertThat(shop.count("""
                        select coalesce(sum(case to_account when 'TRANSFER' then points else -points end), 0)::bigint
                        from points_entry where customer_id in ($1, $2) and 'TRANSFER' in (from_account, to_account)
                        """, customer, other)).isZero();
    }

    @Test
    @DisplayName("152-FZ 21: an erased person has no points, codes or levels; what was given stays counted")
    void erasureTakesThePersonOut() {
        give(customer, 10);
        redeem(3, "x");
        code(customer);
        TestTokens.as(Roles.DPO)
                .delete("/api/v1/personal-data/" + customer)
                .then()
                .statusCode(200);
        for (String table :
                List.of("points_account", "points_entry", "points_lot", "points_redemption", "referral_code")) {
            assertThat(shop.count("select count(*) from " + table + " where customer_id = $1", customer))
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void tellsWhatTheProgrammeGave() {
        UUID rule = purchaseRule("\"award\":\"PERCENT\",\"value\":10");
        order(customer, name, "PAID", now, line(sku, 1, 1000));
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

    private long given(UUID rule) {
        return shop.count(
                "select coalesce(sum(points), 0)::bigint from loyalty_accrual where rule_id = $1 and customer_id = $2",
                rule,
                customer);
    }

    private void redeem(int points, String order) {
        post(
                        "points-redemptions",
                        "{\"customerId\":\"%s\",\"points\":%d,\"orderExternalId\":\"%s\"}"
                                .formatted(customer, points, order))
                .then()
                .statusCode(201);
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

    private static void put(String path, String body) {
        TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body(body)
                .put("/api/v1/" + path)
                .then()
                .statusCode(200);
    }
}
