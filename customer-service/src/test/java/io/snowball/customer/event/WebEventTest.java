package io.snowball.customer.event;

import static io.snowball.customer.Shop.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

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
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a page of the shop sends, and who it belongs to: C9, H1. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class WebEventTest {
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
    void areLinkedToTheCustomerOnLogin() {
        UUID visitor = Ids.next();
        fromWeb(visitor, "page_view", "{\"url\":\"https://shop.ru/\"}").then().statusCode(204);
        assertThat(shop.events(customer, "event.recorded")).isEmpty();
        link(visitor).then().statusCode(200).body("linkedEvents", equalTo(1));
        link(visitor).then().statusCode(200).body("linkedEvents", equalTo(0));
        fromWeb(visitor, "search", "{\"query\":\"шуба\"}").then().statusCode(204);
        assertThat(events(Roles.ADMIN).jsonPath().getList("items.type", String.class))
                .containsExactlyInAnyOrder("page_view", "search");
        assertThat(shop.events(customer, "event.recorded")).hasSize(2);
    }

    @Test
    void keepWhatOneCustomerDidWhenAnotherLogsInAtTheSameBrowser() {
        UUID visitor = Ids.next();
        link(visitor);
        fromWeb(visitor, "search", "{\"query\":\"a\"}");
        UUID first = customer;
        aCustomer();
        link(visitor).then().body("linkedEvents", equalTo(0));
        fromWeb(visitor, "search", "{\"query\":\"b\"}");
        assertThat(shop.events(first, "event.recorded")).hasSize(1);
        assertThat(shop.events(customer, "event.recorded")).hasSize(1);
    }

    @Test
    void canOnlySendWhatIsMeantToComeFromThere() {
        UUID visitor = Ids.next();
        fromWeb(visitor, "registration", "{}").then().statusCode(204);
        assertThat(shop.count("select count(*) from event where visitor_id = $1", visitor))
                .isZero();
        web("{").then().statusCode(400).contentType("application/problem+json");
        web("null").then().statusCode(400);
        web("{\"visitorId\":\"x\",\"events\":[]}").then().statusCode(400);
        web("{\"visitorId\":\"" + visitor + "\",\"events\":[]}").then().statusCode(400);
    }

    @Test
    void linkOnlyKnownCustomersAndOnlyByTheShop() {
        TestTokens.as(Roles.PARTNER)
                .contentType(ContentType.JSON)
                .body("{\"visitorId\":\"%s\",\"customerExternalId\":\"nobody\"}".formatted(Ids.next()))
                .post("/api/v1/visitor-links")
                .then()
                .statusCode(404);
        TestTokens.as(Roles.PARTNER)
                .contentType(ContentType.JSON)
                .body("{\"visitorId\":\"%s\"}".formatted(Ids.next()))
                .post("/api/v1/visitor-links")
                .then()
                .statusCode(400);
        RestAssured.given()
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/visitor-links")
                .then()
                .statusCode(401);
    }

    @Test
    void getTheScript() {
        RestAssured.get("/snowball.js")
                .then()
                .statusCode(200)
                .header("Content-Type", containsString("javascript"))
                .body(containsString("/w/events"));
    }

    private Response link(UUID visitor) {
        return TestTokens.as(Roles.PARTNER)
                .contentType(ContentType.JSON)
                .body("{\"visitorId\":\"%s\",\"customerExternalId\":\"%s\"}".formatted(visitor, customerExternalId))
                .post("/api/v1/visitor-links");
    }

    private static Response fromWeb(UUID visitor, String type, String properties) {
        return web(
                "{\"visitorId\":\"%s\",\"events\":[{\"id\":\"%s\",\"type\":\"%s\",\"occurredAt\":\"%s\",\"properties\":%s}]}"
                        .formatted(visitor, unique("w"), type, Instant.now(), properties));
    }

    private static Response web(String body) {
        return RestAssured.given().contentType("text/plain").body(body).post("/w/events");
    }

    private Response events(String role) {
        return TestTokens.as(role).get("/api/v1/customers/" + customer + "/events");
    }
}
