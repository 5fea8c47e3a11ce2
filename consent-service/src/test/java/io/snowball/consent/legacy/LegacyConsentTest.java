package io.snowball.consent.legacy;

import static io.snowball.consent.Samples.advertisingDocument;
import static io.snowball.consent.Samples.decide;
import static io.snowball.consent.Samples.given;
import static io.snowball.consent.Samples.givenNow;
import static io.snowball.consent.Samples.record;
import static io.snowball.consent.Samples.withdrawnNow;
import static io.snowball.platform.testkit.TestTokens.anonymous;
import static io.snowball.platform.testkit.TestTokens.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.consent.Samples;
import io.snowball.consent.consent.Channel;
import io.snowball.consent.unsubscribe.PreferenceLink;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.security.SignedLinks;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requirement r10: consents that were collected inside other documents before 01.09.2025. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class LegacyConsentTest {
    private static final String BEFORE = "2025-08-31T20:59:59Z";
    private static final String MIDNIGHT_IN_MOSCOW = "2025-08-31T21:00:00Z";

    private final UUID customer = Ids.next();

    @Inject
    Pool pool;

    @Inject
    SignedLinks links;

    @AfterEach
    void asAtFirst() {
        count(false);
    }

    @Test
    void r10OneThatTheSenderFlagsCountsForNoAdvertisingUnlessTheOperatorSaysSo() {
        String recordId = record(legacy(customer, BEFORE))
                .then()
                .statusCode(201)
                .body("state", equalTo("GIVEN"))
                .extract()
                .path("recordId");
        as(Roles.DPO).get("/api/v1/consents/{id}", recordId).then().body("legacyBundled", equalTo(true));
        decide("ADVERTISING", customer)
                .then()
                .body("decisions[0].allowed", equalTo(false))
                .body("decisions[0].reason", equalTo("LEGACY_BUNDLED"))
                .body("decisions[0].recordId", equalTo(recordId));
        decide("TRANSACTIONAL", customer).then().body("decisions[0].allowed", equalTo(true));
        count(true).then().statusCode(200).body("countsForAdvertising", equalTo(true));
        decide("ADVERTISING", customer)
                .then()
                .body("decisions[0].allowed", equalTo(true))
                .body("decisions[0].reason", equalTo("LEGACY_BUNDLED"))
                .body("decisions[0].recordId", equalTo(recordId));
        assertThat(Samples.announced(pool, customer).getLast().getString("data"))
                .contains("\"legacyBundled\": true");
    }

    @Test
    void r10OneByATextOfThatKindIsFlaggedByItself() {
        String document = legacyDocument("2020-01-01T00:00:00Z")
                .then()
                .statusCode(201)
                .body("versions[0].legacyBundled", equalTo(true))
                .extract()
                .path("document.id");
        record(given(customer, document, BEFORE)).then().statusCode(201);
        decide("ADVERTISING", customer).then().body("decisions[0].reason", equalTo("LEGACY_BUNDLED"));
        record(given(Ids.next(), document, MIDNIGHT_IN_MOSCOW))
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/legacy-consent-no-longer"));
    }

    @Test
    void r10NothingOfThatKindIsTakenForTheTimeAfter() {
        record(legacy(customer, MIDNIGHT_IN_MOSCOW))
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/legacyBundled"));
        legacyDocument(MIDNIGHT_IN_MOSCOW)
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/legacy-text-no-longer"));
    }

    @Test
    void r10OneGivenApartBeforeThatDayIsNoneOfThem() {
        record(given(customer, advertisingDocument(), BEFORE)).then().statusCode(201);
        decide("ADVERTISING", customer).then().body("decisions[0].reason", equalTo("GIVEN"));
        assertThat(listed()).doesNotContain(customer.toString());
    }

    @Test
    void r10WhoIsToBeAskedAnewIsListedUntilTheyAgreeAnewOrLeave() {
        List<UUID> customers = List.of(Ids.next(), Ids.next(), Ids.next());
        long before = counted();
        customers.forEach(one -> record(legacy(one, BEFORE)).then().statusCode(201));
        assertThat(counted()).isEqualTo(before + 3);
        assertThat(listed())
                .containsAll(customers.stream().map(UUID::toString).toList())
                .doesNotHaveDuplicates();

        record(givenNow(customers.get(0), advertisingDocument())).then().statusCode(201);
        record(withdrawnNow(customers.get(1))).then().statusCode(201);
        assertThat(listed())
                .contains(customers.get(2).toString())
                .doesNotContain(customers.get(0).toString(), customers.get(1).toString());
        assertThat(counted()).isEqualTo(before + 1);
        decide("ADVERTISING", customers.get(0))
                .then()
                .body("decisions[0].allowed", equalTo(true))
                .body("decisions[0].reason", equalTo("GIVEN"));
        as(Roles.DPO)
                .get("/api/v1/consent-states/{id}", customers.get(0))
                .then()
                .statusCode(200)
                .body("items[0].state", equalTo("GIVEN"))
                .body("items[0].legacyBundled", nullValue());
        as(Roles.DPO)
                .get("/api/v1/consent-states/{id}", customers.get(2))
                .then()
                .body("items[0].legacyBundled", equalTo(true));
        as(Roles.SALES).get("/api/v1/legacy-consents?purpose=marketing").then().statusCode(403);
    }

    @Test
    void r10AMailingToANumberNeedsItsOwnConsentApartToo() {
        String text = Samples.document("SMS_44_1", "marketing");
        String ads = Samples.advertisingDocument();
        record(given(customer, ads).replace("\"EMAIL\"", "\"SMS\"")).then().statusCode(201);
        record(given(customer, text, BEFORE)
                        .replace("\"channel\": \"EMAIL\"", "\"type\": \"SMS_44_1\", \"legacyBundled\": true"))
                .then()
                .statusCode(201);
        decideSms()
                .then()
                .body("decisions[0].allowed", equalTo(false))
                .body("decisions[0].reason", equalTo("LEGACY_BUNDLED"));
        count(true);
        decideSms().then().body("decisions[0].allowed", equalTo(true)).body("decisions[0].reason", equalTo("GIVEN"));
    }

    @Test
    void r10WhoTurnsThemOnAnswersForIt() {
        for (String role : List.of(Roles.MARKETER, Roles.SERVICE)) {
            as(role).contentType(ContentType.JSON)
                    .body("{\"countsForAdvertising\": true, \"reason\": \"ADR\"}")
                    .put("/api/v1/legacy-consent-rule")
                    .then()
                    .statusCode(403);
        }
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"countsForAdvertising\": true, \"reason\": \" \"}")
                .put("/api/v1/legacy-consent-rule")
                .then()
                .statusCode(400);
        count(true);
        as(Roles.MARKETER)
                .get("/api/v1/legacy-consent-rule")
                .then()
                .body("countsForAdvertising", equalTo(true))
                .body("reason", equalTo("Заключение № 7"))
                .body("separateSince", equalTo(MIDNIGHT_IN_MOSCOW));
    }

    @Test
    void r10ThePreferencePageAsksAnewByAnEmptyBoxUnlessSuchConsentsCount() {
        record(legacy(customer, BEFORE)).then().statusCode(201);
        assertThat(emailBox()).doesNotContain("checked");
        count(true);
        assertThat(emailBox()).contains("checked");
    }

    private String emailBox() {
        String page = anonymous()
                .get(
                        "/p/{token}",
                        links.sign(PreferenceLink.USE, new PreferenceLink(customer, Channel.EMAIL).payload()))
                .then()
                .statusCode(200)
                .extract()
                .asString();
        int at = page.indexOf("value=\"marketing|EMAIL\"");
        assertThat(at).isPositive();
        return page.substring(at, page.indexOf('>', at));
    }

    private Response decideSms() {
        return as(Roles.SERVICE)
                .contentType(ContentType.JSON)
                .body("""
                        {"purpose": "marketing", "channel": "SMS", "messageClass": "ADVERTISING", "customerIds": ["%s"]}
                        """.formatted(customer))
                .post("/api/v1/consent-decisions");
    }

    private static String legacy(UUID customer, String at) {
        return given(customer, advertisingDocument(), at)
                .replaceFirst("\\{", "{\"legacyBundled\": true, ")
                .replace("\"checkboxUntickedByDefault\": true", "\"checkboxUntickedByDefault\": null");
    }

    private static Response legacyDocument(String from) {
        return as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("""
                        {"code": "d-%s", "type": "ADVERTISING", "purpose": "marketing", "language": "ru", "title": "Договор-оферта",
                         "text": "Принимая оферту, я согласен и на рекламу.", "effectiveFrom": "%s", "legacyBundled": true}
                        """.formatted(Ids.next(), from))
                .post("/api/v1/consent-documents");
    }

    private static Response count(boolean counts) {
        return as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body(Map.of("countsForAdvertising", counts, "reason", "Заключение № 7"))
                .put("/api/v1/legacy-consent-rule");
    }

    /** Page by page, two at a time. */
    private static List<String> listed() {
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            var page = as(Roles.MARKETER)
                    .queryParam("purpose", "marketing")
                    .queryParam("limit", 2)
                    .queryParams(cursor == null ? Map.of() : Map.of("cursor", cursor))
                    .get("/api/v1/legacy-consents")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            ids.addAll(page.getList("items"));
            cursor = page.getString("nextCursor");
        } while (cursor != null);
        return ids;
    }

    private static long counted() {
        Integer customers = as(Roles.MARKETER)
                .get("/api/v1/legacy-consents/counts")
                .then()
                .statusCode(200)
                .extract()
                .path(
                        "items.find { it.purpose == 'marketing' && it.channel == 'EMAIL' && it.type == 'ADVERTISING' }?.customers");
        return customers == null ? 0 : customers;
    }
}
