package io.snowball.customer.calllist;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.Shop.uniquePhone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.customer.FakeSiblings;
import io.snowball.customer.Shop;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of customers to call: C15. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(value = FakeSiblings.class, scope = TestResourceScope.GLOBAL)
class CallListTest {
    @Inject
    Shop shop;

    String phone = "";
    UUID agrees = Ids.next();
    UUID refuses = Ids.next();
    UUID blocked = Ids.next();

    @BeforeEach
    void threePeople() {
        phone = uniquePhone();
        agrees = customer(phone);
        refuses = customer(uniquePhone());
        blocked = customer(uniquePhone());
        FakeSiblings.refuse(refuses, "WITHDRAWN");
    }

    @Test
    @DisplayName(
            "C15: the number is shown of who may be called, to who may see it; consent is asked for now and by address")
    void c15ShowsNumbersOfWhoMayBeCalledOnly() {
        String list = list("marketing", agrees, refuses, blocked, agrees, Ids.next());
        block(blocked);
        Response entries = entries(Roles.SALES, list);
        entries.then()
                .statusCode(200)
                .body("items", hasSize(3))
                .body(of(agrees) + ".phone", equalTo(phone))
                .body(of(agrees) + ".mayCall", equalTo(true))
                .body(of(agrees) + ".lastName", equalTo("Иванова"))
                .body(of(refuses) + ".phone", nullValue())
                .body(of(refuses) + ".mayCall", equalTo(false))
                .body(of(refuses) + ".reason", equalTo("WITHDRAWN"))
                .body(of(blocked) + ".reason", equalTo("BLOCKED"))
                .body(of(blocked) + ".firstName", nullValue());
        assertThat(FakeSiblings.addressOf(agrees)).isEqualTo(phone);
        assertThat(FakeSiblings.addressOf(blocked)).isNull();
        entries(Roles.MARKETER, list)
                .then()
                .body(of(agrees) + ".phone", startsWith("+7****"))
                .body(of(agrees) + ".lastName", equalTo("И."));
        assertThat(FakeSiblings.addressOf(agrees)).isEqualTo(phone);
        TestTokens.as(Roles.ANALYST)
                .get("/api/v1/call-lists/" + list + "/entries")
                .then()
                .statusCode(403);
    }

    @Test
    void showsNoNumberWhileConsentDoesNotAnswer() {
        String purpose = "p" + Ids.next().toString().substring(24);
        String list = list(purpose, agrees);
        FakeSiblings.down(purpose);
        entries(Roles.SALES, list).then().statusCode(503).header("Retry-After", equalTo("5"));
        FakeSiblings.up(purpose);
        entries(Roles.SALES, list).then().statusCode(200).body("items.phone", equalTo(List.of(phone)));
    }

    @Test
    void saysWhatCameOfEachCall() {
        String list = list("marketing", agrees, refuses);
        String entry = entries(Roles.SALES, list).jsonPath().getString(of(agrees) + ".id");
        record(list, entry, "NO_ANSWER").then().statusCode(200).body("customerId", equalTo(agrees.toString()));
        open(list).then().body("items", hasSize(2));
        record(list, entry, "DO_NOT_CALL").then().statusCode(200);
        open(list).then().body("items.customerId", equalTo(List.of(refuses.toString())));
        assertThat(shop.events(agrees, "call.recorded"))
                .hasSize(2)
                .last()
                .asString()
                .contains("\"result\": \"DO_NOT_CALL\"", list)
                .doesNotContain(phone.substring(2));
        TestTokens.as(Roles.MARKETER)
                .get("/api/v1/call-lists/" + list)
                .then()
                .statusCode(200)
                .body("entries", equalTo(2))
                .body("results.DO_NOT_CALL", equalTo(1));
        record(list, Ids.next().toString(), "ACCEPTED").then().statusCode(404);
        record(list, entry, "PERHAPS").then().statusCode(400);
    }

    @Test
    void comesFromASegment() {
        UUID segment = FakeSiblings.segment(List.of(agrees, refuses));
        String list = post("\"segmentId\":\"" + segment + "\"")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        entries(Roles.SALES, list).then().body("items", hasSize(2));
        FakeSiblings.down(segment);
        post("\"segmentId\":\"" + segment + "\"").then().statusCode(503);
        post("\"segmentId\":\"" + Ids.next() + "\"").then().statusCode(400);
        TestTokens.as(Roles.SALES)
                .get("/api/v1/call-lists?limit=200")
                .then()
                .statusCode(200)
                .body("items.id", hasItem(list));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"customerIds\":[]",
                "\"name\":\"x\"",
                "\"customerIds\":[\"01890a5d-ac96-774b-bcce-b302099a8057\"],\"segmentId\":\"01890a5d-ac96-774b-bcce-b302099a8057\"",
                "\"customerIds\":[\"01890a5d-ac96-774b-bcce-b302099a8057\"],\"purpose\":\"Реклама\"",
                "\"customerIds\":[\"01890a5d-ac96-774b-bcce-b302099a8057\"],\"offer\":\" \""
            })
    void refusesAWrongList(String fields) {
        post(fields).then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    void followsMergesAndErasures() {
        String list = list("marketing", agrees, refuses);
        UUID stays = Shop.customer(unique("c"));
        TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body("{\"customerId\":\"%s\",\"mergedCustomerId\":\"%s\"}".formatted(stays, agrees))
                .post("/api/v1/merges")
                .then()
                .statusCode(201);
        entries(Roles.SALES, list).then().body(of(stays) + ".phone", equalTo(phone));
        TestTokens.as(Roles.DPO).delete("/api/v1/personal-data/" + stays).then().statusCode(200);
        entries(Roles.SALES, list).then().body("items.customerId", equalTo(List.of(refuses.toString())));
        TestTokens.as(Roles.SALES).delete("/api/v1/call-lists/" + list).then().statusCode(204);
        TestTokens.as(Roles.SALES).delete("/api/v1/call-lists/" + list).then().statusCode(404);
        assertThat(shop.count("select count(*) from call_list_entry where call_list_id = $1", UUID.fromString(list)))
                .isZero();
    }

    private static UUID customer(String phone) {
        return UUID.fromString(
                Shop.tell("{\"externalId\":\"%s\",\"phone\":\"%s\",\"firstName\":\"Анна\",\"lastName\":\"Иванова\"}"
                                .formatted(unique("c"), phone))
                        .jsonPath()
                        .getString("id"));
    }

    private static String of(UUID customer) {
        return "items.find { it.customerId == '" + customer + "' }";
    }

    private static Response post(String fields) {
        return TestTokens.as(Roles.MARKETER)
                .contentType(ContentType.JSON)
                .body("{\"name\":\"Гарантия\",\"offer\":\"Продление за полцены\",\"purpose\":\"marketing\",%s}"
                        .formatted(fields))
                .post("/api/v1/call-lists");
    }

    private static String list(String purpose, UUID... customers) {
        String ids = List.of(customers).stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(","));
        return post("\"purpose\":\"%s\",\"customerIds\":[%s]".formatted(purpose, ids))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Response entries(String role, String list) {
        return TestTokens.as(role).get("/api/v1/call-lists/" + list + "/entries");
    }

    private static Response open(String list) {
        return TestTokens.as(Roles.SALES).get("/api/v1/call-lists/" + list + "/entries?open=true");
    }

    private static Response record(String list, String entry, String result) {
        return TestTokens.as(Roles.SALES)
                .contentType(ContentType.JSON)
                .body("{\"result\":\"" + result + "\"}")
                .post("/api/v1/call-lists/" + list + "/entries/" + entry + "/results");
    }

    private static void block(UUID customer) {
        TestTokens.as(Roles.SERVICE)
                .put("/api/v1/personal-data/" + customer + "/block")
                .then()
                .statusCode(204);
    }
}
