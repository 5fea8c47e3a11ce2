package io.snowball.customer.profile;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.Shop.uniqueEmail;
import static io.snowball.customer.Shop.uniquePhone;
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
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Finding customers, and their addresses for siblings: H1, G5. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class CustomerSearchTest {
    @Nested
    class Searching {
        @Test
        void findsByAnyIdentityHoweverItIsWritten() {
            String externalId = unique("c");
            String email = uniqueEmail();
            String phone = uniquePhone();
            String id = Shop.tell("{\"externalId\":\"%s\",\"email\":\"%s\",\"phone\":\"%s\"}"
                            .formatted(externalId, email, phone))
                    .jsonPath()
                    .getString("id");
            for (String search : List.of(
                    "{\"externalId\":\"%s\"}".formatted(externalId),
                    "{\"email\":\"%s\"}".formatted(email.toUpperCase(Locale.ROOT)),
                    "{\"phone\":\"8 (%s) %s\"}".formatted(phone.substring(2, 5), phone.substring(5)))) {
                search(Roles.SALES, search).then().statusCode(200).body("items.id", equalTo(List.of(id)));
            }
        }

        @Test
        void findsNobodyAndRefusesAQuestionThatIsNone() {
            search(Roles.ADMIN, "{\"externalId\":\"%s\"}".formatted(unique("c")))
                    .then()
                    .statusCode(200)
                    .body("items", hasSize(0));
            search(Roles.ADMIN, "{}").then().statusCode(400);
            search(Roles.ADMIN, "{\"externalId\":\"1\",\"email\":\"a@example.ru\"}")
                    .then()
                    .statusCode(400);
            search(Roles.ADMIN, "{\"email\":\"a\"}").then().statusCode(400);
            search(Roles.MARKETER, "{\"externalId\":\"1\"}").then().statusCode(403);
        }

        private Response search(String role, String body) {
            return TestTokens.as(role).contentType(ContentType.JSON).body(body).post("/api/v1/customer-searches");
        }
    }

    @Nested
    class Addresses {
        @Test
        void givesSiblingsTheAddressesOfAChannel() {
            String email = uniqueEmail();
            String both = Shop.tell(
                            "{\"email\":\"%s\",\"phone\":\"%s\",\"firstName\":\"Анна\",\"timeZone\":\"Asia/Omsk\"}"
                                    .formatted(email, uniquePhone()))
                    .jsonPath()
                    .getString("id");
            String phoneOnly = Shop.tell("{\"phone\":\"%s\"}".formatted(uniquePhone()))
                    .jsonPath()
                    .getString("id");
            addresses(Roles.SERVICE, "EMAIL", both, phoneOnly, Ids.next().toString())
                    .then()
                    .statusCode(200)
                    .body("items", hasSize(1))
                    .body("items[0].customerId", equalTo(both))
                    .body("items[0].address", equalTo(email.replace("Example.RU", "example.ru")))
                    .body("items[0].firstName", equalTo("Анна"))
                    .body("items[0].timeZone", equalTo("Asia/Omsk"));
            addresses(Roles.SERVICE, "SMS", both, phoneOnly).then().body("items", hasSize(2));
        }

        @Test
        void givesThemToNoPersonAndNotToTheThousandAndFirst() {
            addresses(Roles.ADMIN, "EMAIL", Ids.next().toString()).then().statusCode(403);
            addresses(Roles.SERVICE, "PIGEON", Ids.next().toString()).then().statusCode(400);
            addresses(Roles.SERVICE, "EMAIL").then().statusCode(400);
            addresses(
                            Roles.SERVICE,
                            "EMAIL",
                            IntStream.range(0, 1001)
                                    .mapToObj(i -> Ids.next().toString())
                                    .toArray(String[]::new))
                    .then()
                    .statusCode(400);
        }

        private Response addresses(String role, String channel, String... ids) {
            String list = String.join(
                    ",", List.of(ids).stream().map(id -> '"' + id + '"').toList());
            return TestTokens.as(role)
                    .contentType(ContentType.JSON)
                    .body("{\"channel\":\"%s\",\"customerIds\":[%s]}".formatted(channel, list))
                    .post("/api/v1/addresses");
        }
    }
}
