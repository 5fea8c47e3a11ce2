package io.snowball.consent.receipt;

import static io.snowball.consent.Samples.advertisingDocument;
import static io.snowball.consent.Samples.givenNow;
import static io.snowball.consent.Samples.record;
import static io.snowball.consent.Samples.unconfirmed;
import static io.snowball.platform.testkit.TestTokens.anonymous;
import static io.snowball.platform.testkit.TestTokens.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.snowball.consent.Samples;
import io.snowball.consent.consent.Channel;
import io.snowball.consent.unsubscribe.PreferenceLink;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.security.SignedLinks;
import io.snowball.platform.testkit.TestDatabase;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requirement r08: whoever says something on a page of ours gets the receipt of it there and then, without a login. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class OwnReceiptTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Pattern LINK = Pattern.compile("href=\"(/p/receipts/[^\"?]+)\" download");

    @Inject
    SignedLinks links;

    private final UUID customer = Ids.next();

    @Test
    @DisplayName(
            "r08: after one-click and after the button: the receipt of the withdrawal, and the same one when pressed again")
    void r08AfterUnsubscribing() {
        record(givenNow(customer, advertisingDocument()));
        String page = unsubscribe("ru");
        assertThat(page).contains("Квитанции", "Отозвано: согласие на рекламу", "Скачать квитанцию");
        String link = only(page);
        file(link)
                .body("receipt.schema_version", equalTo("ISO/IEC TS 27560:2023"))
                .body("receipt.events[0].event_state", equalTo("withdrawn"))
                .body("receipt.record_id", equalTo(lastRecord()));
        assertThat(only(unsubscribe("ru")))
                .as("the mail program may have pressed before")
                .isEqualTo(link);
        assertThat(unsubscribe("en")).contains("Receipts", "Withdrawn: consent to advertising", "Download receipt");
    }

    @Test
    @DisplayName("r08: after the confirmation link of a double opt-in")
    void r08AfterTheConfirmation() {
        String url = record(unconfirmed(customer, advertisingDocument())).path("confirmationUrl");
        String page = anonymous()
                .header("Accept-Language", "en")
                .post(url.substring(url.indexOf("/y/")))
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(page).contains("Confirmed: consent to advertising, E-mail").doesNotContain("_$", "NOT_FOUND");
        file(only(page))
                .body("receipt.events[0].event_state", equalTo("given"))
                .body("receipt.record_id", equalTo(lastRecord()));
    }

    @Test
    @DisplayName(
            "r08: after saving choices: one for each box that was changed, and none for a page that is only looked at")
    void r08AfterSavingChoices() {
        String purpose = "p-" + Ids.next();
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"code\": \"%s\", \"title\": \"Клуб\"}".formatted(purpose))
                .post("/api/v1/purposes");
        String document = Samples.document("ADVERTISING", purpose);
        assertThat(links(anonymous().get("/p/{token}", preferences()).asString()))
                .isEmpty();
        String text = "|" + document + ".1|0";
        String page = anonymous()
                .contentType(FORM)
                .formParam("shown", purpose + "|EMAIL" + text, purpose + "|SMS" + text, purpose + "|PUSH" + text)
                .formParam("on", purpose + "|EMAIL", purpose + "|SMS")
                .post("/p/{token}", preferences())
                .asString();
        assertThat(page).contains("Дано: согласие на рекламу, Электронные письма · Клуб", "Дано (ждёт подтверждения)");
        List<String> links = links(page);
        assertThat(links).hasSize(2);
        file(links.getFirst()).body("receipt.events[0].event_state", equalTo("given"));
        file(links.getLast()).body("receipt.events[0].event_state", equalTo("requested"));
    }

    @Test
    @DisplayName("r08: after withdrawing everything: one for each record of it, among them that of advertising")
    void r08AfterWithdrawingEverything() {
        String page = anonymous()
                .contentType(FORM)
                .post("/p/{token}/withdrawals", preferences())
                .asString();
        assertThat(page).contains("Отозвано: согласие на рекламу").doesNotContain("_$", "NOT_FOUND");
        List<String> items =
                as(Roles.DPO).get("/api/v1/consents?customerId=" + customer).path("items.recordId");
        assertThat(links(page)).hasSameSizeAs(items);
    }

    @Test
    @DisplayName(
            "r08: a file to keep, by both standards, that anybody has checked; no address in it; noted as the person's own")
    void r08TheFileIsSignedAndHasNoAddress() {
        record(givenNow(customer, advertisingDocument()));
        String link = only(unsubscribe("ru"));
        for (String format : List.of("", "?format=KANTARA_1_1")) {
            String jws = file(link + format)
                    .header("Content-Disposition", startsWith("attachment; filename=\"consent-receipt-"))
                    .header("Cache-Control", equalTo("no-store"))
                    .header("Referrer-Policy", equalTo("no-referrer"))
                    .body(not(containsString("127.0.0.1")))
                    .extract()
                    .path("jws");
            as(Roles.DPO)
                    .contentType(ContentType.JSON)
                    .body("{\"jws\": \"" + jws + "\"}")
                    .post("/api/v1/consent-receipts/verifications")
                    .then()
                    .body("valid", equalTo(true))
                    .body("inLedger", equalTo(true));
        }
        file(link + "?format=KANTARA_1_1").body("receipt.version", equalTo("KI-CR-v1.1.0"));
    }

    @Test
    void r08AForgedOrForeignLinkOpensNothing() {
        record(givenNow(customer, advertisingDocument()));
        String link = only(unsubscribe("ru"));
        byte[] id = ByteBuffer.allocate(16).putLong(1).putLong(2).array();
        for (String bad : List.of("abc", links.sign("confirm", id), links.sign("receipt", new byte[3]))) {
            anonymous()
                    .get("/p/receipts/{token}", bad)
                    .then()
                    .statusCode(404)
                    .body(containsString("Ссылка не работает"));
        }
        anonymous().get(link + "A").then().statusCode(404);
        anonymous().get("/p/receipts/{token}", links.sign("receipt", id)).then().statusCode(404);
    }

    private ValidatableResponse file(String link) {
        return anonymous().get(link).then().statusCode(200).contentType(startsWith("application/json"));
    }

    private String lastRecord() {
        List<String> records =
                as(Roles.DPO).get("/api/v1/consents?customerId=" + customer).path("items.recordId");
        return records.getLast();
    }

    private static String only(String page) {
        List<String> found = links(page);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static List<String> links(String page) {
        return LINK.matcher(page)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private String preferences() {
        return links.sign(PreferenceLink.USE, new PreferenceLink(customer, Channel.EMAIL).payload());
    }

    /** As a mail program does it, and the button of the page. */
    private String unsubscribe(String language) {
        byte[] tail = "marketing|EMAIL".getBytes(StandardCharsets.UTF_8);
        byte[] payload = ByteBuffer.allocate(32 + tail.length)
                .putLong(1)
                .putLong(2)
                .putLong(customer.getMostSignificantBits())
                .putLong(customer.getLeastSignificantBits())
                .put(tail)
                .array();
        return anonymous()
                .header("Accept-Language", language)
                .contentType(FORM)
                .body("List-Unsubscribe=One-Click")
                .post("/u/{token}", links.sign("unsubscribe", payload))
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }
}
