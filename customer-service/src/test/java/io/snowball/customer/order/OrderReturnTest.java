package io.snowball.customer.order;

import static io.snowball.customer.Shop.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
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
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What came back: A8, G5. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class OrderReturnTest {
    @Inject
    Shop shop;

    String order = "";
    String orderJson = "";
    UUID customer = Ids.next();

    @BeforeEach
    void anOrderOfThreeAndOne() {
        String name = unique("c");
        customer = Shop.customer(name);
        orderJson = """
                {"externalId":"%s","customerExternalId":"%s","orderedAt":"2026-01-02T03:04:05Z",
                 "lines":[{"sku":"a","quantity":3,"price":10.00,"discount":1.00},{"sku":"b","quantity":1,"price":5.00}]}
                """.formatted(unique("o"), name);
        order = Shop.send(orderJson).jsonPath().getString("items[0].orderId");
    }

    @Test
    @DisplayName("A8: an order is returned in part, and the feed tells what is left")
    void a08ReturnsInPartAndThenAll() {
        back("r-1", "{\"sku\":\"a\",\"quantity\":1}").then().statusCode(201).body("amount", equalTo(9.67f));
        getOrder().then().body("status", equalTo("PARTLY_RETURNED")).body("returned", equalTo(9.67f));
        assertThat(shop.events(customer, "order.changed").getLast())
                .contains(
                        "\"status\": \"PARTLY_RETURNED\"",
                        "\"amount\": 2433",
                        "\"returned\": 967",
                        "\"version\": 2",
                        "\"sku\": \"b\"");
        back("r-1", "{\"sku\":\"a\",\"quantity\":1}").then().statusCode(200);
        back("r-2", "{\"sku\":\"a\",\"quantity\":2},{\"sku\":\"b\",\"quantity\":1}")
                .then()
                .statusCode(201);
        getOrder().then().body("status", equalTo("RETURNED")).body("amount", equalTo(34.0f));
        assertThat(shop.events(customer, "order.changed")).hasSize(3);
        TestTokens.as(Roles.ANALYST)
                .get("/api/v1/orders/" + order + "/returns")
                .then()
                .statusCode(200)
                .body("items.externalId", equalTo(List.of("r-1", "r-2")))
                .body("items[1].lines", hasSize(2));
    }

    @Test
    void keepsAReturnWhenTheShopTellsTheOrderAgain() {
        back("r-1", "{\"sku\":\"b\",\"quantity\":1}").then().statusCode(201);
        Shop.send(orderJson).then().body("items[0].outcome", equalTo("DUPLICATE"));
        Shop.send(orderJson.replace("\"orderedAt\"", "\"channel\":\"web\",\"orderedAt\""))
                .then()
                .body("items[0].outcome", equalTo("UPDATED"));
        getOrder().then().body("status", equalTo("PARTLY_RETURNED")).body("returned", equalTo(5.0f));
        assertThat(shop.events(customer, "order.changed").getLast())
                .contains("\"status\": \"PARTLY_RETURNED\"", "\"amount\": 2900");
    }

    @Test
    void refusesMoreThanWasSold() {
        back("r-1", "{\"sku\":\"a\",\"quantity\":4}").then().statusCode(400);
        back("r-1", "{\"sku\":\"a\",\"quantity\":2},{\"sku\":\"a\",\"quantity\":2}")
                .then()
                .statusCode(400);
        back("r-1", "{\"sku\":\"other\",\"quantity\":1}").then().statusCode(400);
        back("r-1", "{\"sku\":\"a\",\"quantity\":0}").then().statusCode(400);
        back("r-1", "{\"sku\":\"a\",\"quantity\":3}").then().statusCode(201);
        back("r-2", "{\"sku\":\"a\",\"quantity\":1}").then().statusCode(400);
        post("{\"externalId\":\"r-3\",\"returnedAt\":\"2026-02-01T00:00:00Z\",\"amount\":5.01,\"lines\":[{\"sku\":\"b\",\"quantity\":1}]}")
                .then()
                .statusCode(400);
        TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body(
                        "{\"externalId\":\"r\",\"returnedAt\":\"2026-02-01T00:00:00Z\",\"lines\":[{\"sku\":\"b\",\"quantity\":1}]}")
                .post("/api/v1/orders/" + Ids.next() + "/returns")
                .then()
                .statusCode(404);
    }

    @Test
    void twoReturnsAtTheSameTimeBringBackNoMoreThanWasSold() throws Exception {
        try (var threads = Executors.newFixedThreadPool(6)) {
            List<Callable<Integer>> work = IntStream.range(0, 12)
                    .mapToObj(i -> (Callable<Integer>) () ->
                            back("r-" + i, "{\"sku\":\"a\",\"quantity\":1}").statusCode())
                    .toList();
            List<Integer> statuses =
                    threads.invokeAll(work).stream().map(Future::resultNow).toList();
            assertThat(Collections.frequency(statuses, 201)).isEqualTo(3);
            assertThat(Collections.frequency(statuses, 400)).isEqualTo(9);
        }
        // Three thirds of 29.00, each rounded half up, are a kopeck more.
        getOrder().then().body("returned", equalTo(29.01f));
    }

    private Response back(String id, String lines) {
        return post(
                "{\"externalId\":\"%s\",\"returnedAt\":\"2026-02-01T00:00:00Z\",\"lines\":[%s]}".formatted(id, lines));
    }

    private Response post(String body) {
        return TestTokens.as(Roles.PARTNER)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/orders/" + order + "/returns");
    }

    private Response getOrder() {
        return TestTokens.as(Roles.ADMIN).get("/api/v1/orders/" + order);
    }
}
