package io.snowball.customer.merge;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.Shop.uniqueEmail;
import static io.snowball.customer.Shop.uniquePhone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** One person under two ids: H1, G5. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class MergeTest {
    @Inject
    Shop shop;

    @Nested
    class TwoOfOne {
        String first = unique("c");
        String second = unique("c");

        @Test
        @DisplayName("G5: history, identities and what the profile lacks move; the old id keeps answering")
        void g05MovesAllThatThePersonHas() {
            String email = uniqueEmail();
            UUID stays = tell("{\"externalId\":\"%s\",\"firstName\":\"Анна\"}".formatted(first));
            UUID goes = tell("{\"externalId\":\"%s\",\"email\":\"%s\",\"firstName\":\"Аня\",\"lastName\":\"Иванова\"}"
                    .formatted(second, email));
            String order = send(second, unique("o"), 10);
            merge(stays, goes).then().statusCode(201).body("customerId", equalTo(stays.toString()));

            get(goes)
                    .then()
                    .statusCode(200)
                    .body("id", equalTo(stays.toString()))
                    .body("firstName", equalTo("Анна"))
                    .body("lastName", equalTo("Иванова"))
                    .body("email", equalTo(email.replace("Example.RU", "example.ru")))
                    .body("externalId", equalTo(first));
            TestTokens.as(Roles.ADMIN)
                    .redirects()
                    .follow(false)
                    .get("/api/v1/customers/" + goes)
                    .then()
                    .statusCode(308)
                    .header("Location", equalTo("/api/v1/customers/" + stays));
            orders(goes).then().body("items.id", equalTo(List.of(order)));
            orders(stays).then().body("items.id", equalTo(List.of(order)));
            assertThat(shop.events(stays, "order.changed").getLast())
                    .contains("\"version\": 2", "\"customerId\": \"" + stays + "\"", "\"sku\": \"a\"");
            assertThat(shop.events(stays, "customer.merged"))
                    .singleElement()
                    .asString()
                    .contains("\"customerId\": \"" + stays + "\"", "\"mergedCustomerId\": \"" + goes + "\"");
            assertThat(shop.events(stays, "customer.changed").getLast())
                    .contains("\"hasEmail\": true", "\"version\": 2");
        }

        @Test
        @DisplayName("r24: who is blocked stays so under either id, until consent-service says otherwise")
        void whoIsBlockedStaysSo() {
            UUID stays = tell("{\"externalId\":\"%s\",\"email\":\"%s\"}".formatted(first, uniqueEmail()));
            UUID goes = tell("{\"externalId\":\"%s\",\"email\":\"%s\"}".formatted(second, uniqueEmail()));
            TestTokens.as(Roles.SERVICE)
                    .put("/api/v1/personal-data/" + goes + "/block")
                    .then()
                    .statusCode(204);
            String merge = merge(stays, goes).then().statusCode(201).extract().path("id");
            addresses(stays, goes).body("items", hasSize(0));
            TestTokens.as(Roles.ADMIN)
                    .contentType(ContentType.JSON)
                    .post("/api/v1/merges/" + merge + "/unmerges")
                    .then()
                    .statusCode(200);
            addresses(stays, goes).body("items", hasSize(0));
            TestTokens.as(Roles.SERVICE)
                    .delete("/api/v1/personal-data/" + stays + "/block")
                    .then()
                    .statusCode(204);
            addresses(stays, goes).body("items.customerId", equalTo(List.of(stays.toString())));
        }

        private io.restassured.response.ValidatableResponse addresses(UUID... customers) {
            return TestTokens.as(Roles.SERVICE)
                    .contentType(ContentType.JSON)
                    .body("{\"channel\":\"EMAIL\",\"customerIds\":[\"%s\",\"%s\"]}".formatted((Object[]) customers))
                    .post("/api/v1/addresses")
                    .then()
                    .statusCode(200);
        }

        @Test
        void whatIsToldOfTheOldIdReachesThePerson() {
            UUID stays = Shop.customer(first);
            UUID goes = Shop.customer(second);
            String name = unique("o");
            send(second, name, 10);
            merge(stays, goes).then().statusCode(201);
            assertThat(Shop.tell("{\"externalId\":\"%s\",\"lastName\":\"Новая\"}".formatted(second))
                            .jsonPath()
                            .getString("id"))
                    .isEqualTo(stays.toString());
            String body = order("\"customerId\":\"" + goes + "\"", unique("o"), 20);
            Shop.send(body).then().body("items[0].outcome", equalTo("ACCEPTED"));
            Shop.send(order("\"customerExternalId\":\"" + second + "\"", name, 10))
                    .then()
                    .body("items[0].outcome", equalTo("DUPLICATE"));
            orders(stays).then().body("items", hasSize(2));
            TestTokens.as(Roles.ADMIN)
                    .contentType(ContentType.JSON)
                    .header("If-Match", "\"1\"")
                    .body("{}")
                    .put("/api/v1/customers/" + goes)
                    .then()
                    .statusCode(409)
                    .body("type", equalTo("/problems/customer-merged"));
        }

        @Test
        @DisplayName("G5: unmerge gives both sides back, and leaves alone what has been told since")
        void g05GivesBackExactlyWhatWentOver() {
            String email = uniqueEmail();
            String phone = uniquePhone();
            UUID stays = tell("{\"externalId\":\"%s\",\"phone\":\"%s\"}".formatted(first, phone));
            UUID goes = tell(
                    "{\"externalId\":\"%s\",\"email\":\"%s\",\"phone\":\"%s\",\"firstName\":\"Анна\",\"lastName\":\"Иванова\"}"
                            .formatted(second, email, phone));
            String own = send(first, unique("o"), 1);
            String others = send(second, unique("o"), 2);
            String before = withoutVersion(get(goes));
            String merge = merge(stays, goes).jsonPath().getString("id");
            String later = send(second, unique("o"), 3);
            Shop.tell("{\"externalId\":\"%s\",\"lastName\":\"Петрова\"}".formatted(first));

            undo(merge).then().statusCode(200).body("unmergedAt", notNullValue());
            assertThat(withoutVersion(get(goes))).isEqualTo(before);
            Response survivor = get(stays);
            assertThat(survivor.jsonPath().getString("firstName")).isNull();
            assertThat(survivor.jsonPath().getString("lastName")).isEqualTo("Петрова");
            assertThat(survivor.jsonPath().getString("email")).isNull();
            assertThat(survivor.jsonPath().getString("phone")).isEqualTo(phone);
            orders(goes).then().body("items.id", equalTo(List.of(others)));
            assertThat(orders(stays).jsonPath().getList("items.id", String.class))
                    .containsExactlyInAnyOrder(own, later);
            assertThat(shop.events(stays, "customer.unmerged")).hasSize(1);
            assertThat(shop.events(goes, "customer.changed").getLast()).contains("\"hasEmail\": true");
            undo(merge).then().statusCode(409).body("type", equalTo("/problems/already-unmerged"));
        }

        @Test
        void refusesWhatCanNotBeMergedOrUndone() {
            UUID a = Shop.customer(first);
            UUID b = Shop.customer(second);
            UUID c = Shop.customer(unique("c"));
            merge(a, a).then().statusCode(409).body("type", equalTo("/problems/already-one-customer"));
            merge(a, Ids.next()).then().statusCode(404);
            String inner = merge(b, c).jsonPath().getString("id");
            String outer = merge(a, b).jsonPath().getString("id");
            merge(b, c).then().statusCode(409);
            undo(inner).then().statusCode(409).body("type", equalTo("/problems/merged-on"));
            undo(outer).then().statusCode(200);
            get(c).then().body("id", equalTo(b.toString()));
            undo(inner).then().statusCode(200);
            get(c).then().body("id", equalTo(c.toString()));
            undo(Ids.next().toString()).then().statusCode(404);
            TestTokens.as(Roles.DPO)
                    .get("/api/v1/merges?customerId=" + b)
                    .then()
                    .statusCode(200)
                    .body("items.id", equalTo(List.of(outer, inner)));
            TestTokens.as(Roles.MARKETER)
                    .contentType(ContentType.JSON)
                    .body("{}")
                    .post("/api/v1/merges")
                    .then()
                    .statusCode(403);
        }
    }

    @Nested
    class SharedPhone {
        @Test
        @DisplayName("A family's phone is both people's, merges nobody, and is asked about once")
        void isPutOnTheReviewList() {
            String phone = uniquePhone();
            UUID mother = tell("{\"externalId\":\"%s\",\"phone\":\"%s\"}".formatted(unique("c"), phone));
            String son = unique("c");
            UUID child = tell("{\"externalId\":\"%s\",\"phone\":\"%s\"}".formatted(son, phone));
            assertThat(child).isNotEqualTo(mother);
            get(mother).then().body("phone", equalTo(phone));
            get(child).then().body("phone", equalTo(phone));
            String candidate = candidate(child);
            decide(candidate, "{\"decision\":\"DIFFERENT_PEOPLE\"}")
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("DIFFERENT_PEOPLE"));
            Shop.tell("{\"externalId\":\"%s\",\"phone\":\"%s\",\"firstName\":\"Пётр\"}".formatted(son, phone));
            assertThat(shop.count("select count(*) from merge_candidate where customer_id = $1", child))
                    .isEqualTo(1);
            decide(candidate, "{\"decision\":\"MERGE\"}").then().statusCode(409);
        }

        @Test
        void mergesWhereSomebodyDecidesSo() {
            String phone = uniquePhone();
            UUID one = tell("{\"phone\":\"%s\"}".formatted(phone));
            UUID other = tell("{\"phone\":\"%s\",\"firstName\":\"Анна\"}".formatted(phone));
            String candidate = candidate(other);
            decide(candidate, "{\"decision\":\"MERGE\",\"survivorId\":\"%s\"}".formatted(Ids.next()))
                    .then()
                    .statusCode(400);
            decide(candidate, "{\"decision\":\"MERGE\",\"survivorId\":\"%s\"}".formatted(one))
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("MERGED"));
            get(other).then().body("id", equalTo(one.toString())).body("firstName", equalTo("Анна"));
        }

        private String candidate(UUID customer) {
            Response open = TestTokens.as(Roles.SALES).get("/api/v1/merge-candidates?limit=200");
            open.then().statusCode(200).body("items.customerId", hasItem(customer.toString()));
            return open.jsonPath().getString("items.find { it.customerId == '" + customer + "' }.id");
        }

        private Response decide(String candidate, String body) {
            return TestTokens.as(Roles.SALES)
                    .contentType(ContentType.JSON)
                    .body(body)
                    .post("/api/v1/merge-candidates/" + candidate + "/decisions");
        }
    }

    private static UUID tell(String json) {
        return UUID.fromString(Shop.tell(json).jsonPath().getString("id"));
    }

    private static String order(String customer, String name, int price) {
        return """
                {"externalId":"%s",%s,"orderedAt":"2026-01-02T03:04:05Z","lines":[{"sku":"a","quantity":1,"price":%d}]}
                """.formatted(name, customer, price);
    }

    private static String send(String customer, String name, int price) {
        return Shop.send(order("\"customerExternalId\":\"" + customer + "\"", name, price))
                .jsonPath()
                .getString("items[0].orderId");
    }

    private static Response merge(UUID stays, UUID goes) {
        return TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body("{\"customerId\":\"%s\",\"mergedCustomerId\":\"%s\"}".formatted(stays, goes))
                .post("/api/v1/merges");
    }

    private static Response undo(String merge) {
        return TestTokens.as(Roles.ADMIN).post("/api/v1/merges/" + merge + "/unmerges");
    }

    private static Response get(UUID id) {
        return TestTokens.as(Roles.ADMIN).get("/api/v1/customers/" + id);
    }

    private static Response orders(UUID customer) {
        return TestTokens.as(Roles.ADMIN).get("/api/v1/customers/" + customer + "/orders");
    }

    private static String withoutVersion(Response customer) {
        return customer.asString().replaceAll("\"version\":\\d+,", "");
    }
}
