package io.snowball.customer.erasure;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.Shop.uniquePhone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.customer.Shop;
import io.snowball.platform.db.Rows;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One person's data: shown, blocked, destroyed (B2; 152-FZ art. 14 and 21). */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class PersonalDataTest {
    @Inject
    Shop shop;

    @Inject
    Pool pool;

    @Test
    @DisplayName("152-FZ 21: after the destruction no column of any table has anything of the person")
    void findsNothingAfterwards() {
        String marker = "zz" + Ids.next().toString().replace("-", "").substring(8);
        String phone = uniquePhone();
        UUID person = person(marker, "a", phone);
        UUID twin = person(marker, "b", phone);
        Shop.send(order(marker + "a", "o-1"), order(marker + "b", "o-2"));
        post("/api/v1/merges", "{\"customerId\":\"%s\",\"mergedCustomerId\":\"%s\"}".formatted(person, twin))
                .then()
                .statusCode(201);
        Shop.tell("{\"externalId\":\"%sa\",\"firstName\":\"%sanna\"}".formatted(marker, marker));
        assertThat(shop.tablesWith(marker)).contains("customer", "identity", "person_merge", "merge_identity");
        get(twin)
                .then()
                .statusCode(200)
                .body("found", equalTo(true))
                .body("customerId", equalTo(person.toString()))
                .body("categories.category", hasItems("CUSTOMER", "IDENTITIES", "ORDERS", "MERGES"))
                .body("categories.find { it.category == 'ORDERS' }.rows", hasSize(2));

        erase(twin)
                .then()
                .statusCode(200)
                .body("erasedIds", containsInAnyOrder(person.toString(), twin.toString()))
                .body("erasedAt", notNullValue())
                .body("categories.find { it.category == 'ORDERS' }.rows", equalTo(2));
        assertThat(shop.tablesWith(marker)).isEmpty();
        assertThat(shop.tablesWith(phone)).isEmpty();
        for (UUID id : List.of(person, twin)) {
            get(id).then().body("found", equalTo(false)).body("erasedAt", notNullValue());
            TestTokens.as(Roles.ADMIN).get("/api/v1/customers/" + id).then().statusCode(404);
            assertThat(shop.events(id, "customer.erased")).containsExactly("{\"customerId\": \"" + id + "\"}");
        }
        erase(person).then().statusCode(200).body("categories", hasSize(0));
        assertThat(shop.events(person, "customer.erased")).hasSize(1);
    }

    /** If this fails, a table was added in which a person would be left: make it a Trace. */
    @Test
    void looksIntoEveryTableThatBelongsToACustomer() {
        List<String> tables = pool.query("""
                        select c.relname as name
                        from pg_attribute a
                        join pg_class c on c.oid = a.attrelid
                        join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
                        where a.attname = 'customer_id' and c.relkind in ('r', 'p') and not c.relispartition
                        """)
                .execute()
                .map(rows -> Rows.list(rows, row -> row.getString("name")))
                .await()
                .indefinitely();
        assertThat(Stream.of(Trace.values()).map(Trace::table)).containsAll(tables);
    }

    @Test
    @DisplayName("Orders stay and are nobody's, even when the shop sends them again")
    void keepsTheOrdersWithoutThePerson() {
        String name = unique("c");
        UUID person = Shop.customer(name);
        String order = order(name, unique("o"));
        String id = Shop.send(order).jsonPath().getString("items[0].orderId");
        erase(person).then().statusCode(200);
        TestTokens.as(Roles.ADMIN)
                .get("/api/v1/orders/" + id)
                .then()
                .statusCode(200)
                .body("customerId", nullValue())
                .body("lines", hasSize(1));
        Shop.send(order).then().body("items[0].outcome", equalTo("REJECTED"));
        Shop.customer(name);
        Shop.send(order).then().body("items[0].outcome", equalTo("REJECTED"));
    }

    @Test
    @DisplayName("152-FZ 21: who is blocked is stored, not found and not written to")
    void keepsBlockedDataFromEveryUse() {
        String email = "zz" + Ids.next() + "@example.ru";
        UUID person = UUID.fromString(
                Shop.tell("{\"email\":\"%s\"}".formatted(email)).jsonPath().getString("id"));
        block(person).then().statusCode(204);
        block(person).then().statusCode(204);
        String search = "{\"email\":\"%s\"}".formatted(email);
        String addresses = "{\"channel\":\"EMAIL\",\"customerIds\":[\"%s\"]}".formatted(person);
        post("/api/v1/customer-searches", search).then().body("items", hasSize(0));
        post("/api/v1/addresses", addresses).then().body("items", hasSize(0));
        assertThat(TestTokens.as(Roles.ADMIN).get("/api/v1/customers?limit=5").asString())
                .doesNotContain(person.toString());
        get(person).then().body("found", equalTo(true)).body("blockedAt", notNullValue());
        List<String> events = shop.events(person, "customer.changed");
        assertThat(events).hasSize(2);
        assertThat(events.getLast()).contains("\"blocked\": true", "\"hasEmail\": false");

        TestTokens.as(Roles.SERVICE)
                .delete("/api/v1/personal-data/" + person + "/block")
                .then()
                .statusCode(204);
        post("/api/v1/addresses", addresses).then().body("items", hasSize(1));
        assertThat(shop.events(person, "customer.changed").getLast())
                .contains("\"hasEmail\": true")
                .doesNotContain("blocked");
    }

    @Test
    void isForSiblingsAndTheOfficerOnly() {
        TestTokens.as(Roles.ADMIN)
                .get("/api/v1/personal-data/" + Ids.next())
                .then()
                .statusCode(403);
        TestTokens.as(Roles.ADMIN)
                .delete("/api/v1/personal-data/" + Ids.next())
                .then()
                .statusCode(403);
        TestTokens.as(Roles.DPO)
                .get("/api/v1/personal-data/" + Ids.next())
                .then()
                .statusCode(200)
                .body("found", equalTo(false));
        erase(Ids.next()).then().statusCode(200).body("categories", hasSize(0));
        block(Ids.next()).then().statusCode(404);
    }

    private static UUID person(String marker, String suffix, String phone) {
        String id = Shop.tell("""
                        {"externalId":"%1$s%2$s","email":"%1$s@%2$s.example.ru","phone":"%3$s","firstName":"%1$s","lastName":"%1$s",
                         "birthday":"1990-05-17"}
                        """.formatted(marker, suffix, phone)).jsonPath().getString("id");
        post("/api/v1/identifications", """
                        {"identities":[{"kind":"EXTERNAL_ID","value":"%1$s%2$s"},{"kind":"EXTERNAL_ID","system":"crm","value":"%1$s%2$s"},
                         {"kind":"COOKIE","value":"%1$s%2$s"}]}
                        """.formatted(marker, suffix)).then().statusCode(200);
        return UUID.fromString(id);
    }

    private static String order(String customer, String name) {
        return """
                {"externalId":"%s","customerExternalId":"%s","orderedAt":"2026-01-02T03:04:05Z",
                 "lines":[{"sku":"a","quantity":1,"price":1}]}
                """.formatted(unique(name), customer);
    }

    private static Response get(UUID id) {
        return TestTokens.as(Roles.SERVICE).get("/api/v1/personal-data/" + id);
    }

    private static Response erase(UUID id) {
        return TestTokens.as(Roles.DPO).delete("/api/v1/personal-data/" + id);
    }

    private static Response block(UUID id) {
        return TestTokens.as(Roles.SERVICE).put("/api/v1/personal-data/" + id + "/block");
    }

    private static Response post(String path, String body) {
        return TestTokens.as(Roles.ADMIN, Roles.SERVICE)
                .contentType(ContentType.JSON)
                .body(body)
                .post(path);
    }
}
