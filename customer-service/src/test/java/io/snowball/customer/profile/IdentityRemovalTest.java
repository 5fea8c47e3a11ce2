package io.snowball.customer.profile;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.Shop.uniquePhone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
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
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Taking one identity from a customer: H1, G5. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class IdentityRemovalTest {
    @Inject
    Shop shop;

    String name = "";
    String phone = "";
    String email = "";
    UUID customer = Ids.next();

    @BeforeEach
    void somebodyWithSeveral() {
        name = unique("c");
        phone = uniquePhone();
        email = unique("a").toLowerCase(java.util.Locale.ROOT) + "@example.ru";
        customer = UUID.fromString(
                Shop.tell("{\"externalId\":\"%s\",\"phone\":\"%s\",\"email\":\"%s\"}".formatted(name, phone, email))
                        .jsonPath()
                        .getString("id"));
    }

    @Test
    @DisplayName("H1: in any spelling, with history, told on the feed, and free for somebody else afterwards")
    void h01TakesItAwayAndSaysSo() {
        remove("PHONE", "8" + phone.substring(2)).then().statusCode(204);
        remove("EMAIL", email.replace("example", "EXAMPLE")).then().statusCode(204);
        TestTokens.as(Roles.ADMIN)
                .get("/api/v1/customers/" + customer)
                .then()
                .body("phone", nullValue())
                .body("email", nullValue())
                .body("version", equalTo(3));
        assertThat(shop.events(customer, "customer.changed"))
                .hasSize(3)
                .last()
                .asString()
                .contains("\"hasEmail\": false", "\"hasPhone\": false");
        Response history = TestTokens.as(Roles.ADMIN).get("/api/v1/customers/" + customer + "/changes");
        history.then()
                .body("items.field", containsInAnyOrder("email", "identities.EMAIL", "phone", "identities.PHONE"))
                .body("items.find { it.field == 'identities.PHONE' }.oldValue", equalTo(phone));
        assertThat(TestTokens.as(Roles.MARKETER)
                        .get("/api/v1/customers/" + customer + "/changes")
                        .asString())
                .doesNotContain(phone, email);
        remove("PHONE", phone).then().statusCode(404);
        Shop.tell("{\"externalId\":\"%s\",\"email\":\"%s\"}".formatted(unique("c"), email))
                .then()
                .statusCode(201);
    }

    @Test
    void putsTheOldestFurtherOneInThePlaceOfTheMainOne() {
        String second = unique("b").toLowerCase(java.util.Locale.ROOT) + "@example.ru";
        identify("EMAIL", second);
        identify("TELEGRAM", String.valueOf(Math.abs(Ids.next().getLeastSignificantBits() % 1_000_000_000_000L) + 1));
        remove("EMAIL", email).then().statusCode(204);
        TestTokens.as(Roles.ADMIN).get("/api/v1/customers/" + customer).then().body("email", equalTo(second));
        TestTokens.as(Roles.ADMIN)
                .get("/api/v1/customers/" + customer + "/changes")
                .then()
                .body("items.find { it.field == 'email' }.newValue", equalTo(second));
        TestTokens.as(Roles.ADMIN)
                .get("/api/v1/customers/" + customer + "/identities")
                .then()
                .body("items.kind", hasItem("TELEGRAM"));
    }

    @Test
    void doesNotComeBackWhenAMergeIsUndone() {
        UUID stays = Shop.customer(unique("c"));
        String merge = TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body("{\"customerId\":\"%s\",\"mergedCustomerId\":\"%s\"}".formatted(stays, customer))
                .post("/api/v1/merges")
                .jsonPath()
                .getString("id");
        remove("EMAIL", email).then().statusCode(204);
        TestTokens.as(Roles.ADMIN)
                .post("/api/v1/merges/" + merge + "/unmerges")
                .then()
                .statusCode(200);
        TestTokens.as(Roles.ADMIN)
                .get("/api/v1/customers/" + customer)
                .then()
                .body("email", nullValue())
                .body("phone", equalTo(phone));
    }

    @Test
    void refusesWhatIsNotTheCustomers() {
        remove("EMAIL", "nobody").then().statusCode(400);
        remove("TELEGRAM", "12345678901").then().statusCode(404);
        post(customer, "{\"kind\":\"EMAIL\",\"system\":\"crm\",\"value\":\"a@b.ru\"}")
                .then()
                .statusCode(400);
        post(Ids.next(), "{\"kind\":\"EMAIL\",\"value\":\"a@b.ru\"}").then().statusCode(404);
        TestTokens.as(Roles.MARKETER)
                .contentType(ContentType.JSON)
                .body("{\"kind\":\"EMAIL\",\"value\":\"a@b.ru\"}")
                .post("/api/v1/customers/" + customer + "/identities/removals")
                .then()
                .statusCode(403);
        assertThat(shop.events(customer, "customer.changed")).hasSize(1);
        assertThat(TestTokens.as(Roles.ADMIN)
                        .get("/api/v1/customers/" + customer + "/changes")
                        .jsonPath()
                        .<Object>getList("items"))
                .isEqualTo(List.of());
    }

    private Response remove(String kind, String value) {
        return post(customer, "{\"kind\":\"%s\",\"value\":\"%s\"}".formatted(kind, value));
    }

    private static Response post(UUID customer, String body) {
        return TestTokens.as(Roles.SALES)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/customers/" + customer + "/identities/removals");
    }

    private void identify(String kind, String value) {
        TestTokens.as(Roles.PARTNER)
                .contentType(ContentType.JSON)
                .body(
                        "{\"identities\":[{\"kind\":\"EXTERNAL_ID\",\"value\":\"%s\"},{\"kind\":\"%s\",\"value\":\"%s\"}]}"
                                .formatted(name, kind, value))
                .post("/api/v1/identifications")
                .then()
                .statusCode(200)
                .body("outcome", equalTo("LINKED"));
    }
}
