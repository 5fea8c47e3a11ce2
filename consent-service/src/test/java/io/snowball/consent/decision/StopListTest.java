package io.snowball.consent.decision;

import static io.snowball.consent.Samples.advertisingDocument;
import static io.snowball.consent.Samples.announced;
import static io.snowball.consent.Samples.document;
import static io.snowball.consent.Samples.givenNow;
import static io.snowball.consent.Samples.record;
import static io.snowball.platform.testkit.TestTokens.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requirements r12, r13, r15, r17, r20 and r28: what stands in the way of a message besides the consents. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class StopListTest {
    private final UUID customer = Ids.next();

    @Inject
    Pool pool;

    @Test
    void r15WhoRefusedAtTheOperatorGetsNoSmsAtAllButMailsAsBefore() {
        String document = advertisingDocument();
        record(givenNow(customer, document));
        record(givenNow(customer, document).replace("EMAIL", "SMS"));
        decision("SMS", "ADVERTISING", null).body("decisions[0].allowed", equalTo(true));
        stop("\"customerId\": \"%s\", \"channel\": \"SMS\"".formatted(customer), "OPERATOR_REFUSAL")
                .statusCode(201);
        decision("SMS", "ADVERTISING", null).body("decisions[0].reason", equalTo("OPERATOR_REFUSAL"));
        decision("SMS", "AUTH", null).body("decisions[0].reason", equalTo("OPERATOR_REFUSAL"));
        decision("EMAIL", "ADVERTISING", null).body("decisions[0].allowed", equalTo(true));
        assertThat(announced(pool, customer))
                .extracting(row -> row.getString("type"))
                .contains("contact.stopped");
    }

    @Test
    void r28AnAddressIsStoppedWhoeverHasItAndNobodyCanReadIt() {
        String address = "olga-" + Ids.next() + "@example.ru";
        record(givenNow(customer, advertisingDocument()));
        String id = stop("\"address\": \"%s\"".formatted(address), "DESTROYED")
                .statusCode(201)
                .body("ofAddress", equalTo(true))
                .extract()
                .path("id");
        // The consent came before: given anew after it, it counts.
        decision("EMAIL", "ADVERTISING", " " + address.toUpperCase(java.util.Locale.ROOT))
                .body("decisions[0].reason", equalTo("DESTROYED"));
        decision("EMAIL", "ADVERTISING", "other@example.ru").body("decisions[0].allowed", equalTo(true));
        record(givenNow(customer, advertisingDocument()));
        decision("EMAIL", "ADVERTISING", address).body("decisions[0].allowed", equalTo(true));
        String row = pool.query("select c::text as row from contact_stop c where id = '" + id + "'")
                .execute()
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getString("row");
        assertThat(row).doesNotContain("olga");
    }

    @Test
    void r20AReissuedNumberIsSilentUntilItsOwnerConfirmsAnew() {
        String document = advertisingDocument();
        String consent = givenNow(customer, document).replace("EMAIL", "SMS");
        record(consent);
        stop("\"customerId\": \"%s\", \"channel\": \"SMS\"".formatted(customer), "NUMBER_REISSUED");
        decision("SMS", "ADVERTISING", null).body("decisions[0].reason", equalTo("NUMBER_REISSUED"));
        decision("SMS", "AUTH", null).body("decisions[0].allowed", equalTo(false));
        record(consent.replace("\"confirmation\": {\"method\": \"OTP\", \"reference\": \"otp-1\"}", "\"formId\": \"f\"")
                        .replace("GIVEN", "WITHDRAWN"))
                .then()
                .statusCode(201);
        record(consent);
        decision("SMS", "ADVERTISING", null).body("decisions[0].allowed", equalTo(true));
    }

    @Test
    void r20AConsentForOneAddressIsNoneForAnother() {
        record(givenNow(customer, advertisingDocument())
                .replace("\"evidence\"", "\"identifier\": \"anna@example.ru\", \"evidence\""));
        decision("EMAIL", "ADVERTISING", "ANNA@example.ru").body("decisions[0].allowed", equalTo(true));
        decision("EMAIL", "ADVERTISING", "anna@example.com").body("decisions[0].reason", equalTo("NOT_CONFIRMED"));
        decision("EMAIL", "ADVERTISING", null).body("decisions[0].allowed", equalTo(true));
    }

    @Test
    void r12WithTheConsentToProcessingWithdrawnAdvertisingEnds() {
        record(givenNow(customer, advertisingDocument()));
        record(givenNow(customer, document("PD_PROCESSING", "marketing"))
                .replace("\"channel\": \"EMAIL\"", "\"type\": \"PD_PROCESSING\""));
        decision("EMAIL", "ADVERTISING", null).body("decisions[0].allowed", equalTo(true));
        record(("{\"customerId\": \"%s\", \"purpose\": \"marketing\", \"type\": \"PD_PROCESSING\", "
                        + "\"action\": \"WITHDRAWN\", \"evidence\": {\"source\": \"letter\"}}")
                .formatted(customer));
        decision("EMAIL", "ADVERTISING", null).body("decisions[0].reason", equalTo("BASIS_ENDED"));
        decision("EMAIL", "TRANSACTIONAL", null).body("decisions[0].allowed", equalTo(true));
    }

    @ParameterizedTest
    @CsvSource({
        "WHATSAPP, ADVERTISING,   CHANNEL_FORBIDDEN",
        "VIBER,    ADVERTISING,   CHANNEL_FORBIDDEN",
        "WHATSAPP, TRANSACTIONAL, NOT_NEEDED",
        "MAX,      TRANSACTIONAL, CHANNEL_FORBIDDEN",
        "TELEGRAM, ADVERTISING,   NO_CONSENT",
        "VK,       ADVERTISING,   NO_CONSENT"
    })
    void r17ChannelsAreForbiddenByRuleAndDate(String channel, String messageClass, String reason) {
        decision(channel, messageClass, null).body("decisions[0].reason", equalTo(reason));
    }

    @Test
    void r17ARuleIsAddedWithItsBasisAndTheOldOnesStay() {
        decision("TELEGRAM", "ADVERTISING", null).body("channelWarned", equalTo(true));
        String rule = """
                {"channel": "POST", "scope": "ALL", "verdict": "%s", "effectiveFrom": "%s", "basis": "A test of rules"}
                """;
        as(Roles.MARKETER)
                .contentType(ContentType.JSON)
                .body(rule.formatted("FORBIDDEN", "2026-01-01T00:00:00Z"))
                .post("/api/v1/channel-rules")
                .then()
                .statusCode(403);
        rule(rule.formatted("FORBIDDEN", "2026-01-01T00:00:00Z"));
        rule(rule.formatted("PERMITTED", "2199-01-01T00:00:00Z"));
        decision("POST", "SERVICE", null).body("decisions[0].reason", equalTo("CHANNEL_FORBIDDEN"));
        rule(rule.formatted("PERMITTED", "2026-02-01T00:00:00Z"));
        decision("POST", "SERVICE", null).body("decisions[0].reason", equalTo("NOT_NEEDED"));
        as(Roles.MARKETER).get("/api/v1/channel-rules").then().statusCode(200).body("items.channel", hasItem("MAX"));
    }

    @Test
    void aStopIsLiftedOnceAndStaysOnRecord() {
        String id = stop("\"customerId\": \"%s\"".formatted(customer), "COMPLAINT")
                .extract()
                .path("id");
        as(Roles.SALES).post("/api/v1/contact-stops/{id}/lifts", id).then().statusCode(403);
        String liftedAt = as(Roles.DPO)
                .post("/api/v1/contact-stops/{id}/lifts", id)
                .then()
                .statusCode(200)
                .body("liftedBy", notNullValue())
                .extract()
                .path("liftedAt");
        as(Roles.DPO).post("/api/v1/contact-stops/{id}/lifts", id).then().body("liftedAt", equalTo(liftedAt));
        as(Roles.MARKETER)
                .queryParam("customerId", customer)
                .get("/api/v1/contact-stops")
                .then()
                .statusCode(200)
                .body("items", hasSize(1));
        as(Roles.DPO).get("/api/v1/contact-stops/{id}", Ids.next()).then().statusCode(404);
        stop("\"channel\": \"SMS\"", "COMPLAINT").statusCode(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"%s\"] | [null, null] | /addresses",
                "[\"%s\"] | [\"ab\"] | /addresses/0",
                "[\"%s\", null] | [null, null] | /customerIds/1"
            })
    void anAddressForEachCustomerAndEachOfThemWhole(String customers, String addresses, String pointer) {
        as(Roles.SERVICE)
                .contentType(ContentType.JSON)
                .body("""
                        {"purpose": "marketing", "channel": "EMAIL", "customerIds": %s, "addresses": %s}
                        """.formatted(customers.formatted(customer), addresses))
                .post("/api/v1/consent-decisions")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo(pointer));
    }

    @Test
    void oneCustomerIsAskedAboutInOneLine() {
        record(givenNow(customer, advertisingDocument()));
        as(Roles.SERVICE)
                .get("/api/v1/consent-decisions?customerId={id}&purpose=marketing&channel=EMAIL", customer)
                .then()
                .statusCode(200)
                .body("decisions[0].allowed", equalTo(true));
    }

    private static void rule(String body) {
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", Ids.next())
                .body(body)
                .post("/api/v1/channel-rules")
                .then()
                .statusCode(201);
    }

    private static ValidatableResponse stop(String whom, String reason) {
        return as(Roles.PARTNER)
                .contentType(ContentType.JSON)
                .body("{%s, \"reason\": \"%s\", \"source\": \"sms-provider\"}".formatted(whom, reason))
                .post("/api/v1/contact-stops")
                .then();
    }

    private ValidatableResponse decision(String channel, String messageClass, @Nullable String address) {
        return as(Roles.SERVICE)
                .contentType(ContentType.JSON)
                .body("""
                        {"purpose": "marketing", "channel": "%s", "messageClass": "%s", "customerIds": ["%s"], "addresses": [%s]}
                        """.formatted(channel, messageClass, customer, address == null ? null : '"' + address + '"'))
                .post("/api/v1/consent-decisions")
                .then()
                .statusCode(200);
    }
}
