package io.snowball.consent.consent;

import static io.snowball.consent.Samples.action;
import static io.snowball.consent.Samples.advertisingDocument;
import static io.snowball.consent.Samples.decide;
import static io.snowball.consent.Samples.document;
import static io.snowball.consent.Samples.givenNow;
import static io.snowball.consent.Samples.record;
import static io.snowball.consent.Samples.unconfirmed;
import static io.snowball.consent.Samples.withdrawnNow;
import static io.snowball.platform.testkit.TestTokens.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.snowball.consent.Samples;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requirements r02, r07, r12 and r19: an address that anybody can type counts when its owner has confirmed it. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class DoubleOptInTest {
    private final UUID customer = Ids.next();

    @Inject
    ExpiryWorker expiry;

    @Test
    void r19AFilledFormAllowsNothingUntilItsLinkIsPressed() {
        String link = record(unconfirmed(customer, advertisingDocument()))
                .then()
                .statusCode(201)
                .body("state", equalTo("PENDING_CONFIRMATION"))
                .extract()
                .path("confirmationUrl");
        decision("NOT_CONFIRMED", false);

        String path = link.substring(link.indexOf("/y/"));
        TestTokens.anonymous().get(path).then().statusCode(200).body(containsString("<form method=\"post\""));
        decision("NOT_CONFIRMED", false);
        TestTokens.anonymous().post(path).then().statusCode(200);
        decision("GIVEN", true);
        as(Roles.DPO)
                .queryParam("customerId", customer)
                .get("/api/v1/consents")
                .then()
                .body("items[0].awaitsConfirmation", equalTo(true))
                .body("items[1].action", equalTo("CONFIRMED"))
                .body("items[1].evidence.confirmation.method", equalTo("EMAIL_LINK"));
        TestTokens.anonymous().post(path).then().statusCode(200);
        decision("GIVEN", true);
    }

    @Test
    void aLinkThatWasPressedTooLateBringsNothingBack() {
        String link = record(unconfirmed(customer, advertisingDocument())).path("confirmationUrl");
        record(withdrawnNow(customer));
        TestTokens.anonymous().post(link.substring(link.indexOf("/y/"))).then().statusCode(200);
        decision("WITHDRAWN", false);
        TestTokens.anonymous().post("/y/AAAA").then().statusCode(404);
        TestTokens.anonymous().get("/y/" + "A".repeat(64)).then().statusCode(404);
    }

    @Test
    void r02ACodeThatTheCallerCheckedConfirmsToo() {
        String recordId = record(unconfirmed(customer, advertisingDocument())).path("recordId");
        record(action(customer, "CONFIRMED")
                        .replace("\"evidence\"", "\"refersTo\": \"" + recordId + "\", \"evidence\""))
                .then()
                .statusCode(201)
                .body("state", equalTo("GIVEN"));
        decision("GIVEN", true);
    }

    @Test
    void whoHasConfirmedMayTickTheBoxAgainButNotForAnotherAddress() {
        String document = advertisingDocument();
        record(givenNow(customer, document)
                        .replace("\"evidence\"", "\"identifier\": \" anna@example.RU\", \"evidence\""))
                .then()
                .body("state", equalTo("GIVEN"));
        record(unconfirmed(customer, document))
                .then()
                .body("state", equalTo("GIVEN"))
                .body("confirmationUrl", nullValue());
        record(unconfirmed(customer, document).replace("Anna", "Olga"))
                .then()
                .body("state", equalTo("PENDING_CONFIRMATION"))
                .body("confirmationUrl", notNullValue());
        decision("NOT_CONFIRMED", false);
    }

    @Test
    void r19APurposeMayGoWithoutAndItStaysOnRecordWhoSaidSo() {
        String purpose = "p" + Ids.next().toString().replace("-", "");
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"code\": \"" + purpose + "\", \"title\": \"Test\"}")
                .post("/api/v1/purposes")
                .then()
                .statusCode(201);
        rule(purpose).body("required", equalTo(true)).body("changedBy", nullValue());
        String consent = unconfirmed(customer, document("ADVERTISING", purpose)).replace("marketing", purpose);
        record(consent).then().body("state", equalTo("PENDING_CONFIRMATION"));
        as(Roles.MARKETER)
                .contentType(ContentType.JSON)
                .body("{\"required\": false}")
                .put("/api/v1/confirmation-rules/{purpose}", purpose)
                .then()
                .statusCode(403);
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"required\": false}")
                .put("/api/v1/confirmation-rules/{purpose}", purpose)
                .then()
                .statusCode(200);
        rule(purpose).body("required", equalTo(false)).body("changedBy", notNullValue());
        record(consent).then().body("state", equalTo("GIVEN"));
        as(Roles.DPO).get("/api/v1/confirmation-rules/no-such").then().statusCode(404);
    }

    @Test
    void aDeviceOrAnAccountSpeaksForItself() {
        record(unconfirmed(customer, advertisingDocument()).replace("EMAIL", "PUSH"))
                .then()
                .body("state", equalTo("GIVEN"));
    }

    /** What was said in order, and what follows; I is INVALIDATED, E is EXPIRED, S is SUPERSEDED, R is REFUSED. */
    @ParameterizedTest
    @CsvSource({
        "GE, EXPIRED", "GS, SUPERSEDED", "GI, INVALIDATED", "GR, REFUSED", "R, REFUSED", "GWE, WITHDRAWN", "GEG, GIVEN",
        "GIG, GIVEN", "E, NO_CONSENT", "C, NO_CONSENT", "WC, WITHDRAWN", "UC, GIVEN", "UW, WITHDRAWN", "UWC, WITHDRAWN"
    })
    void r06r07StatesFollowFromWhatHappened(String said, String reason) {
        String document = advertisingDocument();
        for (String word : said.split("")) {
            record(
                            switch (word) {
                                case "G" -> givenNow(customer, document);
                                case "U" -> unconfirmed(customer, document);
                                case "W" -> withdrawnNow(customer);
                                case "R" -> action(customer, "REFUSED");
                                case "E" -> action(customer, "EXPIRED");
                                case "S" -> action(customer, "SUPERSEDED");
                                case "I" -> action(customer, "INVALIDATED");
                                default -> action(customer, "CONFIRMED");
                            })
                    .then()
                    .statusCode(201);
        }
        decision(reason, reason.equals("GIVEN"));
    }

    @Test
    void r06AFormThatWasShownIsOnRecordAndSaysNothing() {
        record(givenNow(customer, advertisingDocument()).replace("GIVEN", "SHOWN"))
                .then()
                .statusCode(201)
                .body("state", nullValue());
        record(action(customer, "SHOWN")).then().statusCode(400).body("type", equalTo("/problems/document-required"));
        decision("NO_CONSENT", false);
    }

    @Test
    void r04AConsentEndsWithItsTermAndTheLedgerSaysSo() {
        String document = advertisingDocument();
        String ended = Samples.given(customer, document)
                .replace("\"evidence\"", "\"validUntil\": \"2026-01-02T00:00:00Z\", \"evidence\"");
        record(ended).then().statusCode(201);
        decision("EXPIRED", false);
        expiry.expire().await().indefinitely();
        as(Roles.DPO).get("/api/v1/consent-states/{id}", customer).then().body("items[0].state", equalTo("EXPIRED"));
        record(ended.replace("2026-01-02", "2025-12-31"))
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/ends-before-it-begins"));
    }

    @Test
    void r13EverythingIsWithdrawnAtOnceAndOldConsentsThatCameLateStayWithdrawn() {
        String document = advertisingDocument();
        record(givenNow(customer, document)).then().statusCode(201);
        record(givenNow(customer, document).replace("EMAIL", "PUSH")).then().statusCode(201);
        withdrawEverything("").statusCode(201);
        decision("WITHDRAWN", false);
        record(Samples.given(customer, document).replace("EMAIL", "VK")).then().body("state", equalTo("WITHDRAWN"));
        record(givenNow(customer, document)).then().body("state", equalTo("GIVEN"));
        decision("GIVEN", true);
        withdrawEverything("\"channel\": \"SMS\", ").statusCode(201);
        decision("GIVEN", true);
    }

    private ValidatableResponse withdrawEverything(String channel) {
        return as(Roles.PARTNER)
                .contentType(ContentType.JSON)
                .body("{\"customerId\": \"%s\", %s\"evidence\": {\"source\": \"call-centre\"}}"
                        .formatted(customer, channel))
                .post("/api/v1/consent-withdrawals")
                .then();
    }

    private static ValidatableResponse rule(String purpose) {
        return as(Roles.DPO)
                .get("/api/v1/confirmation-rules/{purpose}", purpose)
                .then()
                .statusCode(200);
    }

    private void decision(String reason, boolean allowed) {
        decide("ADVERTISING", customer)
                .then()
                .body("decisions[0].reason", equalTo(reason))
                .body("decisions[0].allowed", equalTo(allowed));
    }
}
