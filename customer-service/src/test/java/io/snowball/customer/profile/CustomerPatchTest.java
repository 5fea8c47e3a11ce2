package io.snowball.customer.profile;

import static io.snowball.customer.Shop.uniqueEmail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
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
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that is known of a customer, and its history: H1, G5, G7. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class CustomerPatchTest {
    private static final String ALL = """
            {"email":"%s","firstName":"Анна","lastName":"Иванова","birthday":"1990-05-17","timeZone":"Asia/Omsk",
             "timeZoneSource":"DELIVERY_ADDRESS","childrenBirthdays":["2020-01-02","2015-03-04"],
             "address":{"country":"RU","region":"Омская область","city":"Омск","street":"ул. Тайная, 1","postalCode":"644000"},
             "utm":{"source":"yandex","medium":"cpc","campaign":"spring","term":"Марфа"},
             "device":{"type":"smartphone","browser":"Chrome","os":"Android"},
             "socialAccounts":["https://vk.com/tajna"],"preferredChannel":"TELEGRAM",
             "attributes":{"shoe_size":38.50,"vip_card":true,"colour":"red","allergy":"Тайная"}}
            """;

    @Inject
    Shop shop;

    String email = uniqueEmail();
    UUID customer = Ids.next();

    @BeforeEach
    void aCustomerOfWhomAllIsKnown() {
        declare("shoe_size", "{\"type\":\"NUMBER\"}").then().statusCode(200);
        declare("vip_card", "{\"type\":\"BOOLEAN\"}").then().statusCode(200);
        declare("colour", "{\"type\":\"CHOICE\",\"choices\":[\"red\",\"blue\"]}")
                .then()
                .statusCode(200);
        declare("allergy", "{\"type\":\"TEXT\",\"personal\":true}").then().statusCode(200);
        Response told = Shop.tell(ALL.formatted(email));
        told.then().statusCode(201);
        customer = UUID.fromString(told.jsonPath().getString("id"));
    }

    @Test
    @DisplayName("H1, G5, G7: children, address, origin, device, preferences and own attributes")
    void h01G05G07KeepsAllThatIsKnown() {
        get(Roles.ADMIN)
                .then()
                .statusCode(200)
                .body("childrenBirthdays", equalTo(List.of("2015-03-04", "2020-01-02")))
                .body("address.street", equalTo("ул. Тайная, 1"))
                .body("timeZoneSource", equalTo("DELIVERY_ADDRESS"))
                .body("utm.campaign", equalTo("spring"))
                .body("device.os", equalTo("Android"))
                .body("socialAccounts", hasSize(1))
                .body("preferredChannel", equalTo("TELEGRAM"))
                .body("attributes.shoe_size", equalTo(38.5f))
                .body("attributes.vip_card", equalTo(true))
                .body("attributes.allergy", equalTo("Тайная"));
        get(Roles.MARKETER)
                .then()
                .body("childrenBirthdays", nullValue())
                .body("address.city", equalTo("Омск"))
                .body("address.street", nullValue())
                .body("socialAccounts", nullValue())
                .body("attributes.colour", equalTo("red"))
                .body("attributes.allergy", nullValue());
        assertThat(shop.events(customer, "customer.changed"))
                .singleElement()
                .asString()
                .contains(
                        "\"childBirthYears\": [2015, 2020]",
                        "\"preferredChannel\": \"TELEGRAM\"",
                        "\"shoe_size\": 38.5",
                        "\"campaign\": \"spring\"",
                        "\"version\": 1")
                .doesNotContain("Тайная", "tajna", "Марфа", "2015-03", "644000");
    }

    @Test
    void changesWhatIsSentForgetsWhatIsNullAndLeavesTheRest() {
        patch(
                        "{\"lastName\":\"Петрова\",\"birthday\":null,\"address\":{\"street\":null},\"attributes\":{\"colour\":\"blue\",\"vip_card\":null}}")
                .then()
                .statusCode(200)
                .body("version", equalTo(2));
        get(Roles.ADMIN)
                .then()
                .body("lastName", equalTo("Петрова"))
                .body("firstName", equalTo("Анна"))
                .body("birthday", nullValue())
                .body("address.city", equalTo("Омск"))
                .body("address.street", nullValue())
                .body("attributes.colour", equalTo("blue"))
                .body("attributes.vip_card", nullValue())
                .body("attributes.shoe_size", equalTo(38.5f));
        patch("{\"lastName\":\"Петрова\",\"attributes\":{\"shoe_size\":38.500}}")
                .then()
                .statusCode(200)
                .body("version", equalTo(2));
        assertThat(shop.events(customer, "customer.changed")).hasSize(2);
    }

    @Test
    @DisplayName("H1: who changed what, from what to what; personal data masked")
    void h01WritesTheHistory() {
        patch("{\"lastName\":\"Петрова\",\"email\":null,\"language\":\"ru\",\"attributes\":{\"allergy\":\"иная\"}}")
                .then()
                .statusCode(200);
        Response all = changes(Roles.DPO);
        all.then()
                .statusCode(200)
                .body("items.field", containsInAnyOrder("lastName", "email", "language", "personalAttributes.allergy"))
                .body("items.changedBy", hasItem(new UUID(0, 1).toString()))
                .body("items.find { it.field == 'lastName' }.oldValue", equalTo("Иванова"))
                .body("items.find { it.field == 'lastName' }.newValue", equalTo("Петрова"))
                .body("items.find { it.field == 'email' }.newValue", nullValue());
        changes(Roles.MARKETER)
                .then()
                .body("items.find { it.field == 'lastName' }.oldValue", equalTo("И."))
                .body("items.find { it.field == 'email' }.oldValue", equalTo("U***@example.ru"))
                .body("items.find { it.field == 'personalAttributes.allergy' }.newValue", equalTo("***"))
                .body("items.find { it.field == 'language' }.newValue", equalTo("ru"));
        changes(Roles.PARTNER).then().statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"attributes\":{\"shoe_size\":\"38\"}}",
                "{\"attributes\":{\"vip_card\":1}}",
                "{\"attributes\":{\"colour\":\"green\"}}",
                "{\"attributes\":{\"allergy\":5}}",
                "{\"attributes\":{\"undeclared\":5}}",
                "{\"attributes\":{\"shoe_size\":1e30}}",
                "{\"attributes\":{\"shoe_size\":{\"a\":1}}}",
                "{\"attributes\":5}",
                "{\"childrenBirthdays\":[\"2999-01-01\"]}",
                "{\"preferredChannel\":\"PIGEON\"}",
                "{\"address\":{\"planet\":\"Mars\"}}",
                "{\"unknown\":1}",
                "{\"email\":\"nobody\"}",
                "[]",
                "5"
            })
    @DisplayName("A value of another type than declared is refused")
    void refusesAWrongPatch(String body) {
        patch(body).then().statusCode(400).contentType("application/problem+json");
        assertThat(shop.events(customer, "customer.changed")).hasSize(1);
    }

    @Test
    void refusesAStaleVersionAndAnUnknownCustomer() {
        TestTokens.as(Roles.SALES)
                .contentType(ContentType.JSON)
                .header("If-Match", "\"7\"")
                .body("{}")
                .patch("/api/v1/customers/" + customer)
                .then()
                .statusCode(412);
        TestTokens.as(Roles.SALES)
                .contentType(ContentType.JSON)
                .body("{}")
                .patch("/api/v1/customers/" + Ids.next())
                .then()
                .statusCode(404);
    }

    @Test
    void declaresAnAttributeOnceAndLetsChoicesGrow() {
        String name = "a" + Ids.next().toString().replace("-", "");
        declare(name, "{\"type\":\"CHOICE\",\"choices\":[\"a\"]}").then().statusCode(200);
        declare(name, "{\"type\":\"CHOICE\",\"choices\":[\"a\",\"b\"]}")
                .then()
                .statusCode(200)
                .body("choices", equalTo(List.of("a", "b")));
        declare(name, "{\"type\":\"CHOICE\",\"choices\":[\"b\"]}").then().statusCode(409);
        declare(name, "{\"type\":\"TEXT\"}").then().statusCode(409);
        declare(name, "{\"type\":\"CHOICE\"}").then().statusCode(400);
        declare("Wrong Name", "{\"type\":\"TEXT\"}").then().statusCode(400);
        TestTokens.as(Roles.ANALYST)
                .get("/api/v1/attributes")
                .then()
                .statusCode(200)
                .body("items.name", hasItem(name));
    }

    private Response patch(String body) {
        return TestTokens.as(Roles.SALES)
                .contentType(ContentType.JSON)
                .body(body)
                .patch("/api/v1/customers/" + customer);
    }

    private Response get(String role) {
        return TestTokens.as(role).get("/api/v1/customers/" + customer);
    }

    private Response changes(String role) {
        return TestTokens.as(role).get("/api/v1/customers/" + customer + "/changes");
    }

    private static Response declare(String name, String body) {
        return TestTokens.as(Roles.MARKETER)
                .contentType(ContentType.JSON)
                .body(body)
                .put("/api/v1/attributes/" + name);
    }
}
