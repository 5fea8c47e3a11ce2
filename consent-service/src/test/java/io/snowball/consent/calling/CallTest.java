package io.snowball.consent.calling;

import static io.snowball.platform.testkit.TestTokens.as;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.consent.Samples;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requirement r16: calls come from registered numbers, advertising by people, robots only to those who agreed. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class CallTest {
    private final UUID customer = Ids.next();
    private final String number = "+7495" + (1_000_000 + Math.floorMod(customer.getLeastSignificantBits(), 9_000_000));

    @Test
    @DisplayName("r16: a label has at most 32 characters; a number is E.164; what changes stays known")
    void r16TheRegister() {
        register("л".repeat(33), "HUMAN").then().statusCode(400);
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body(body("x", "HUMAN"))
                .put("/api/v1/calling-numbers/{number}", "84950000000")
                .then()
                .statusCode(400);
        register("л".repeat(32), "HUMAN").then().statusCode(200).body("contractId", equalTo("Д-17"));
        register("Ромашка", "HUMAN").then().statusCode(200);
        as(Roles.SALES)
                .get("/api/v1/calling-numbers")
                .then()
                .statusCode(200)
                .body("items.findAll { it.number == '%s' }.label".formatted(number), hasItem("л".repeat(32)));
        as(Roles.SALES)
                .contentType(ContentType.JSON)
                .body(body("x", "HUMAN"))
                .put("/api/v1/calling-numbers/{n}", number)
                .then()
                .statusCode(403);
    }

    @Test
    @DisplayName("r16: nobody is called from a number that is not registered, or not any more")
    void r16OnlyFromRegisteredNumbers() {
        advertisingByCall();
        decide("HUMAN", "ADVERTISING")
                .then()
                .body("decisions[0].reason", equalTo("NUMBER_NOT_REGISTERED"))
                .body("label", nullValue());
        register("Ромашка", "HUMAN");
        decide("HUMAN", "ADVERTISING")
                .then()
                .body("decisions[0].allowed", equalTo(true))
                .body("label", equalTo("Ромашка"));
        as(Roles.DPO).delete("/api/v1/calling-numbers/{number}", number).then().statusCode(204);
        as(Roles.DPO).delete("/api/v1/calling-numbers/{number}", number).then().statusCode(404);
        decide("HUMAN", "ADVERTISING").then().body("decisions[0].allowed", equalTo(false));
    }

    @Test
    @DisplayName("r16: advertising is dialled by people; a robot calls those only who agreed to mass calls")
    void r16WhoDials() {
        advertisingByCall();
        register("Ромашка", "ROBOT");
        decide("ROBOT", "ADVERTISING").then().body("decisions[0].reason", equalTo("DIALLED_BY_PEOPLE_ONLY"));
        decide("ROBOT", "UNHEARD-OF").then().body("decisions[0].reason", equalTo("DIALLED_BY_PEOPLE_ONLY"));
        decide("ROBOT", "SERVICE").then().body("decisions[0].reason", equalTo("NO_CONSENT"));
        String document = Samples.document("MASS_CALL_44_1_1", "marketing");
        Samples.record("""
                        {"customerId": "%s", "type": "MASS_CALL_44_1_1", "purpose": "marketing", "action": "GIVEN",
                         "document": {"id": "%s", "version": 1}, "evidence": {"source": "web-form", "confirmation": {"method": "OTP"}}}
                        """.formatted(customer, document)).then().statusCode(201);
        decide("ROBOT", "SERVICE").then().body("decisions[0].allowed", equalTo(true));
        decide("ROBOT", "ADVERTISING").then().body("decisions[0].allowed", equalTo(false));
    }

    private void advertisingByCall() {
        Samples.record(Samples.given(customer, Samples.advertisingDocument()).replace("EMAIL", "CALL"))
                .then()
                .statusCode(201);
    }

    private Response register(String label, String mode) {
        return as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body(body(label, mode))
                .put("/api/v1/calling-numbers/{number}", number);
    }

    private static String body(String label, String mode) {
        return """
                {"label": "%s", "category": "Магазин", "contractId": "Д-17", "dialMode": "%s"}
                """.formatted(label, mode);
    }

    private Response decide(String mode, String messageClass) {
        Response answer = as(Roles.SALES)
                .contentType(ContentType.JSON)
                .body("""
                        {"callingNumber": "%s", "dialMode": "%s", "purpose": "marketing", "messageClass": "%s", "customerIds": ["%s"]}
                        """.formatted(number, mode, messageClass, customer))
                .post("/api/v1/call-decisions");
        answer.then().statusCode(200);
        return answer;
    }
}
