package io.snowball.customer.event;

import static io.snowball.customer.Shop.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
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
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What customers did besides buying: C9, C18, C19, G5, H1. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class EventResourceTest {
    @Inject
    Shop shop;

    String customerExternalId = "";
    UUID customer = Ids.next();

    @BeforeEach
    void aCustomer() {
        customerExternalId = unique("c");
        customer = Shop.customer(customerExternalId);
    }

    @Nested
    class Batches {
        @Test
        void storesAnEventOnceHoweverOftenItIsSentAndTellsFactsButNoTexts() {
            String event = event(
                    unique("e"),
                    "product_view",
                    "{\"sku\":\"SKU-1\",\"price\":9.5,\"url\":\"https://x/a?mail=a@b.ru\"}");
            send(event).then().body("items.outcome", equalTo(List.of("ACCEPTED")));
            send(event, event).then().body("items.outcome", equalTo(List.of("DUPLICATE", "DUPLICATE")));
            assertThat(shop.events(customer, "event.recorded"))
                    .singleElement()
                    .asString()
                    .contains("\"type\": \"product_view\"", "\"sku\": \"SKU-1\"", "\"price\": 9.5", customer.toString())
                    .doesNotContain("mail");
            events(Roles.ADMIN).then().body("items[0].properties.url", containsString("mail"));
            events(Roles.MARKETER)
                    .then()
                    .body("items[0].properties.url", nullValue())
                    .body("items[0].properties.sku", equalTo("SKU-1"));
        }

        @Test
        void takesLateEventsInAnyOrder() {
            Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            List<Instant> times = List.of(
                    now,
                    Instant.parse("2003-05-06T07:08:09Z"),
                    now.minus(40, ChronoUnit.DAYS),
                    now.minus(1, ChronoUnit.DAYS));
            send(times.stream()
                            .map(at -> event(unique("e"), "search", "{\"query\":\"q\"}")
                                    .replace("2026-01-02T03:04:05Z", at.toString()))
                            .toArray(String[]::new))
                    .then()
                    .body("items.outcome", equalTo(List.of("ACCEPTED", "ACCEPTED", "ACCEPTED", "ACCEPTED")));
            assertThat(events(Roles.ADMIN).jsonPath().getList("items.occurredAt", String.class))
                    .containsExactlyElementsOf(times.stream()
                            .sorted(java.util.Comparator.reverseOrder())
                            .map(Instant::toString)
                            .toList());
            String first = TestTokens.as(Roles.ADMIN)
                    .get("/api/v1/customers/" + customer + "/events?limit=3")
                    .then()
                    .body("items", hasSize(3))
                    .extract()
                    .path("nextCursor");
            TestTokens.as(Roles.ADMIN)
                    .get("/api/v1/customers/" + customer + "/events?limit=3&cursor=" + first)
                    .then()
                    .body("items", hasSize(1))
                    .body("nextCursor", nullValue());
        }

        @Test
        void refusesEachBadEventForItsReasonAndStoresTheGoodOnes() {
            Response answer = send(
                    event(unique("e"), "registration", "{}"),
                    event(unique("e"), "dancing", "{}"),
                    event(unique("e"), "product_view", "{}"),
                    event(unique("e"), "product_view", "{\"sku\":\"+79120000001\"}"),
                    event(unique("e"), "product_view", "{\"sku\":\"a@example.ru\"}"),
                    event(unique("e"), "search", "{\"query\":\"x\",\"card\":1}"),
                    event(unique("e"), "search", "{\"query\":\"x\",\"results\":\"many\"}"),
                    event(unique("e"), "search", "[]"),
                    event(unique("e"), "registration", "{}").replace("2026-01-02", "2199-01-02"),
                    event(unique("e"), "registration", "{}").replace(customerExternalId, "nobody"),
                    event(" ", "registration", "{}"));
            assertThat(answer.jsonPath().getList("items.reason", String.class))
                    .containsExactly(
                            null,
                            "there is no such event type: declare it first",
                            "property sku is required",
                            "property sku must be a CODE of decent length",
                            "property sku must be a CODE of decent length",
                            "there is a property that the type does not declare",
                            "property results must be a NUMBER of decent length",
                            "properties must be an object",
                            "occurredAt must be a time between 2000 and now",
                            "there is no such customer: send the customer first",
                            "is required");
            assertThat(shop.events(customer, "event.recorded")).hasSize(1);
        }

        @Test
        void storesAThousandAtATimeAndRefusesMore() {
            String name = unique("e");
            String[] items = IntStream.range(0, 1000)
                    .mapToObj(n -> event(name + n, "cart", "{\"amount\":1}"))
                    .toArray(String[]::new);
            send(items).then().statusCode(200).body("items", hasSize(1000));
            assertThat(shop.count("select count(*) from event where customer_id = $1", customer))
                    .isEqualTo(1000);
            String[] more = java.util.Arrays.copyOf(items, 1001);
            more[1000] = items[0];
            send(more).then().statusCode(400);
        }

        @Test
        void storesOnceWhatSeveralSendAtTheSameTime() throws Exception {
            String[] items = IntStream.range(0, 50)
                    .mapToObj(_ -> event(unique("e"), "cart", "{}"))
                    .toArray(String[]::new);
            try (var threads = Executors.newFixedThreadPool(8)) {
                List<Callable<Response>> calls = IntStream.range(0, 8)
                        .mapToObj(_ -> (Callable<Response>) () -> send(items))
                        .toList();
                int accepted = 0;
                for (Future<Response> answer : threads.invokeAll(calls)) {
                    accepted += (int) answer.get().jsonPath().getList("items.outcome", String.class).stream()
                            .filter("ACCEPTED"::equals)
                            .count();
                }
                assertThat(accepted).isEqualTo(50);
            }
            assertThat(shop.events(customer, "event.recorded")).hasSize(50);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"{}", "{\"items\":[]}", "{\"items\":[null]}", "{\"items\":[{\"type\":\"cart\"}]}", "[", ""})
        void refusesAWrongBody(String body) {
            TestTokens.as(Roles.PARTNER)
                    .contentType(ContentType.JSON)
                    .body(body)
                    .post("/api/v1/events/batches")
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json");
        }

        @Test
        void letsOnlyThoseInWhoMay() {
            TestTokens.as(Roles.MARKETER)
                    .contentType(ContentType.JSON)
                    .body("{\"items\":[" + event("x", "cart", "{}") + "]}")
                    .post("/api/v1/events/batches")
                    .then()
                    .statusCode(403);
            TestTokens.as(Roles.PARTNER)
                    .get("/api/v1/customers/" + customer + "/events")
                    .then()
                    .statusCode(403);
            TestTokens.as(Roles.ADMIN)
                    .get("/api/v1/customers/" + Ids.next() + "/events")
                    .then()
                    .statusCode(404);
        }
    }

    @Test
    void goWithThePersonWhenTwoAreOneAndAreErasedWithIt() {
        UUID visitor = Ids.next();
        TestTokens.as(Roles.PARTNER)
                .contentType(ContentType.JSON)
                .body("{\"visitorId\":\"%s\",\"customerId\":\"%s\"}".formatted(visitor, customer))
                .post("/api/v1/visitor-links")
                .then()
                .statusCode(200);
        send(event(unique("e"), "registration", "{}"));
        UUID stays = Shop.customer(unique("c"));
        TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body("{\"customerId\":\"%s\",\"mergedCustomerId\":\"%s\"}".formatted(stays, customer))
                .post("/api/v1/merges")
                .then()
                .statusCode(201);
        send(event(unique("e"), "search", "{\"query\":\"x\"}")
                .replace("\"customerExternalId\":\"" + customerExternalId, "\"customerId\":\"" + customer));
        events(Roles.ADMIN).then().body("items.type", containsInAnyOrder("registration", "search"));
        assertThat(shop.count("select count(*) from event where customer_id = $1", stays))
                .isEqualTo(2);
        TestTokens.as(Roles.DPO).delete("/api/v1/personal-data/" + stays).then().statusCode(200);
        assertThat(shop.count(
                        "select (select count(*) from event where customer_id = $1) + (select count(*) from identity where key = $2)",
                        stays,
                        visitor.toString()))
                .isZero();
    }

    private String event(String id, String type, String properties) {
        return "{\"id\":\"%s\",\"type\":\"%s\",\"occurredAt\":\"2026-01-02T03:04:05Z\",\"customerExternalId\":\"%s\",\"properties\":%s}"
                .formatted(id, type, customerExternalId, properties);
    }

    private static Response send(String... events) {
        return TestTokens.as(Roles.PARTNER)
                .contentType(ContentType.JSON)
                .body("{\"items\":[" + String.join(",", events) + "]}")
                .post("/api/v1/events/batches");
    }

    private Response events(String role) {
        return TestTokens.as(role).get("/api/v1/customers/" + customer + "/events");
    }
}
