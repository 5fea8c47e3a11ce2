package io.snowball.campaign.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.snowball.campaign.FakeSiblings;
import io.snowball.campaign.Fixtures;
import io.snowball.campaign.MailSink;
import io.snowball.platform.id.Ids;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeSiblings.class)
@WithTestResource(MailSink.class)
class CampaignResourceTest {
    private static final String ALL = "/api/v1/campaigns";
    private static final String PATH = ALL + "/";

    @Inject
    Pool pool;

    @ConfigProperty(name = "quarkus.datasource.reactive.max-size")
    int connections;

    @Test
    void hasDefaultsThatTheLawAndTheReportNeed() {
        Fixtures.post(ALL, """
                        {"name": "x", "segmentId": "%s", "templateId": "%s", "channel": "EMAIL"}""".formatted(Ids.next(), Fixtures.template()))
                .then()
                .statusCode(201)
                .body("state", equalTo("DRAFT"))
                .body("purpose", equalTo("marketing"))
                .body("messageClass", equalTo("ADVERTISING"))
                .body("controlShare", equalTo(0.1f))
                .body("attributionDays", equalTo(7));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "controlShare": 0.6    | /controlShare
            "controlShare": -0.1   | /controlShare
            "attributionDays": 0   | /attributionDays
            "purpose": "a b"       | /purpose
            "purpose": "1st"       | /purpose
            "messageClass": "SPAM" | /messageClass
            "channel": "SMS"       | /channel
            "sendAt": "tomorrow"   | /sendAt
            "sendAt": "+999999-01-01T00:00:00Z" | /sendAt
            "colour": "red"        | /colour
            """)
    void pointsToTheWrongField(String field, String pointer) {
        String channel = field.contains("channel") ? "" : "\"channel\": \"EMAIL\",";
        Fixtures.post(ALL, """
                        {"name": "x", "segmentId": "%s", "templateId": "%s", %s %s}""".formatted(Ids.next(), Fixtures.template(), channel, field))
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo(pointer));
    }

    @Test
    void refusesATemplateThatDoesNotExist() {
        Fixtures.post(ALL, Fixtures.campaignBody(Ids.next(), Ids.next(), "marketing", 0.1))
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/templateId"));
    }

    @Test
    void refusesANameThatCanNotBeKept() {
        Fixtures.post(
                        ALL,
                        Fixtures.campaignBody(Ids.next(), Fixtures.template(), "marketing", 0.1)
                                .replace("Осень", "\\u0000"))
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/name"));
    }

    /** A transaction that waited for a second connection would wait for ever once all are taken by such transactions. */
    @Test
    @Timeout(60)
    void isCreatedWithTheLastFreeConnection() {
        UUID template = Fixtures.template();
        List<SqlConnection> taken = Stream.generate(
                        () -> pool.getConnection().await().indefinitely())
                .limit(connections - 1)
                .toList();
        try {
            Fixtures.post(ALL, Fixtures.campaignBody(Ids.next(), template, "marketing", 0.1))
                    .then()
                    .statusCode(201);
        } finally {
            taken.forEach(connection -> connection.close().await().indefinitely());
        }
    }

    @Nested
    class WithoutConsent {
        @Test
        void isForAdminsAndTheDataProtectionOfficer() {
            String body = withClass("SERVICE");
            post(Roles.MARKETER, body).then().statusCode(403).body("detail", startsWith("Only an admin or dpo"));
            post(Roles.ADMIN, body).then().statusCode(201).body("messageClass", equalTo("SERVICE"));
            post(Roles.DPO, body).then().statusCode(201);
            post(Roles.MARKETER, withClass("ADVERTISING")).then().statusCode(201);
        }

        @Test
        void isNotReachedByAChangeOrALaunchOfAMarketer() {
            UUID campaign = draft();
            TestTokens.as(Roles.MARKETER)
                    .contentType(ContentType.JSON)
                    .header("If-Match", "\"1\"")
                    .body(withClass("TRANSACTIONAL"))
                    .put(PATH + campaign)
                    .then()
                    .statusCode(403);
            UUID admins = UUID.fromString(post(Roles.ADMIN, withClass("LEGAL")).path("id"));
            launch(Roles.MARKETER, admins).then().statusCode(403);
            launch(Roles.DPO, admins)
                    .then()
                    .statusCode(202)
                    .body("createdBy", equalTo(new UUID(0, 1).toString()))
                    .body("launchedBy", equalTo(new UUID(0, 1).toString()));
            Fixtures.move(admins, "cancellations");
        }

        private static Response post(String role, String body) {
            return TestTokens.as(role).contentType(ContentType.JSON).body(body).post(ALL);
        }

        private static Response launch(String role, UUID campaign) {
            return TestTokens.as(role).header("Idempotency-Key", Ids.next()).post(PATH + campaign + "/launches");
        }

        private static String withClass(String messageClass) {
            return Fixtures.campaignBody(Ids.next(), Fixtures.template(), "marketing", 0.1)
                    .replaceFirst("\\{", "{\"messageClass\": \"" + messageClass + "\",");
        }
    }

    @Test
    void isListedNewestFirstAndPagedByCursor() {
        UUID first = draft();
        UUID second = draft();
        JsonPath page = TestTokens.as(Roles.ANALYST)
                .queryParam("limit", 1)
                .get(ALL)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(page.getString("items[0].id")).isEqualTo(second.toString());
        TestTokens.as(Roles.ANALYST)
                .queryParam("limit", 1)
                .queryParam("cursor", page.getString("nextCursor"))
                .get(ALL)
                .then()
                .statusCode(200)
                .body("items[0].id", equalTo(first.toString()));
        for (String list : List.of(ALL, "/api/v1/templates")) {
            TestTokens.as(Roles.MARKETER)
                    .queryParam("cursor", Cursor.encode(List.of("made-up")))
                    .get(list)
                    .then()
                    .statusCode(400);
        }
    }

    @Test
    void isChangedOnlyAsADraftAndOnlyByWhoHasReadIt() {
        UUID campaign = draft();
        UUID template = Fixtures.template();
        put(campaign, "\"1\"", template).then().statusCode(200).body("purpose", equalTo("news"));
        put(campaign, "\"1\"", template).then().statusCode(412);
        Fixtures.launch(campaign);
        put(campaign, "\"3\"", template)
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/campaign-not-editable"));
        put(Ids.next(), "\"1\"", template).then().statusCode(404);
        Fixtures.move(campaign, "cancellations");
    }

    @Test
    void isWrittenByMarketersAndReadByAnalysts() {
        UUID campaign = draft();
        TestTokens.as(Roles.ANALYST).get(PATH + campaign).then().statusCode(200);
        TestTokens.as(Roles.SALES).get(PATH + campaign).then().statusCode(403);
        TestTokens.as(Roles.PARTNER).get(ALL).then().statusCode(403);
        TestTokens.anonymous().get(PATH + campaign).then().statusCode(401);
        TestTokens.as(Roles.ANALYST)
                .contentType(ContentType.JSON)
                .body("{}")
                .post(ALL)
                .then()
                .statusCode(403);
        for (String move : List.of("launches", "pauses", "resumptions", "cancellations")) {
            TestTokens.as(Roles.ANALYST)
                    .post(PATH + campaign + "/" + move)
                    .then()
                    .statusCode(403);
        }
        TestTokens.as(Roles.MARKETER).get(PATH + Ids.next()).then().statusCode(404);
        TestTokens.as(Roles.MARKETER).get(PATH + "abc").then().statusCode(400);
    }

    @Nested
    class Launch {
        @Test
        void happensOnceHoweverOftenItIsRepeated() {
            UUID campaign = draft();
            UUID key = Ids.next();
            Response first = launch(campaign, key);
            Response again = launch(campaign, key);
            assertThat(first.statusCode()).isEqualTo(202);
            assertThat(first.header("Location")).isEqualTo("/api/v1/campaigns/" + campaign);
            assertThat(again.asString()).isEqualTo(first.asString());
            launch(campaign, Ids.next()).then().statusCode(409).body("type", equalTo("/problems/campaign-wrong-state"));
            launch(draft(), key).then().statusCode(422);
            Fixtures.move(campaign, "cancellations");
        }

        @Test
        void needsAKeyBecauseItCanNotBeUndone() {
            TestTokens.as(Roles.MARKETER)
                    .post(PATH + draft() + "/launches")
                    .then()
                    .statusCode(400)
                    .body("errors[0].pointer", equalTo("Idempotency-Key"));
        }

        @Test
        void pinsTheTemplateAsItIsNow() {
            UUID campaign = draft();
            Fixtures.launch(campaign);
            assertThat(Fixtures.get(campaign).getInt("templateVersion")).isEqualTo(1);
            Fixtures.move(campaign, "cancellations");
        }

        private Response launch(UUID campaign, UUID key) {
            return TestTokens.as(Roles.MARKETER).header("Idempotency-Key", key).post(PATH + campaign + "/launches");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pauses", "resumptions"})
    void refusesMovesThatADraftCanNotMake(String move) {
        TestTokens.as(Roles.MARKETER)
                .post(PATH + draft() + "/" + move)
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/campaign-wrong-state"));
    }

    @Test
    void takesARepeatedMoveForWhatItIs() {
        UUID campaign = draft();
        Fixtures.move(campaign, "cancellations");
        Fixtures.move(campaign, "cancellations");
        assertThat(Fixtures.get(campaign).getString("state")).isEqualTo("CANCELLED");
        TestTokens.as(Roles.MARKETER).post(PATH + Ids.next() + "/pauses").then().statusCode(404);
    }

    @Nested
    class Estimate {
        @Test
        void countsWhoCanNotBeWrittenToAndWhatTheRestCosts() {
            List<UUID> customers = Fixtures.customers(2_500);
            customers.subList(0, 500).forEach(customer -> FakeSiblings.refuse(customer, "NO_CONSENT"));
            UUID campaign = Fixtures.campaign(FakeSiblings.segment(customers), Fixtures.purpose(), 0.1);
            JsonPath estimate =
                    estimate(campaign).then().statusCode(200).extract().jsonPath();
            assertThat(estimate.getLong("audience")).isEqualTo(2_500);
            assertThat(estimate.getLong("withoutConsent")).isEqualTo(500);
            assertThat(estimate.getLong("control")).isBetween(120L, 290L);
            assertThat(estimate.getLong("toSend")).isEqualTo(2_000 - estimate.getLong("control"));
            assertThat(estimate.getDouble("pricePerMessage")).isEqualTo(0.01);
            assertThat(Math.round(estimate.getDouble("cost") * 100)).isEqualTo(estimate.getLong("toSend"));
            assertThat(estimate.getLong("expectedSeconds")).isEqualTo(2);
        }

        @Test
        void saysThatConsentDoesNotAnswerInsteadOfGuessing() {
            String purpose = Fixtures.purpose();
            FakeSiblings.consentDown(purpose);
            estimate(Fixtures.campaign(FakeSiblings.segment(Fixtures.customers(3)), purpose, 0.1))
                    .then()
                    .statusCode(503)
                    .header("Retry-After", equalTo("5"))
                    .body("type", equalTo("/problems/unavailable"));
        }

        @Test
        void saysThatTheSegmentDoesNotExist() {
            estimate(draft()).then().statusCode(409).body("type", equalTo("/problems/unknown-segment"));
        }

        private Response estimate(UUID campaign) {
            return TestTokens.as(Roles.ANALYST).post(PATH + campaign + "/estimates");
        }
    }

    private static UUID draft() {
        return Fixtures.campaign(Ids.next(), "marketing", 0.1);
    }

    private static Response put(UUID campaign, String ifMatch, UUID template) {
        return TestTokens.as(Roles.MARKETER)
                .contentType(ContentType.JSON)
                .header("If-Match", ifMatch)
                .body(Fixtures.campaignBody(Ids.next(), template, "news", 0.2))
                .put(PATH + campaign);
    }
}
