package io.snowball.campaign.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.campaign.FakeSiblings;
import io.snowball.campaign.Fixtures;
import io.snowball.campaign.MailSink;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requirement r18: erid, advertiser and the word, where the law wants them. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeSiblings.class)
@WithTestResource(MailSink.class)
class AdvertisementTest {
    private static final String ERID = "\"erid\": \"2VtzqvErXyZ\"";
    private static final String WHO = "\"advertiser\": \"ООО «Ромашка» & Ко\"";
    private static final String MARK = "\"mark\": true";
    private static final String LABEL = "Реклама. ООО «Ромашка» & Ко. erid: 2VtzqvErXyZ";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "thirdPartyOffer": true                              | erid, advertiser, mark
            "publicChannel": true, "mark": true                  | erid, advertiser
            "thirdPartyOffer": true, "erid": "2VtzqvErXyZ", "advertiser": " ", "mark": true   | advertiser
            "thirdPartyOffer": true, "erid": "2VtzqvErXyZ", "advertiser": "ООО", "mark": false | mark
            """)
    void r18NothingOfAThirdPartyOrInPublicGoesOutWithoutItsLabel(String advertisement, String missing) {
        UUID campaign = campaign(template(advertisement));
        launch(campaign)
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/advertising-label-missing"))
                .body("detail", containsString("advertisement: " + missing + ";"));
        assertThat(Fixtures.get(campaign).getString("state")).isEqualTo("DRAFT");
    }

    @Test
    void r18WithItsLabelItGoesAndTheLabelIsKeptWithTheVersionThatWasSent() {
        UUID template = template("\"thirdPartyOffer\": true, " + String.join(", ", ERID, WHO, MARK));
        UUID campaign = campaign(template);
        launch(campaign).then().statusCode(202).body("templateVersion", equalTo(1));
        TestTokens.as(Roles.MARKETER)
                .get("/api/v1/templates/" + template)
                .then()
                .body("advertisement.erid", equalTo("2VtzqvErXyZ"))
                .body("advertisement.advertiser", equalTo("ООО «Ромашка» & Ко"))
                .body("advertisement.mark", equalTo(true))
                .body("advertisement.thirdPartyOffer", equalTo(true));
        Fixtures.post("/api/v1/templates/" + template + "/previews", "{}")
                .then()
                .body("html", containsString(">Реклама. ООО «Ромашка» &amp; Ко. erid: 2VtzqvErXyZ</p>"))
                .body("text", containsString(LABEL));
    }

    @Test
    void r18TheLabelStandsAtTheEndOfATextOfItsOwnToo() {
        UUID template = template("%s, %s, %s".formatted(ERID, WHO, MARK), "\"text\": \"Скидки\",");
        Fixtures.post("/api/v1/templates/" + template + "/previews", "{}")
                .then()
                .body("text", endsWith("\n\n" + LABEL + "\n"))
                .body("html", containsString("</p></body>"));
    }

    @Test
    void r18ADifferentLabelIsADifferentVersion() {
        UUID template = template(ERID);
        TestTokens.as(Roles.MARKETER)
                .contentType(ContentType.JSON)
                .header("If-Match", "\"1\"")
                .body(body("\"erid\": \"LjN8KAbCd\"", ""))
                .put("/api/v1/templates/" + template)
                .then()
                .statusCode(200)
                .body("version", equalTo(2))
                .body("advertisement.erid", equalTo("LjN8KAbCd"));
    }

    @Test
    void r18AnOwnOfferNeedsNone() {
        UUID template = Fixtures.template();
        launch(campaign(template)).then().statusCode(202);
        TestTokens.as(Roles.MARKETER)
                .get("/api/v1/templates/" + template)
                .then()
                .body("advertisement", nullValue());
        Fixtures.post("/api/v1/templates/" + template + "/previews", "{}")
                .then()
                .body("html", not(containsString("erid")));
    }

    @Test
    void r11AThirdPartysOfferIsAdvertisingWhateverElseTheMessageIs() {
        UUID template = template("\"thirdPartyOffer\": true, " + String.join(", ", ERID, WHO, MARK));
        UUID campaign = Fixtures.id(TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body(Fixtures.campaignBody(FakeSiblings.segment(List.of()), template, "marketing", 0)
                        .replace("{\"name\"", "{\"messageClass\": \"SERVICE\", \"name\""))
                .post("/api/v1/campaigns"));
        TestTokens.as(Roles.ADMIN)
                .header("Idempotency-Key", Ids.next())
                .post("/api/v1/campaigns/" + campaign + "/launches")
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/offer-is-advertising"));
    }

    @Test
    void r18WhatIsNoTokenIsRefused() {
        Fixtures.post("/api/v1/templates", body("\"erid\": \"a b\"", ""))
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/advertisement/erid"));
    }

    private static UUID template(String advertisement) {
        return template(advertisement, "");
    }

    private static UUID template(String advertisement, String more) {
        return Fixtures.id(Fixtures.post("/api/v1/templates", body(advertisement, more)));
    }

    private static String body(String advertisement, String more) {
        return """
                {"name": "Партнёр", "subject": "Скидки", "html": "<html><body><p>Скидки</p></body></html>", %s
                 "advertisement": {%s}}""".formatted(more, advertisement);
    }

    private static UUID campaign(UUID template) {
        return Fixtures.id(Fixtures.post(
                "/api/v1/campaigns", Fixtures.campaignBody(FakeSiblings.segment(List.of()), template, "marketing", 0)));
    }

    private static Response launch(UUID campaign) {
        return TestTokens.as(Roles.MARKETER)
                .header("Idempotency-Key", Ids.next())
                .post("/api/v1/campaigns/" + campaign + "/launches");
    }
}
