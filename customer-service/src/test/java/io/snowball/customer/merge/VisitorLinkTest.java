package io.snowball.customer.merge;

import static io.snowball.customer.Shop.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.customer.Shop;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The visitor of a web page is a COOKIE identity, whoever says so: H1, G5. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class VisitorLinkTest {
    @Inject
    Shop shop;

    UUID visitor = Ids.next();
    String name = "";
    UUID customer = Ids.next();

    @BeforeEach
    void aCustomer() {
        name = unique("c");
        customer = Shop.customer(name);
    }

    @Test
    void makesTheBrowserAnIdentityOfTheCustomer() {
        visit("page_view", "{\"url\":\"https://shop.ru/\"}");
        link(name)
                .then()
                .statusCode(200)
                .body("linkedEvents", equalTo(1))
                .body("customerId", equalTo(customer.toString()));
        identities(customer).then().body("items.find { it.kind == 'COOKIE' }.value", equalTo(visitor.toString()));
        identify("{\"kind\":\"COOKIE\",\"value\":\"%s\"}"
                        .formatted(visitor.toString().toUpperCase(Locale.ROOT)))
                .then()
                .body("outcome", equalTo("KNOWN"))
                .body("customerId", equalTo(customer.toString()));
        visit("search", "{\"query\":\"шуба\"}");
        events().then().body("items.type", containsInAnyOrder("page_view", "search"));
    }

    @Test
    @DisplayName(
            "H1: an identification with the cookie gives what the visitor did to the customer, as a visitor link does")
    void h01ClaimsTheEventsWhereTheCookieIsIdentified() {
        visit("page_view", "{\"url\":\"https://shop.ru/\"}");
        identify("{\"kind\":\"EXTERNAL_ID\",\"value\":\"%s\"},{\"kind\":\"COOKIE\",\"value\":\"%s\"}"
                        .formatted(name, visitor))
                .then()
                .body("outcome", equalTo("LINKED"));
        events().then().body("items.type", equalTo(List.of("page_view")));
        assertThat(shop.events(customer, "event.recorded")).hasSize(1);
        link(name).then().body("linkedEvents", equalTo(0));
    }

    @Test
    void mergesAVisitorOfWhomNothingButTheBrowserWasKnown() {
        String anonymous = identify("{\"kind\":\"COOKIE\",\"value\":\"%s\"}".formatted(visitor))
                .then()
                .body("outcome", equalTo("CREATED"))
                .extract()
                .path("customerId");
        visit("page_view", "{\"url\":\"https://shop.ru/\"}");
        link(name).then().statusCode(200);
        events().then().body("items", hasSize(1));
        TestTokens.as(Roles.ADMIN)
                .get("/api/v1/customers/" + anonymous)
                .then()
                .body("id", equalTo(customer.toString()));
        TestTokens.as(Roles.ADMIN)
                .get("/api/v1/merges?customerId=" + customer)
                .then()
                .body("items.reason", equalTo(List.of("VISITOR")));
    }

    @Test
    void refusesAnAccountThatCanBeNobodys() {
        link("x".repeat(201)).then().statusCode(400).body("errors[0].pointer", equalTo("/customerExternalId"));
        link("nobody-" + visitor).then().statusCode(404);
    }

    @Test
    void linksOnceWhatManySayAtTheSameTime() throws Exception {
        visit("page_view", "{\"url\":\"https://shop.ru/\"}");
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Response>> calls = IntStream.range(0, 8)
                    .mapToObj(_ -> (Callable<Response>) () -> link(name))
                    .toList();
            int linked = 0;
            for (Future<Response> answer : threads.invokeAll(calls)) {
                linked += answer.get().then().statusCode(200).extract().<Integer>path("linkedEvents");
            }
            assertThat(linked).isEqualTo(1);
        }
        assertThat(shop.count("select count(*) from identity where kind = 'COOKIE' and key = $1", visitor.toString()))
                .isEqualTo(1);
    }

    private Response link(String externalId) {
        return TestTokens.as(Roles.PARTNER)
                .contentType(ContentType.JSON)
                .body("{\"visitorId\":\"%s\",\"customerExternalId\":\"%s\"}".formatted(visitor, externalId))
                .post("/api/v1/visitor-links");
    }

    private static Response identify(String identities) {
        return TestTokens.as(Roles.PARTNER)
                .contentType(ContentType.JSON)
                .body("{\"identities\":[" + identities + "]}")
                .post("/api/v1/identifications");
    }

    private void visit(String type, String properties) {
        RestAssured.given()
                .contentType("text/plain")
                .body(
                        "{\"visitorId\":\"%s\",\"events\":[{\"id\":\"%s\",\"type\":\"%s\",\"occurredAt\":\"%s\",\"properties\":%s}]}"
                                .formatted(visitor, unique("w"), type, Instant.now(), properties))
                .post("/w/events")
                .then()
                .statusCode(204);
    }

    private Response events() {
        return TestTokens.as(Roles.ADMIN).get("/api/v1/customers/" + customer + "/events");
    }

    private static Response identities(UUID customer) {
        return TestTokens.as(Roles.ADMIN).get("/api/v1/customers/" + customer + "/identities");
    }
}
