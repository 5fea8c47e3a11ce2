package io.snowball.customer.appointment;

import static io.snowball.customer.Shop.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
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

/** Meetings with clients and candidates: C8. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AppointmentTest {
    private static final String PLACE = "\"address\":\"Омск, ул. Ленина, 1\",\"link\":\"https://meet.example.ru/abc\"";

    @Inject
    Shop shop;

    UUID customer = Ids.next();

    @BeforeEach
    void aCustomer() {
        customer = Shop.customer(unique("c"));
    }

    @Test
    @DisplayName("C8: the feed tells when and with whom, never where; the place is fetched for the reminder")
    void c08KeepsThePlaceHereAndTellsTheRest() {
        String id = plan("\"participant\":\"CANDIDATE\",\"managerId\":\"manager-7\"," + PLACE);
        assertThat(shop.events(customer, "appointment.changed"))
                .singleElement()
                .asString()
                .contains(
                        "\"participant\": \"CANDIDATE\"",
                        "\"state\": \"PLANNED\"",
                        "\"timeZone\": \"Asia/Omsk\"",
                        "\"startsAt\": \"2027-01-14T07:00:00+00:00\"",
                        "\"managerId\": \"manager-7\"",
                        "\"hasAddress\": true",
                        "\"hasLink\": true")
                .doesNotContain("meet.example", "Ленина", "Показ");
        places(id)
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].customerId", equalTo(customer.toString()))
                .body("items[0].link", equalTo("https://meet.example.ru/abc"))
                .body("items[0].address", equalTo("Омск, ул. Ленина, 1"));
        TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body("{\"appointmentIds\":[\"%s\"]}".formatted(id))
                .post("/api/v1/appointment-places")
                .then()
                .statusCode(403);
        TestTokens.as(Roles.MARKETER)
                .get("/api/v1/appointments/" + id)
                .then()
                .statusCode(200)
                .body("address", nullValue())
                .body("link", nullValue())
                .body("title", nullValue())
                .body("startsAt", equalTo("2027-01-14T07:00:00Z"));
        TestTokens.as(Roles.SALES)
                .get("/api/v1/appointments/" + id)
                .then()
                .header("ETag", equalTo("\"1\""))
                .body("title", equalTo("Показ"));
    }

    @Test
    void goesThroughItsStates() {
        String id = plan(PLACE);
        step(id, 1, "CONFIRMED").then().statusCode(200).body("version", equalTo(2));
        step(id, 1, "DONE").then().statusCode(412);
        String later = details(PLACE).replace("T08:00", "T10:00").replace("T07:00", "T09:00");
        put(id, 2, later).then().statusCode(200).body("state", equalTo("PLANNED"));
        step(id, 3, "CONFIRMED").then().statusCode(200);
        put(id, 4, later.replace("Показ", "Показ станка"))
                .then()
                .statusCode(200)
                .body("state", equalTo("CONFIRMED"));
        step(id, 5, "MISSED").then().statusCode(200);
        places(id).then().body("items", hasSize(0));
        put(id, 6, details(PLACE)).then().statusCode(409).body("type", equalTo("/problems/appointment-over"));
        step(id, 6, "CONFIRMED").then().statusCode(409).body("type", equalTo("/problems/appointment-state"));
        step(id, 6, "MISSED").then().statusCode(200).body("version", equalTo(6));
        step(id, 6, "DONE").then().statusCode(200);
        step(id, 7, "PLANNED").then().statusCode(409);
        assertThat(shop.events(customer, "appointment.changed")).hasSize(7);
        assertThat(shop.events(customer, "appointment.changed").getLast())
                .contains("\"state\": \"DONE\"", "\"version\": 7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"endsAt\":\"2027-01-14T07:00:00Z\"",
                "\"endsAt\":\"2027-03-14T07:00:00Z\"",
                "\"startsAt\":\"2300-01-14T07:00:00Z\"",
                "\"timeZone\":\"Omsk\"",
                "\"link\":\"http://meet.example.ru/\"",
                "\"link\":\"javascript:alert(1)\"",
                "\"link\":\"https://a b/\"",
                "\"participant\":\"FRIEND\"",
                "\"title\":\"\"",
                "\"managerId\":\"a b\"",
                "\"dealId\":\"01890a5d-ac96-774b-bcce-b302099a8057\""
            })
    void refusesWhatIsNoMeeting(String field) {
        create(field).then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    void pagesByTimeWithFilters() {
        String second = plan("");
        String first = create("").then().extract().path("id");
        put(first, 1, details("").replace("2027-01-14", "2027-01-13")).then().statusCode(200);
        String mine = "/api/v1/appointments?customerId=" + customer;
        Response page = TestTokens.as(Roles.SALES).get(mine + "&limit=1");
        page.then().statusCode(200).body("items.id", contains(first));
        TestTokens.as(Roles.SALES)
                .get(mine + "&limit=1&cursor=" + page.jsonPath().getString("nextCursor"))
                .then()
                .body("items.id", contains(second))
                .body("nextCursor", nullValue());
        TestTokens.as(Roles.SALES)
                .get(mine + "&from=2027-01-14T00:00:00Z&to=2027-01-15T00:00:00Z&state=PLANNED")
                .then()
                .body("items.id", contains(second));
        TestTokens.as(Roles.SALES).get(mine + "&state=DONE").then().body("items", hasSize(0));
        TestTokens.as(Roles.SALES).get(mine + "&from=yesterday").then().statusCode(400);
        TestTokens.as(Roles.SALES)
                .get("/api/v1/appointments/" + Ids.next())
                .then()
                .statusCode(404);
        TestTokens.as(Roles.PARTNER).get(mine).then().statusCode(403);
    }

    @Test
    void goesWithThePersonWhenTwoAreOneAndIsErasedWithIt() {
        String id = plan(PLACE);
        UUID stays = Shop.customer(unique("c"));
        TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body("{\"customerId\":\"%s\",\"mergedCustomerId\":\"%s\"}".formatted(stays, customer))
                .post("/api/v1/merges")
                .then()
                .statusCode(201);
        assertThat(shop.events(stays, "appointment.changed")).hasSize(1);
        places(id).then().body("items.customerId", contains(stays.toString()));
        TestTokens.as(Roles.SERVICE)
                .put("/api/v1/personal-data/" + stays + "/block")
                .then()
                .statusCode(204);
        places(id).then().body("items", hasSize(0));
        TestTokens.as(Roles.SALES)
                .get("/api/v1/appointments?customerId=" + stays)
                .then()
                .body("items", hasSize(0));
        create("").then().statusCode(409).body("type", equalTo("/problems/customer-blocked"));
        TestTokens.as(Roles.SERVICE)
                .get("/api/v1/personal-data/" + stays)
                .then()
                .body(
                        "categories.find { it.category == 'APPOINTMENTS' }.rows.address",
                        equalTo(List.of("Омск, ул. Ленина, 1")));
        TestTokens.as(Roles.DPO).delete("/api/v1/personal-data/" + stays).then().statusCode(200);
        TestTokens.as(Roles.SALES).get("/api/v1/appointments/" + id).then().statusCode(404);
    }

    private static String details(String more) {
        return """
                {"participant":"CLIENT","title":"Показ","startsAt":"2027-01-14T07:00:00Z","endsAt":"2027-01-14T08:00:00Z",
                 "timeZone":"Asia/Omsk"%s}""".formatted(more.isEmpty() ? "" : "," + more);
    }

    private Response create(String more) {
        return TestTokens.as(Roles.SALES)
                .contentType(ContentType.JSON)
                .body("{\"customerId\":\"%s\",\"details\":%s}".formatted(customer, details(more)))
                .post("/api/v1/appointments");
    }

    private String plan(String more) {
        return create(more).then().statusCode(201).extract().path("id");
    }

    private static Response put(String id, int version, String body) {
        return TestTokens.as(Roles.SALES)
                .contentType(ContentType.JSON)
                .header("If-Match", "\"" + version + "\"")
                .body(body)
                .put("/api/v1/appointments/" + id);
    }

    private static Response step(String id, int version, String state) {
        return TestTokens.as(Roles.SALES)
                .contentType(ContentType.JSON)
                .header("If-Match", "\"" + version + "\"")
                .body("{\"state\":\"%s\"}".formatted(state))
                .post("/api/v1/appointments/" + id + "/steps");
    }

    private static Response places(String id) {
        return TestTokens.as(Roles.SERVICE)
                .contentType(ContentType.JSON)
                .body("{\"appointmentIds\":[\"%s\"]}".formatted(id))
                .post("/api/v1/appointment-places");
    }
}
