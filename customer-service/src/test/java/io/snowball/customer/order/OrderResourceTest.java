package io.snowball.customer.order;

import static io.snowball.customer.Shop.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.customer.Shop;
import io.snowball.platform.id.Ids;
import io.snowball.platform.page.Cursor;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What customers bought: A8, G5. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class OrderResourceTest {
    @Inject
    Shop shop;

    String customerExternalId = "";
    UUID customer = Ids.next();

    @BeforeEach
    void aCustomer() {
        customerExternalId = unique("c");
        customer = Shop.customer(customerExternalId);
    }

    @Test
    void storesAnOrderWithItsLinesAndAnnouncesIt() {
        String order = unique("o");
        String id = outcome(Shop.send(order(order, "PAID", "799.95", 2)), "ACCEPTED");
        TestTokens.as(Roles.ANALYST)
                .get("/api/v1/orders/" + id)
                .then()
                .statusCode(200)
                .body("externalId", equalTo(order))
                .body("customerId", equalTo(customer.toString()))
                .body("amount", equalTo(1499.90f))
                .body("lines", hasSize(1))
                .body("lines[0].discount", equalTo(100.0f));
        assertThat(shop.events(customer, "order.changed"))
                .containsExactly("{\"lines\": [{\"sku\": \"SKU-1\", \"amount\": 149990, \"quantity\": 2}],"
                        + " \"amount\": 149990, \"status\": \"PAID\", \"channel\": \"web\", \"orderId\": \"" + id
                        + "\", \"version\": 1, \"orderedAt\": \"2026-01-02T00:04:05.123456Z\", \"customerId\": \""
                        + customer + "\"}");
    }

    @Test
    void takesNoNoticeOfAnOrderThatIsSentAgain() {
        String order = order(unique("o"), "PAID", "10.00", 20);
        String id = outcome(Shop.send(order), "ACCEPTED");
        assertThat(outcome(Shop.send(order), "DUPLICATE")).isEqualTo(id);
        String byId = order.replace(
                "\"customerExternalId\":\"" + customerExternalId + "\"", "\"customerId\":\"" + customer + "\"");
        assertThat(byId).isNotEqualTo(order);
        assertThat(outcome(Shop.send(byId), "DUPLICATE")).isEqualTo(id);
        assertThat(shop.events(customer, "order.changed")).hasSize(1);
    }

    @Test
    void replacesAnOrderThatChangedWithItsLines() {
        String name = unique("o");
        String three = """
                {"externalId":"%s","customerExternalId":"%s","orderedAt":"2026-01-02T03:04:05Z","status":"CREATED",
                 "lines":[{"sku":"a","quantity":1,"price":1},{"sku":"b","quantity":1,"price":2},{"sku":"c","quantity":1,"price":3}]}
                """.formatted(name, customerExternalId);
        String two = three.replace(",{\"sku\":\"c\",\"quantity\":1,\"price\":3}", "")
                .replace("\"sku\":\"b\"", "\"sku\":\"B\"")
                .replace("CREATED", "PAID");
        String id = outcome(Shop.send(three), "ACCEPTED");
        assertThat(outcome(Shop.send(two), "UPDATED")).isEqualTo(id);
        TestTokens.as(Roles.ADMIN)
                .get("/api/v1/orders/" + id)
                .then()
                .body("lines.sku", equalTo(List.of("a", "B")))
                .body("amount", equalTo(3.0f))
                .body("version", equalTo(2))
                .body("status", equalTo("PAID"));
        assertThat(outcome(Shop.send(three), "UPDATED")).isEqualTo(id);
        assertThat(TestTokens.as(Roles.ADMIN)
                        .get("/api/v1/orders/" + id)
                        .jsonPath()
                        .getList("lines.sku"))
                .containsExactly("a", "b", "c");
        List<String> events = shop.events(customer, "order.changed");
        assertThat(events).hasSize(3);
        assertThat(events.get(1)).contains("\"amount\": 300", "\"status\": \"PAID\"", "\"version\": 2");
    }

    @Test
    void keepsWhereItWasSoldAndHowItWasPaid() {
        String name = unique("o");
        String order = order(name, "PAID", "10.00", 20);
        String sold = order.replace("\"channel\"", "\"shop\":\"msk-1\",\"paymentMethod\":\"card\",\"channel\"");
        outcome(Shop.send(order), "ACCEPTED");
        String id = outcome(Shop.send(sold), "UPDATED");
        outcome(Shop.send(sold), "DUPLICATE");
        TestTokens.as(Roles.ADMIN)
                .get("/api/v1/orders/" + id)
                .then()
                .body("shop", equalTo("msk-1"))
                .body("paymentMethod", equalTo("card"));
        assertThat(shop.events(customer, "order.changed").getLast())
                .contains("\"shop\": \"msk-1\"", "\"paymentMethod\": \"card\"", "\"version\": 2", "\"sku\": \"SKU-1\"");
    }

    @Test
    void noticesAChangeOfOneLineThatLeavesTheAmount() {
        String name = unique("o");
        Shop.send(order(name, "PAID", "10.00", 20));
        outcome(Shop.send(order(name, "PAID", "20.00", 10)), "UPDATED");
    }

    @Test
    void refusesEachBadOrderForItsReasonAndStoresTheGoodOnes() {
        String good = unique("o");
        String taken = unique("o");
        Shop.send(order(taken, "PAID", "1.00", 200));
        String stranger = unique("c");
        Shop.customer(stranger);
        Response answer = Shop.send(
                order(good, "PAID", "1.00", 200),
                order(unique("o"), "PAID", "1.00", 200).replace(customerExternalId, unique("nobody")),
                order(taken, "PAID", "1.00", 200).replace(customerExternalId, stranger),
                order(good, "CREATED", "1.00", 200),
                order(unique("o"), "PAID", "0.01", 1),
                "{\"externalId\":\"x\",\"customerExternalId\":\"%s\",\"orderedAt\":\"2026-01-02T03:04:05Z\"}"
                        .formatted(customerExternalId),
                "{\"externalId\":\"x\",\"orderedAt\":\"2026-01-02T03:04:05Z\",\"amount\":1}",
                "{\"externalId\":\"x\",\"customerId\":\"%s\",\"orderedAt\":\"2026-01-02T03:04:05Z\",\"amount\":1}"
                        .formatted(Ids.next()),
                "{\"externalId\":\"x\",\"customerId\":\"%s\",\"orderedAt\":\"2199-01-02T03:04:05Z\",\"amount\":1}"
                        .formatted(customer),
                "{\"externalId\":\"x\",\"customerId\":\"%s\",\"orderedAt\":\"2026-01-02T03:04:05Z\",\"amount\":-1}"
                        .formatted(customer),
                order(unique("o"), "RETURNED", "1.00", 200));
        answer.then().statusCode(200);
        assertThat(answer.jsonPath().getList("items.outcome", String.class))
                .containsExactly(
                        "ACCEPTED",
                        "REJECTED",
                        "REJECTED",
                        "REJECTED",
                        "REJECTED",
                        "REJECTED",
                        "REJECTED",
                        "REJECTED",
                        "REJECTED",
                        "REJECTED",
                        "ACCEPTED");
        answer.then()
                .body("items[1].reason", containsString("no such customer"))
                .body("items[2].reason", containsString("another customer"))
                .body("items[3].reason", containsString("comes twice"))
                .body("items[4].reason", containsString("discount"))
                .body("items[5].reason", containsString("lines or an amount"))
                .body("items[6].reason", containsString("either customerId or"))
                .body("items[7].reason", containsString("no such customer"))
                .body("items[8].reason", containsString("between 1970 and now"))
                .body("items[9].reason", containsString("between 0"));
        assertThat(shop.events(customer, "order.changed")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"items\":[]}",
                "{\"items\":[null]}",
                "{\"items\":[{}]}",
                "{\"items\":[{\"externalId\":\"1\",\"customerExternalId\":\"1\",\"orderedAt\":\"yesterday\"}]}",
                "{\"items\":[{\"externalId\":\"1\",\"customerExternalId\":\"1\",\"orderedAt\":\"2026-01-02T03:04:05Z\",\"amount\":1.001}]}",
                "{\"items\":[{\"externalId\":\"1\",\"customerExternalId\":\"1\",\"orderedAt\":\"2026-01-02T03:04:05Z\",\"amount\":1e999999999}]}",
                "{\"items\":[{\"externalId\":\"1\",\"customerExternalId\":\"1\",\"orderedAt\":\"2026-01-02T03:04:05Z\","
                        + "\"lines\":[{\"sku\":\"a\",\"quantity\":0,\"price\":1}]}]}",
                "{}",
                ""
            })
    void refusesAWrongBody(String body) {
        TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/orders")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void refusesMoreThanAThousandOrders() {
        Shop.send(Collections.nCopies(1001, order(unique("o"), "PAID", "1.00", 200))
                        .toArray(String[]::new))
                .then()
                .statusCode(400);
    }

    /** Both batches want the same rows, in opposite order. */
    @Test
    void storesOrdersThatTwoSendAtTheSameTimeOnce() throws Exception {
        List<String> names = IntStream.range(0, 200).mapToObj(i -> unique("o")).toList();
        String[] forwards =
                names.stream().map(name -> order(name, "PAID", "1.00", 200)).toArray(String[]::new);
        String[] backwards = names.reversed().stream()
                .map(name -> order(name, "PAID", "1.00", 200))
                .toArray(String[]::new);
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Response>> senders = List.of(
                    () -> Shop.send(forwards),
                    () -> Shop.send(backwards),
                    () -> Shop.send(forwards),
                    () -> Shop.send(backwards));
            List<String> outcomes = threads.invokeAll(senders).stream()
                    .map(Future::resultNow)
                    .flatMap(answer -> answer.jsonPath().getList("items.outcome", String.class).stream())
                    .toList();
            assertThat(Collections.frequency(outcomes, "ACCEPTED")).isEqualTo(200);
            assertThat(Collections.frequency(outcomes, "DUPLICATE")).isEqualTo(600);
        }
        assertThat(shop.events(customer, "order.changed")).hasSize(200);
    }

    @Test
    void pagesThroughTheOrdersOfACustomer() {
        String[] orders = IntStream.range(0, 5)
                .mapToObj(i -> order(unique("o"), "PAID", "1.00", 200).replace("03:04:05.123456789", "03:04:0" + i / 2))
                .toArray(String[]::new);
        Shop.send(orders);
        Response first = page("?limit=3");
        Response second = page("?limit=3&cursor=" + first.jsonPath().getString("nextCursor"));
        second.then().body("items", hasSize(2)).body("nextCursor", nullValue()).body("items[0].lines", hasSize(1));
        assertThat(first.jsonPath().getList("items.externalId"))
                .hasSize(3)
                .doesNotContainAnyElementsOf(second.jsonPath().getList("items.externalId"));
        TestTokens.as(Roles.ADMIN)
                .get("/api/v1/customers/" + Ids.next() + "/orders?cursor="
                        + first.jsonPath().getString("nextCursor"))
                .then()
                .statusCode(400);
        UUID nobody = Ids.next();
        for (String time : List.of("made-up", "+1000000000-12-31T23:59:59Z")) {
            TestTokens.as(Roles.ADMIN)
                    .get("/api/v1/customers/" + nobody + "/orders?cursor="
                            + Cursor.encode(List.of(time, nobody.toString()), "orders", nobody))
                    .then()
                    .statusCode(400);
        }
    }

    @Test
    void letsOnlyThoseInWhoMay() {
        TestTokens.as(Roles.PARTNER).get("/api/v1/orders/" + Ids.next()).then().statusCode(403);
        TestTokens.as(Roles.MARKETER).get("/api/v1/orders/" + Ids.next()).then().statusCode(404);
        TestTokens.as(Roles.MARKETER)
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/orders")
                .then()
                .statusCode(403);
    }

    private Response page(String query) {
        return TestTokens.as(Roles.MARKETER).get("/api/v1/customers/" + customer + "/orders" + query);
    }

    private String order(String externalId, String status, String price, int quantity) {
        return """
                {"externalId":"%s","customerExternalId":"%s","orderedAt":"2026-01-02T03:04:05.123456789+03:00","status":"%s",
                 "channel":"web","lines":[{"sku":"SKU-1","quantity":%d,"price":%s,"discount":100.00}]}
                """.formatted(externalId, customerExternalId, status, quantity, price);
    }

    private static String outcome(Response answer, String expected) {
        answer.then().statusCode(200).body("items", hasSize(1)).body("items[0].outcome", equalTo(expected));
        return answer.jsonPath().getString("items[0].orderId");
    }
}
