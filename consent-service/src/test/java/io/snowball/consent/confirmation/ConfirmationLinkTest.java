package io.snowball.consent.confirmation;

import static io.snowball.consent.Samples.advertisingDocument;
import static io.snowball.consent.Samples.record;
import static io.snowball.consent.Samples.unconfirmed;
import static io.snowball.consent.Samples.withdrawnNow;
import static io.snowball.platform.testkit.TestTokens.as;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** r19: the link to confirm goes to the address that the consent was given for, as long as it waits, and to nobody else. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ConfirmationLinkTest {
    private static final String ADDRESS = "anna@example.ru";

    private final UUID customer = Ids.next();
    private String document = "";

    @BeforeEach
    void aText() {
        document = advertisingDocument();
    }

    @Test
    @DisplayName("r19: the link that the form's answer had, for the very address, until it is pressed")
    void r19WhileItWaits() {
        var consent =
                record(unconfirmed(customer, document)).then().statusCode(201).extract();
        String recordId = consent.path("recordId");
        String link = consent.path("confirmationUrl");
        ask(recordId, ADDRESS).body("items[0].link", equalTo(link)).body("items[0].recordId", equalTo(recordId));
        ask(recordId, "anna@example.com").body("items", hasSize(0));
        TestTokens.anonymous().post(link.substring(link.indexOf("/y/"))).then().statusCode(200);
        ask(recordId, ADDRESS).body("items", hasSize(0));
    }

    @Test
    @DisplayName("r19: none where it was withdrawn since, or said anew")
    void r19NotWhereItIsOver() {
        String first = record(unconfirmed(customer, document)).path("recordId");
        String second = record(unconfirmed(customer, document)).path("recordId");
        ask(first, ADDRESS).body("items", hasSize(0));
        ask(second, ADDRESS).body("items", hasSize(1));
        record(withdrawnNow(customer));
        ask(second, ADDRESS).body("items", hasSize(0));
        ask(Ids.next().toString(), ADDRESS).body("items", hasSize(0));
    }

    @Test
    @DisplayName("r24: who is blocked is asked nothing")
    void r24WhoIsBlockedIsAskedNothing() {
        String recordId = record(unconfirmed(customer, document)).path("recordId");
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"customerId\": \"%s\", \"reason\": \"CHECK\"}".formatted(customer))
                .post("/api/v1/processing-blocks")
                .then()
                .statusCode(201);
        ask(recordId, ADDRESS).body("items", hasSize(0));
    }

    @Test
    void onlySiblingsAsk() {
        as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body("{\"items\": []}")
                .post("/api/v1/confirmation-links")
                .then()
                .statusCode(403);
    }

    private static ValidatableResponse ask(String recordId, String address) {
        return as(Roles.SERVICE)
                .contentType(ContentType.JSON)
                .body("{\"items\": [{\"recordId\": \"%s\", \"address\": \"%s\"}]}".formatted(recordId, address))
                .post("/api/v1/confirmation-links")
                .then()
                .statusCode(200);
    }
}
