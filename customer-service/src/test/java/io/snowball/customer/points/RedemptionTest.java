package io.snowball.customer.points;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.loyalty.Programme.available;
import static io.snowball.customer.loyalty.Programme.get;
import static io.snowball.customer.loyalty.Programme.give;
import static io.snowball.customer.loyalty.Programme.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.customer.Shop;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Paying with points (B4). */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RedemptionTest {
    @Inject
    Shop shop;

    @Inject
    PointsWorker worker;

    private UUID customer = Ids.next();

    @BeforeEach
    void somebody() {
        customer = Shop.customer(unique("c"));
    }

    @Test
    @DisplayName("50 who pay at once with the points of 20 leave nothing and owe nothing")
    void parallelRedemptionsCanNotOverspend() throws Exception {
        give(customer, 120);
        give(customer, 80);
        List<Callable<Response>> work = Collections.nCopies(50, () -> redeem(customer, 10, ""));
        List<Integer> statuses = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(50)) {
            for (var done : threads.invokeAll(work)) {
                statuses.add(done.resultNow().statusCode());
            }
        }
        assertThat(statuses).hasSize(50).allMatch(status -> status == 201 || status == 409);
        assertThat(statuses.stream().filter(status -> status == 201)).hasSize(20);
        assertThat(available(customer)).isZero();
        assertThat(shop.count("select sum(remaining)::bigint from points_lot where customer_id = $1", customer))
                .isZero();
        assertThat(shop.count(
                        "select sum(points)::bigint from points_entry where customer_id = $1 and to_account = 'REDEEMED'",
                        customer))
                .isEqualTo(200);
    }

    @Test
    void theDatabaseItselfRefusesLessThanNothing() {
        give(customer, 10);
        for (String column : List.of("available", "held", "debt")) {
            Assertions.assertThatThrownBy(() -> shop.count(
                            "update points_account set " + column + " = -1 where customer_id = $1 returning 1::bigint",
                            customer))
                    .isInstanceOf(PgException.class)
                    .hasMessageContaining("ck_points_account__" + column);
        }
        Assertions.assertThatThrownBy(() -> shop.count(
                        "update points_lot set remaining = -1 where customer_id = $1 returning 1::bigint", customer))
                .hasMessageContaining("ck_points_lot__remaining");
    }

    @Test
    @DisplayName("The same Idempotency-Key pays once")
    void aRepeatedRequestPaysOnce() {
        give(customer, 100);
        UUID key = Ids.next();
        String body = "{\"customerId\":\"%s\",\"points\":60}".formatted(customer);
        String first = redeem(key, body).then().statusCode(201).extract().path("id");
        redeem(key, body).then().statusCode(201).body("id", equalTo(first));
        assertThat(available(customer)).isEqualTo(40);
        TestTokens.as(Roles.PARTNER)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/points-redemptions")
                .then()
                .statusCode(400);
    }

    @Test
    void pointsAreSetAsideCapturedAndTheRestComesBack() {
        give(customer, 100);
        String id = redeem(customer, 70, ",\"holdSeconds\":900,\"orderExternalId\":\"o-1\"")
                .then()
                .statusCode(201)
                .body("state", equalTo("HELD"))
                .body("expiresAt", notNullValue())
                .body("discount", equalTo(70.00f))
                .extract()
                .path("id");
        get("customers/" + customer + "/points")
                .then()
                .body("available", equalTo(30))
                .body("held", equalTo(70));
        redeem(customer, 31, "").then().statusCode(409).body("type", equalTo("/problems/not-enough-points"));
        settle(id, "captures", "{\"points\":71}").then().statusCode(400);
        settle(id, "captures", "{\"points\":50}")
                .then()
                .statusCode(200)
                .body("state", equalTo("CAPTURED"))
                .body("captured", equalTo(50));
        settle(id, "captures", "{\"points\":50}").then().statusCode(200);
        settle(id, "releases", "{}").then().statusCode(409).body("type", equalTo("/problems/redemption-settled"));
        assertThat(available(customer)).isEqualTo(50);
        settle(id, "refunds", "{\"points\":20}").then().statusCode(200).body("refunded", equalTo(20));
        settle(id, "refunds", "{\"points\":31}").then().statusCode(409);
        assertThat(available(customer)).isEqualTo(70);
        assertThat(shop.events(customer, "loyalty.changed"))
                .anyMatch(event -> event.contains("\"change\": \"REDEMPTION\"") && event.contains("\"points\": 50"))
                .noneMatch(event -> event.contains("HOLD"));
    }

    @Test
    void aHoldEndsByItselfAndLotsExpireByTheClock() {
        Instant now = Instant.now();
        post("customers/" + customer + "/points/corrections", "{\"points\":40,\"reason\":\"x\",\"lifetimeDays\":10}")
                .then()
                .statusCode(200);
        give(customer, 5);
        String id = redeem(customer, 30, ",\"holdSeconds\":60").path("id");
        worker.expire(now.plusSeconds(30)).await().indefinitely();
        get("points-redemptions/" + id).then().body("state", equalTo("HELD"));
        worker.expire(now.plusSeconds(120)).await().indefinitely();
        get("points-redemptions/" + id).then().body("state", equalTo("EXPIRED"));
        settle(id, "captures", "{}").then().statusCode(409);
        get("customers/" + customer + "/points")
                .then()
                .body("available", equalTo(45))
                .body("nextExpiryAt", notNullValue())
                .body("expiring", equalTo(40));
        worker.expire(now.plusSeconds(11 * 86_400)).await().indefinitely();
        get("customers/" + customer + "/points")
                .then()
                .body("available", equalTo(5))
                .body("nextExpiryAt", nullValue());
        get("customers/" + customer + "/points/entries?limit=2")
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items[0].kind", equalTo("EXPIRY"))
                .body("items[0].change", equalTo(-40))
                .body("nextCursor", notNullValue());
        assertThat(shop.events(customer, "loyalty.changed").getLast())
                .contains("\"change\": \"EXPIRY\"", "\"available\": 5");
    }

    @Test
    @DisplayName("A correction has a reason, a name, and a role; and can't take what is not there")
    void correctionsAreBoundToRoles() {
        String path = "customers/" + customer + "/points/corrections";
        post(path, "{\"points\":10,\"reason\":\"ok\"}", Roles.MARKETER).then().statusCode(403);
        post(path, "{\"points\":10,\"reason\":\" \"}").then().statusCode(400);
        post(path, "{\"points\":0,\"reason\":\"ok\"}").then().statusCode(400);
        post(path, "{\"points\":-1,\"reason\":\"ok\"}").then().statusCode(409);
        post(path, "{\"points\":10,\"reason\":\"The till was offline\"}", Roles.SALES)
                .then()
                .statusCode(200)
                .body("available", equalTo(10));
        post(path, "{\"points\":-4,\"reason\":\"Too many\"}")
                .then()
                .statusCode(200)
                .body("available", equalTo(6));
        get("customers/" + customer + "/points/entries")
                .then()
                .body("items.reason", equalTo(List.of("Too many", "The till was offline")))
                .body("items[0].madeBy", equalTo(new UUID(0, 1).toString()));
        TestTokens.as(Roles.MARKETER)
                .get("/api/v1/customers/" + customer + "/points/entries")
                .then()
                .statusCode(200)
                .body("items[0].reason", nullValue());
        get("customers/" + Ids.next() + "/points").then().statusCode(404);
        redeem(Ids.next(), 1, "").then().statusCode(404).body("type", equalTo("/problems/unknown-customer"));
    }

    @Test
    void onlyAShareOfAnOrderCanBePaid() {
        give(customer, 1000);
        settings("{\"pointValue\":0.50,\"maxShare\":30}").then().statusCode(200);
        try {
            redeem(customer, 10, "").then().statusCode(400);
            redeem(customer, 601, ",\"orderAmount\":1000.00")
                    .then()
                    .statusCode(409)
                    .body("type", equalTo("/problems/points-share-exceeded"));
            redeem(customer, 600, ",\"orderAmount\":1000.00")
                    .then()
                    .statusCode(201)
                    .body("discount", equalTo(300.00f));
        } finally {
            settings("{\"pointValue\":1.00,\"maxShare\":100}").then().statusCode(200);
        }
        settings("{\"pointValue\":0,\"maxShare\":100}").then().statusCode(400);
        settings("{\"pointValue\":1,\"maxShare\":0.001}").then().statusCode(400);
    }

    private static Response settings(String body) {
        return TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body(body)
                .put("/api/v1/points-settings");
    }

    private static Response redeem(UUID customer, int points, String more) {
        return redeem(Ids.next(), "{\"customerId\":\"%s\",\"points\":%d%s}".formatted(customer, points, more));
    }

    private static Response redeem(UUID key, String body) {
        return TestTokens.as(Roles.PARTNER)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1/points-redemptions");
    }

    private static Response settle(String id, String what, String body) {
        return post("points-redemptions/" + id + "/" + what, body, Roles.PARTNER);
    }
}
