package io.snowball.customer.profile;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.Shop.uniqueEmail;
import static io.snowball.customer.Shop.uniquePhone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

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
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who the customers are: H1, G5. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class CustomerResourceTest {
    @Inject
    Shop shop;

    @Nested
    class Telling {
        @Test
        void createsACustomerAndUpdatesItWhenToldAgain() {
            String externalId = unique("c");
            String email = uniqueEmail();
            Response created = Shop.tell("""
                    {"externalId":"%s","email":"%s","firstName":"Анна","lastName":"Иванова","sex":"FEMALE",
                     "birthday":"1990-05-17","timeZone":"Europe/Moscow","language":"ru","source":"landing"}
                    """.formatted(externalId, email));
            created.then().statusCode(201).header("Location", startsWith("/api/v1/customers/"));
            UUID id = UUID.fromString(created.jsonPath().getString("id"));

            Shop.tell("{\"externalId\":\"%s\",\"firstName\":\"Аня\"}".formatted(externalId))
                    .then()
                    .statusCode(200)
                    .body("id", equalTo(id.toString()))
                    .body("version", equalTo(2));

            get(Roles.ADMIN, id)
                    .then()
                    .statusCode(200)
                    .header("ETag", "\"2\"")
                    .body("firstName", equalTo("Аня"))
                    .body("lastName", equalTo("Иванова"))
                    .body("email", equalTo(email.replace("Example.RU", "example.ru")))
                    .body("birthday", equalTo("1990-05-17"));
        }

        @Test
        void announcesFactsAndNothingThatNamesAnybody() {
            String externalId = unique("c");
            String email = uniqueEmail();
            String phone = uniquePhone();
            Response created = Shop.tell("""
                    {"externalId":"%s","email":"%s","phone":"%s","firstName":"Марфа","lastName":"Посадница","sex":"FEMALE",
                     "birthday":"1990-05-17","timeZone":"Asia/Omsk","language":"ru","source":"landing",
                     "registeredAt":"2024-01-02T03:04:05.123456789Z"}
                    """.formatted(externalId, email, phone));
            UUID id = UUID.fromString(created.jsonPath().getString("id"));
            List<String> events = shop.events(id, "customer.changed");
            assertThat(events).hasSize(1);
            assertThat(events.getFirst())
                    .contains(
                            "\"customerId\": \"" + id + "\"",
                            "\"hasEmail\": true",
                            "\"hasPhone\": true",
                            "\"birthYear\": 1990",
                            "\"sex\": \"FEMALE\"",
                            "\"timeZone\": \"Asia/Omsk\"",
                            "\"registeredAt\": \"2024-01-02T03:04:05.123456Z\"")
                    .doesNotContain("Марфа", "Посадница", "xample", phone.substring(2), "05-17", externalId);
        }

        @Test
        void announcesNothingWhereNothingChanged() {
            String body = "{\"externalId\":\"%s\",\"email\":\"%s\",\"registeredAt\":\"2024-01-02T03:04:05.123456789Z\"}"
                    .formatted(unique("c"), uniqueEmail());
            UUID id = UUID.fromString(Shop.tell(body).jsonPath().getString("id"));
            Shop.tell(body).then().statusCode(200).body("version", equalTo(1));
            assertThat(shop.events(id, "customer.changed")).hasSize(1);
        }

        @Test
        void refusesAnAddressOfSomebodyElseHoweverItIsWrittenButNotAPhone() {
            String email = uniqueEmail();
            String phone = uniquePhone();
            Shop.tell("{\"email\":\"%s\",\"phone\":\"%s\"}".formatted(email, phone))
                    .then()
                    .statusCode(201);
            Shop.tell("{\"email\":\" %s \"}".formatted(email.toUpperCase(Locale.ROOT)))
                    .then()
                    .statusCode(409)
                    .body("type", equalTo("/problems/email-taken"))
                    .body("detail", notNullValue());
            Shop.tell("{\"externalId\":\"%s\",\"phone\":\"8%s\"}".formatted(unique("c"), phone.substring(2)))
                    .then()
                    .statusCode(201);
        }

        @Test
        void makesOneCustomerOfRequestsThatMeet() throws Exception {
            String externalId = unique("c");
            try (var threads = Executors.newFixedThreadPool(8)) {
                List<Callable<Response>> requests = IntStream.range(0, 16)
                        .mapToObj(i -> (Callable<Response>) () ->
                                Shop.tell("{\"externalId\":\"%s\",\"firstName\":\"N%d\"}".formatted(externalId, i)))
                        .toList();
                List<Response> answers = threads.invokeAll(requests).stream()
                        .map(Future::resultNow)
                        .toList();
                assertThat(answers.stream()
                                .map(answer -> answer.jsonPath().getString("id"))
                                .distinct())
                        .hasSize(1);
                assertThat(answers.stream().filter(answer -> answer.statusCode() == 201))
                        .hasSize(1);
                assertThat(answers.stream().map(answer -> answer.jsonPath().getInt("version")))
                        .doesNotHaveDuplicates();
            }
        }

        @Test
        void letsOneOfTwoHaveAnAddressThatBothAskFor() throws Exception {
            String body = "{\"email\":\"%s\"}".formatted(uniqueEmail());
            try (var threads = Executors.newFixedThreadPool(8)) {
                Callable<Integer> request = () -> Shop.tell(body).statusCode();
                List<Integer> statuses =
                        threads.invokeAll(List.of(request, request, request, request, request, request)).stream()
                                .map(Future::resultNow)
                                .sorted()
                                .toList();
                assertThat(statuses).containsExactly(201, 409, 409, 409, 409, 409);
            }
        }

        @Test
        void repeatsItsAnswerForTheSameKeyAndKeepsNothingPersonalOfIt() {
            UUID key = Ids.next();
            String email = uniqueEmail();
            String body = "{\"email\":\"%s\"}".formatted(email);
            Response first = tell(key, body);
            Response again = tell(key, body);
            assertThat(again.statusCode()).isEqualTo(201).isEqualTo(first.statusCode());
            assertThat(again.asString()).isEqualTo(first.asString());
            tell(key, "{\"email\":\"%s\"}".formatted(uniqueEmail())).then().statusCode(422);
            assertThat(shop.count("select count(*) from idempotency_key where key = $1 and response like '%@%'", key))
                    .isZero();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"email\":\"nobody\"}",
                    "{\"phone\":\"12\"}",
                    "{\"timeZone\":\"Moon/Crater\"}",
                    "{\"language\":\"russian\"}",
                    "{\"birthday\":\"1790-01-01\"}",
                    "{\"birthday\":\"17.05.1990\"}",
                    "{\"registeredAt\":\"2999-01-01T00:00:00Z\"}",
                    "{\"firstName\":\"a\\u0000b\"}",
                    "{\"sex\":\"X\"}",
                    "{\"unknown\":1}",
                    "{",
                    "[]",
                    ""
                })
        void refusesAWrongBodyAndSaysWhere(String body) {
            Shop.tell(body).then().statusCode(400).contentType("application/problem+json");
        }

        private Response tell(UUID key, String body) {
            return TestTokens.as(Roles.ADMIN)
                    .contentType(ContentType.JSON)
                    .header("Idempotency-Key", key)
                    .body(body)
                    .post("/api/v1/customers");
        }
    }

    @Nested
    class Replacing {
        @Test
        void forgetsWhatIsLeftOut() {
            String externalId = unique("c");
            UUID id = UUID.fromString(Shop.tell("{\"externalId\":\"%s\",\"email\":\"%s\",\"firstName\":\"Анна\"}"
                            .formatted(externalId, uniqueEmail()))
                    .jsonPath()
                    .getString("id"));
            replace(id, "\"1\"", "{\"externalId\":\"%s\",\"phone\":\"%s\"}".formatted(externalId, uniquePhone()))
                    .then()
                    .statusCode(200)
                    .body("version", equalTo(2));
            get(Roles.ADMIN, id)
                    .then()
                    .body("email", nullValue())
                    .body("firstName", nullValue())
                    .body("phone", notNullValue())
                    .body("externalId", equalTo(externalId));
            assertThat(shop.events(id, "customer.changed").getLast())
                    .contains("\"hasEmail\": false", "\"hasPhone\": true");
        }

        @Test
        void refusesAStaleVersionAMissingOneAndAnUnknownCustomer() {
            UUID id = Shop.customer(unique("c"));
            replace(id, "\"7\"", "{}").then().statusCode(412).body("type", equalTo("/problems/stale-version"));
            replace(id, "", "{}").then().statusCode(400);
            replace(Ids.next(), "\"1\"", "{}").then().statusCode(404);
        }

        private Response replace(UUID id, String version, String body) {
            return TestTokens.as(Roles.SALES)
                    .contentType(ContentType.JSON)
                    .header("If-Match", version)
                    .body(body)
                    .put("/api/v1/customers/" + id);
        }
    }

    @Nested
    class Reading {
        @ParameterizedTest
        @ValueSource(strings = {Roles.MARKETER, Roles.ANALYST})
        void masksPersonalDataForThoseWithoutTheRight(String role) {
            String phone = uniquePhone();
            UUID id = UUID.fromString(Shop.tell(
                            "{\"email\":\"%s\",\"phone\":\"%s\",\"firstName\":\"Анна\",\"lastName\":\"Иванова\",\"birthday\":\"1990-05-17\"}"
                                    .formatted(uniqueEmail(), phone))
                    .jsonPath()
                    .getString("id"));
            get(role, id)
                    .then()
                    .statusCode(200)
                    .body("email", equalTo("U***@example.ru"))
                    .body("phone", equalTo("+7********" + phone.substring(10)))
                    .body("lastName", equalTo("И."))
                    .body("firstName", equalTo("Анна"))
                    .body("birthday", nullValue());
            String page = TestTokens.as(role).get("/api/v1/customers?limit=1").asString();
            assertThat(page).doesNotContain(phone, "Иванова", "1990-05-17");
        }

        @ParameterizedTest
        @ValueSource(strings = {Roles.ADMIN, Roles.SALES, Roles.DPO, Roles.SERVICE})
        void showsThemToThoseWithTheRight(String role) {
            String phone = uniquePhone();
            UUID id = UUID.fromString(Shop.tell("{\"phone\":\"%s\",\"lastName\":\"Иванова\"}".formatted(phone))
                    .jsonPath()
                    .getString("id"));
            get(role, id).then().body("phone", equalTo(phone)).body("lastName", equalTo("Иванова"));
        }

        @Test
        void pagesThroughAllNewestFirst() {
            List<String> ids = IntStream.range(0, 5)
                    .mapToObj(i -> Shop.customer(unique("c")).toString())
                    .toList();
            Response first = TestTokens.as(Roles.ADMIN).get("/api/v1/customers?limit=3");
            assertThat(first.jsonPath().getList("items.id"))
                    .containsExactlyElementsOf(ids.reversed().subList(0, 3));
            Response second = TestTokens.as(Roles.ADMIN)
                    .get("/api/v1/customers?limit=2&cursor=" + first.jsonPath().getString("nextCursor"));
            assertThat(second.jsonPath().getList("items.id"))
                    .containsExactlyElementsOf(ids.reversed().subList(3, 5));
        }

        @Test
        void answersEachMistakeWithItsProblem() {
            get(Roles.ADMIN, Ids.next()).then().statusCode(404).body("type", equalTo("/problems/not-found"));
            TestTokens.as(Roles.ADMIN).get("/api/v1/customers/abc").then().statusCode(400);
            TestTokens.as(Roles.ADMIN).get("/api/v1/customers?limit=0").then().statusCode(400);
            TestTokens.as(Roles.ADMIN).get("/api/v1/customers?cursor=x").then().statusCode(400);
            TestTokens.as(Roles.ADMIN)
                    .get("/api/v1/customers?cursor=" + Cursor.encode(List.of("made-up"), "customers"))
                    .then()
                    .statusCode(400);
            get(Roles.PARTNER, Ids.next()).then().statusCode(403);
            TestTokens.anonymous().get("/api/v1/customers").then().statusCode(401);
        }
    }

    private static Response get(String role, UUID id) {
        return TestTokens.as(role).get("/api/v1/customers/" + Objects.requireNonNull(id));
    }
}
