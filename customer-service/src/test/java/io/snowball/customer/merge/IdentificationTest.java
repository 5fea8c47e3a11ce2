package io.snowball.customer.merge;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.Shop.uniqueEmail;
import static io.snowball.customer.Shop.uniquePhone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.customer.Shop;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import jakarta.inject.Inject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who shows these identities: H1, H3, B17. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class IdentificationTest {
    @Inject
    Shop shop;

    @Test
    @DisplayName("H1: an anonymous visitor who logs in keeps the history")
    void h01MergesAVisitorIntoTheCustomerWhoLogsIn() {
        String cookie = unique("cookie");
        String email = uniqueEmail();
        String visitor = identified("CREATED", "COOKIE", cookie);
        String customer =
                Shop.tell("{\"email\":\"%s\"}".formatted(email)).jsonPath().getString("id");
        assertThat(identified("LINKED", "COOKIE", cookie, "EMAIL", email)).isEqualTo(customer);
        assertThat(identified("KNOWN", "COOKIE", cookie)).isEqualTo(customer);
        assertThat(identified("KNOWN", "EMAIL", email, "COOKIE", cookie)).isEqualTo(customer);
        TestTokens.as(Roles.ADMIN).get("/api/v1/customers/" + visitor).then().body("id", equalTo(customer));
        assertThat(shop.events(java.util.UUID.fromString(customer), "customer.merged"))
                .hasSize(1);
    }

    @Test
    void aVisitorWhoGivesAnAddressBecomesThatCustomer() {
        String cookie = unique("cookie");
        String visitor = identified("CREATED", "COOKIE", cookie);
        assertThat(identified("LINKED", "COOKIE", cookie, "EMAIL", uniqueEmail()))
                .isEqualTo(visitor);
    }

    @Test
    @DisplayName("A computer that two people use goes over to who logs in, and nobody's history with it")
    void aSharedComputerMergesNobody() {
        String cookie = unique("cookie");
        String first = identified("CREATED", "EMAIL", uniqueEmail(), "COOKIE", cookie);
        String second = identified("CREATED", "EMAIL", uniqueEmail(), "COOKIE", cookie);
        assertThat(second).isNotEqualTo(first);
        assertThat(identified("KNOWN", "COOKIE", cookie)).isEqualTo(second);
    }

    @Test
    @DisplayName("A family's phone decides nothing")
    void aSharedPhoneNamesNobody() {
        String phone = uniquePhone();
        String mother = identified("CREATED", "PHONE", phone);
        assertThat(identified("KNOWN", "PHONE", phone)).isEqualTo(mother);
        String son = identified("CREATED", "PHONE", phone, "EMAIL", uniqueEmail());
        assertThat(son).isNotEqualTo(mother);
        identify(Roles.SERVICE, "PHONE", phone)
                .then()
                .statusCode(200)
                .body("outcome", equalTo("AMBIGUOUS"))
                .body("customerId", nullValue());
    }

    @Test
    void keepsExternalIdsOfEachSystemAndAccountsOfMessengers() {
        String main = unique("shop");
        String telegram = String.valueOf(System.nanoTime());
        String id =
                Shop.tell("{\"externalId\":\"%s\"}".formatted(main)).jsonPath().getString("id");
        identify(Roles.PARTNER, """
                {"kind":"EXTERNAL_ID","value":"%s"},{"kind":"EXTERNAL_ID","system":"crm","value":"%s"},
                {"kind":"TELEGRAM","value":"%s"},{"kind":"PUSH","value":"%s"}
                """.formatted(main, main, telegram, unique("token")))
                .then()
                .statusCode(200)
                .body("outcome", equalTo("LINKED"))
                .body("decidedBy", equalTo("EXTERNAL_ID"))
                .body("customerId", equalTo(id));
        TestTokens.as(Roles.MARKETER)
                .get("/api/v1/customers/" + id + "/identities")
                .then()
                .statusCode(200)
                .body("items.kind", containsInAnyOrder("EXTERNAL_ID", "EXTERNAL_ID", "TELEGRAM", "PUSH"))
                .body("items.find { it.kind == 'TELEGRAM' }.value", equalTo("***"))
                .body("items.find { it.system == 'crm' }.main", equalTo(false));
        assertThat(identified("KNOWN", "TELEGRAM", telegram)).isEqualTo(id);
        TestTokens.as(Roles.SERVICE)
                .contentType(ContentType.JSON)
                .body("{\"channel\":\"TELEGRAM\",\"customerIds\":[\"%s\"]}".formatted(id))
                .post("/api/v1/addresses")
                .then()
                .body("items[0].address", equalTo(telegram));
    }

    @Test
    void refusesABadQuestion() {
        identify(Roles.SERVICE, "EMAIL", "nobody").then().statusCode(400);
        identify(Roles.SERVICE, "{\"kind\":\"EMAIL\",\"system\":\"crm\",\"value\":\"a@example.ru\"}")
                .then()
                .statusCode(400);
        identify(Roles.SERVICE, "").then().statusCode(400);
        identify(Roles.MARKETER, "EMAIL", "a@example.ru").then().statusCode(403);
    }

    private static String identified(String outcome, String kind, String value, String... more) {
        String pairs = more.length == 0 ? pair(kind, value) : pair(kind, value) + "," + pair(more[0], more[1]);
        Response answer = identify(Roles.SERVICE, pairs);
        answer.then().statusCode(200).body("outcome", equalTo(outcome));
        return answer.jsonPath().getString("customerId");
    }

    private static Response identify(String role, String kind, String value) {
        return identify(role, pair(kind, value));
    }

    private static Response identify(String role, String identities) {
        return TestTokens.as(role)
                .contentType(ContentType.JSON)
                .body("{\"identities\":[%s]}".formatted(identities))
                .post("/api/v1/identifications");
    }

    private static String pair(String kind, String value) {
        return "{\"kind\":\"%s\",\"value\":\"%s\"}".formatted(kind, value);
    }
}
