package io.snowball.consent.consent;

import static io.snowball.consent.Samples.advertisingDocument;
import static io.snowball.consent.Samples.given;
import static io.snowball.consent.Samples.givenNow;
import static io.snowball.consent.Samples.record;
import static io.snowball.consent.Samples.withdrawn;
import static io.snowball.consent.Samples.withdrawnNow;
import static io.snowball.platform.testkit.TestTokens.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.snowball.consent.Samples;
import io.snowball.consent.document.Sha256;
import io.snowball.platform.id.Ids;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requirements r01 to r06: what the ledger takes, keeps, shows and tells. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ConsentTest {
    @Inject
    Pool pool;

    @Test
    void r01r06KeepsTheEvidenceOfAConsent() {
        UUID customer = Ids.next();
        String document = advertisingDocument();
        String recordId = record(given(customer, document))
                .then()
                .statusCode(201)
                .header("Location", notNullValue())
                .body("state", equalTo("GIVEN"))
                .body("sequence", equalTo(1))
                .body("at", equalTo("2026-01-01T10:00:00Z"))
                .extract()
                .path("recordId");

        as(Roles.DPO)
                .get("/api/v1/consents/{id}", recordId)
                .then()
                .statusCode(200)
                .body("customerId", equalTo(customer.toString()))
                .body("type", equalTo("ADVERTISING"))
                .body("document.id", equalTo(document))
                .body("document.version", equalTo(1))
                .body("document.sha256", equalTo(Sha256.hex("Я согласен получать рекламу.")))
                .body("evidence.source", equalTo("web-form"))
                .body("evidence.formId", equalTo("checkout"))
                .body("evidence.ip", equalTo("203.0.113.7"))
                .body("evidence.userAgent", equalTo("Mozilla/5.0"))
                .body("evidence.requestId", equalTo("req-1"))
                .body("evidence.checkboxUntickedByDefault", equalTo(true))
                .body("evidence.actor", equalTo("SUBJECT"))
                .body("evidence.recordedBy", equalTo(new UUID(0, 1).toString()))
                .body("previousHash", nullValue());
    }

    @Test
    void r05WhatWasSignedStaysWhenANewVersionIsPublished() {
        UUID customer = Ids.next();
        String document = advertisingDocument();
        record(given(customer, document)).then().statusCode(201);
        String before = as(Roles.DPO)
                .queryParam("customerId", customer)
                .get("/api/v1/consents")
                .asString();
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"text\": \"Совсем другие слова\"}")
                .post("/api/v1/consent-documents/{id}/versions", document)
                .then()
                .statusCode(201);
        assertThat(as(Roles.DPO)
                        .queryParam("customerId", customer)
                        .get("/api/v1/consents")
                        .asString())
                .isEqualTo(before);
    }

    @Test
    void r05TheFormIsEvidenceToo() {
        String form =
                "\"formSha256\": \"%s\", \"checkboxLabel\": \"Хочу скидки\", \"checkboxPosition\": \"label:nth-of-type(3)\", "
                        .formatted("ab".repeat(32));
        String recordId = record(given(Ids.next(), advertisingDocument()).replace("\"formId\"", form + "\"formId\""))
                .then()
                .statusCode(201)
                .extract()
                .path("recordId");
        as(Roles.DPO)
                .get("/api/v1/consents/{id}", recordId)
                .then()
                .body("evidence.formSha256", equalTo("ab".repeat(32)))
                .body("evidence.checkboxLabel", equalTo("Хочу скидки"))
                .body("evidence.checkboxPosition", equalTo("label:nth-of-type(3)"))
                .body("evidence.checkboxUntickedByDefault", equalTo(true));
    }

    @Test
    void r07AWithdrawalTakesEffectAtOnceAndBothStayInTheLedger() {
        UUID customer = Ids.next();
        record(given(customer, advertisingDocument()));
        record(withdrawnNow(customer)).then().statusCode(201).body("state", equalTo("WITHDRAWN"));
        as(Roles.MARKETER)
                .get("/api/v1/consent-states/{id}", customer)
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].state", equalTo("WITHDRAWN"));
        as(Roles.MARKETER)
                .queryParam("customerId", customer)
                .get("/api/v1/consents")
                .then()
                .statusCode(200)
                .body("items.action", equalTo(List.of("GIVEN", "WITHDRAWN")))
                .body("items.sequence", equalTo(List.of(1, 2)));
    }

    @Test
    void r07HistoryMayArriveInAnyOrderAndTheLatestStatementCounts() {
        UUID customer = Ids.next();
        String document = advertisingDocument();
        record(withdrawn(customer, "2026-03-01T00:00:00Z")).then().body("state", equalTo("WITHDRAWN"));
        record(given(customer, document, "2026-02-01T00:00:00Z"))
                .then()
                .statusCode(201)
                .body("state", equalTo("WITHDRAWN"));
        assertThat(Samples.announced(pool, customer)).as("no change, no news").hasSize(1);
        record(given(customer, document, "2026-04-01T00:00:00Z")).then().body("state", equalTo("GIVEN"));
    }

    @Test
    void r07OfTwoStatementsAtOneMomentTheWithdrawalCounts() {
        UUID customer = Ids.next();
        String at = "2026-03-01T00:00:00Z";
        record(withdrawn(customer, at));
        record(given(customer, advertisingDocument(), at)).then().body("state", equalTo("WITHDRAWN"));
    }

    @Test
    void r03KeepsTypesOfConsentApart() {
        UUID customer = Ids.next();
        String processing = Samples.document("PD_PROCESSING", "marketing");
        String body = givenNow(customer, processing).replace("\"channel\": \"EMAIL\"", "\"type\": \"PD_PROCESSING\"");
        record(body).then().statusCode(201);
        as(Roles.DPO)
                .get("/api/v1/consent-states/{id}", customer)
                .then()
                .body("items[0].type", equalTo("PD_PROCESSING"))
                .body("items[0].channel", equalTo("ANY"));
        Samples.decide("ADVERTISING", customer).then().body("decisions[0].reason", equalTo("NO_CONSENT"));
        record(givenNow(customer, processing))
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/document-for-something-else"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "purpose": "marketing"              | "purpose": "nobody-knows"             | unknown-purpose
                    "version": 1                        | "version": 7                          | unknown-document-version
                    "channel": "EMAIL",                 | ''                                    | channel-required
                    "channel": "EMAIL"                  | "channel": "EMAIL", "type": "TRANSFER" | channel-not-applicable
                    2026-01-01T10:00:00Z                | 2199-01-01T10:00:00Z                  | stated-in-the-future
                    2026-01-01T10:00:00Z                | 2019-01-01T10:00:00Z                  | document-not-in-effect
                    203.0.113.7                         | example.org                           | invalid-ip
                    "checkboxUntickedByDefault": true   | "checkboxUntickedByDefault": false    | checkbox-ticked-by-default
                    "action": "GIVEN"                   | "action": "PERHAPS"                   | invalid-request
                    "source": "web-form"                | "source": "Web Form!"                 | invalid-request
                    """)
    void b1RefusesWhatIsNoConsentAndSaysWhy(String from, String to, String problem) {
        UUID customer = Ids.next();
        record(given(customer, advertisingDocument()).replace(from, to))
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/" + problem))
                .body("errors", hasSize(1));
        as(Roles.DPO).get("/api/v1/consent-states/{id}", customer).then().body("items", hasSize(0));
    }

    @Test
    void b1RefusesAConsentWithoutTheWordsThatWereAgreedTo() {
        String body = givenNow(Ids.next(), Ids.next().toString()).replaceFirst("\"document\": \\{[^}]*},", "");
        record(body).then().statusCode(400).body("type", equalTo("/problems/document-required"));
    }

    @Test
    void repeatsTheAnswerForTheSameKey() {
        UUID customer = Ids.next();
        UUID key = Ids.next();
        String body = givenNow(customer, advertisingDocument());
        String first = keyed(key, body).statusCode(201).extract().asString();
        assertThat(keyed(key, body).statusCode(201).extract().asString()).isEqualTo(first);
        as(Roles.DPO)
                .queryParam("customerId", customer)
                .get("/api/v1/consents")
                .then()
                .body("items", hasSize(1));
    }

    @Test
    void pagesThroughTheLedger() {
        UUID customer = Ids.next();
        for (int i = 0; i < 3; i++) {
            record(withdrawnNow(customer)).then().statusCode(201);
        }
        String cursor = as(Roles.DPO)
                .get("/api/v1/consents?limit=2&customerId=" + customer)
                .then()
                .body("items.sequence", equalTo(List.of(1, 2)))
                .extract()
                .path("nextCursor");
        as(Roles.DPO)
                .queryParam("cursor", cursor)
                .get("/api/v1/consents?limit=2&customerId=" + customer)
                .then()
                .body("items.sequence", equalTo(List.of(3)))
                .body("nextCursor", nullValue());
        as(Roles.DPO)
                .queryParam("cursor", cursor)
                .get("/api/v1/consents?limit=2&customerId=" + Ids.next())
                .then()
                .statusCode(400);
        as(Roles.DPO)
                .queryParam("cursor", Cursor.encode(List.of("made-up"), customer))
                .get("/api/v1/consents?customerId=" + customer)
                .then()
                .statusCode(400);
        as(Roles.DPO).get("/api/v1/consents").then().statusCode(400);
        as(Roles.DPO).get("/api/v1/consents/{id}", Ids.next()).then().statusCode(404);
    }

    @Test
    void tellsChangesOnTheFeedWithoutPersonalData() throws Exception {
        UUID customer = Ids.next();
        String recordId = record(given(customer, advertisingDocument())).path("recordId");
        record(withdrawnNow(customer));
        var events = Samples.announced(pool, customer);
        assertThat(events).extracting(row -> row.getString("type")).containsOnly("consent.changed");
        var json = new com.fasterxml.jackson.databind.ObjectMapper();
        var first = json.readTree(events.getFirst().getString("data"));
        assertThat(first.properties().stream().map(java.util.Map.Entry::getKey))
                .containsExactlyInAnyOrder("customerId", "recordId", "type", "purpose", "channel", "state", "at");
        assertThat(first.path("recordId").asText()).isEqualTo(recordId);
        assertThat(first.path("channel").asText()).isEqualTo("EMAIL");
        assertThat(first.path("state").asText()).isEqualTo("GIVEN");
        assertThat(json.readTree(events.getLast().getString("data"))
                        .path("state")
                        .asText())
                .isEqualTo("WITHDRAWN");
        assertThat(events.toString()).doesNotContain("203.0.113.7", "Mozilla");
    }

    @Test
    void showsAddressAndBrowserToAdminAndDpoOnly() {
        UUID customer = Ids.next();
        record(given(customer, advertisingDocument()));
        String path = "/api/v1/consents?customerId=" + customer;
        as(Roles.ADMIN).get(path).then().body("items[0].evidence.ip", equalTo("203.0.113.7"));
        as(Roles.MARKETER)
                .get(path)
                .then()
                .statusCode(200)
                .body("items[0].evidence.ip", nullValue())
                .body("items[0].evidence.userAgent", nullValue());
    }

    @Test
    void letsEachRoleDoItsOwnOnly() {
        UUID customer = Ids.next();
        String body = withdrawnNow(customer);
        for (String role : List.of(Roles.MARKETER, Roles.ANALYST, Roles.SALES)) {
            as(role).contentType(ContentType.JSON)
                    .body(body)
                    .post("/api/v1/consents")
                    .then()
                    .statusCode(403);
        }
        for (String role : List.of(Roles.ADMIN, Roles.DPO, Roles.PARTNER, Roles.SERVICE)) {
            as(role).contentType(ContentType.JSON)
                    .body(body)
                    .post("/api/v1/consents")
                    .then()
                    .statusCode(201);
        }
        for (String role : List.of(Roles.PARTNER, Roles.ANALYST, Roles.SALES)) {
            as(role).get("/api/v1/consents?customerId=" + customer).then().statusCode(403);
            as(role).get("/api/v1/consent-states/{id}", customer).then().statusCode(403);
        }
        TestTokens.anonymous()
                .get("/api/v1/consents?customerId=" + customer)
                .then()
                .statusCode(401);
        TestTokens.anonymous()
                .auth()
                .oauth2(TestTokens.token(Roles.DPO) + "x")
                .get("/api/v1/consents?customerId=" + customer)
                .then()
                .statusCode(401);
    }

    private static io.restassured.response.ValidatableResponse keyed(UUID key, String body) {
        return as(Roles.PARTNER)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1/consents")
                .then();
    }
}
