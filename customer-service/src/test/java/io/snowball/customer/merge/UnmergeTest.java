package io.snowball.customer.merge;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.Shop.uniquePhone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.customer.Shop;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One person who was two after all, or three: G5, H1. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class UnmergeTest {
    @Test
    @DisplayName(
            "G5: undone out of order, what the one who is still taken in knows is known: name, address, phone, origin")
    void g05UndoneOutOfOrderTheOthersWordCounts() {
        String phone = uniquePhone();
        UUID stays = tell("");
        UUID first = tell(",\"phone\":\"%s\",\"firstName\":\"Анна\",\"address\":{\"city\":\"Омск\"}".formatted(phone));
        UUID second =
                tell(",\"phone\":\"%s\",\"firstName\":\"Аня\",\"address\":{\"city\":\"Томск\"},\"source\":\"fair\""
                        .formatted(phone));
        List<String> before = List.of(known(stays), known(first), known(second));
        String one = merge(stays, first);
        String two = merge(stays, second);
        get(stays).then().body("firstName", equalTo("Анна")).body("address.city", equalTo("Омск"));

        undo(one);
        get(stays)
                .then()
                .body("firstName", equalTo("Аня"))
                .body("address.city", equalTo("Томск"))
                .body("source", equalTo("fair"))
                .body("phone", equalTo(phone));
        assertThat(known(first)).isEqualTo(before.get(1));
        undo(two);
        assertThat(List.of(known(stays), known(first), known(second))).isEqualTo(before);
    }

    @Test
    @DisplayName("H1, G5: the history says what a merge told of a person and who decided it; undone, it was never true")
    void h01TheHistorySaysWhatAMergeTold() {
        UUID stays = tell(",\"firstName\":\"Анна\"");
        UUID goes = tell(",\"firstName\":\"Аня\",\"lastName\":\"Иванова\",\"phone\":\"%s\"".formatted(uniquePhone()));
        String merge = merge(stays, goes);
        Response history = changes(stays);
        assertThat(history.jsonPath().getList("items.field", String.class)).contains("lastName", "phone");
        history.then()
                .body("items.find { it.field == 'lastName' }.newValue", equalTo("Иванова"))
                .body("items.find { it.field == 'lastName' }.oldValue", equalTo(null));
        String by = history.jsonPath().getString("items.find { it.field == 'lastName' }.changedBy");
        TestTokens.as(Roles.ADMIN).get("/api/v1/merges/" + merge).then().body("mergedBy", equalTo(by));
        String name = get(stays).jsonPath().getString("externalId");
        Shop.tell("{\"externalId\":\"%s\",\"lastName\":\"Петрова\"}".formatted(name));
        changes(stays).then().body("items[0].oldValue", equalTo("Иванова"));

        undo(merge);
        changes(stays)
                .then()
                .body("items.field", equalTo(List.of("lastName")))
                .body("items[0].oldValue", equalTo(null))
                .body("items[0].newValue", equalTo("Петрова"));
        changes(goes).then().body("items", equalTo(List.of()));
    }

    @Test
    @DisplayName("H1: the history says who linked an account to a person")
    void h01TheHistorySaysWhoLinkedAnAccount() {
        String name = unique("c");
        UUID customer = UUID.fromString(
                Shop.tell("{\"externalId\":\"" + name + "\"}").jsonPath().getString("id"));
        int account = 100_000 + (int) (Math.random() * 1_000_000_000);
        TestTokens.as(Roles.PARTNER)
                .contentType(ContentType.JSON)
                .body("""
                        {"identities":[{"kind":"EXTERNAL_ID","value":"%s"},{"kind":"TELEGRAM","value":"%d"}]}
                        """.formatted(name, account))
                .post("/api/v1/identifications")
                .then()
                .body("outcome", equalTo("LINKED"))
                .body("customerId", equalTo(customer.toString()));
        changes(customer)
                .then()
                .body("items.size()", equalTo(1))
                .body("items[0].field", equalTo("identities.TELEGRAM"))
                .body("items[0].newValue", equalTo(String.valueOf(account)));
    }

    private static UUID tell(String more) {
        return UUID.fromString(Shop.tell("{\"externalId\":\"%s\"%s}".formatted(unique("c"), more))
                .jsonPath()
                .getString("id"));
    }

    private static Response get(UUID id) {
        return TestTokens.as(Roles.ADMIN).get("/api/v1/customers/" + id);
    }

    private static String known(UUID id) {
        return get(id).asString().replaceAll("\"version\":\\d+,", "");
    }

    private static Response changes(UUID id) {
        return TestTokens.as(Roles.ADMIN).get("/api/v1/customers/" + id + "/changes");
    }

    private static String merge(UUID stays, UUID goes) {
        return TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body("{\"customerId\":\"%s\",\"mergedCustomerId\":\"%s\"}".formatted(stays, goes))
                .post("/api/v1/merges")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static void undo(String merge) {
        TestTokens.as(Roles.ADMIN)
                .post("/api/v1/merges/" + merge + "/unmerges")
                .then()
                .statusCode(200);
    }
}
