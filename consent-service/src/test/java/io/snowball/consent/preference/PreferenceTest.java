package io.snowball.consent.preference;

import static io.snowball.platform.testkit.TestTokens.anonymous;
import static io.snowball.platform.testkit.TestTokens.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.snowball.consent.Samples;
import io.snowball.consent.consent.Channel;
import io.snowball.consent.unsubscribe.PreferenceLink;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.security.SignedLinks;
import io.snowball.platform.testkit.TestDatabase;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** B2, requirements r03, r07, r13: people say themselves what they want, without a login. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class PreferenceTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    @Inject
    SignedLinks links;

    private final UUID customer = Ids.next();
    private final String purpose = "p-" + Ids.next();
    private String document = "";

    @BeforeEach
    void somethingToAgreeTo() {
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"code\": \"%s\", \"title\": \"Клуб\"}".formatted(purpose))
                .post("/api/v1/purposes")
                .then()
                .statusCode(201);
        document = Samples.document("ADVERTISING", purpose);
    }

    @Test
    @DisplayName("r03, r05: no box is ticked that was not ticked by the person; the words stand beside it")
    void r03BoxesAreEmptyAtFirst() {
        String page = page();
        assertThat(box(page, "EMAIL")).doesNotContain("checked");
        assertThat(box(page, "SMS")).doesNotContain("checked");
        assertThat(page).contains("Я согласен получать рекламу.", "<legend>Согласие</legend>");
    }

    @Test
    @DisplayName(
            "r03, r19: each tick is a record of its own; the channel that the link came over needs no other confirmation")
    void r03EachTickIsARecordOfItsOwn() {
        save(page(), "EMAIL", "SMS").then().statusCode(200).body(containsString("Сохранено"));
        states().body("items", hasSize(2));
        assertThat(state("EMAIL")).isEqualTo("GIVEN");
        assertThat(state("SMS")).isIn("GIVEN", "PENDING_CONFIRMATION");
        ledger().body("items.evidence.source", equalTo(List.of("preference-centre", "preference-centre")))
                .body("items[0].document.id", equalTo(document))
                .body("items[0].document.version", equalTo(1));
        assertThat(box(page(), "EMAIL")).contains("checked");
    }

    @Test
    @DisplayName("r13: a tick taken away is a withdrawal, at once")
    void r13ATickTakenAwayWithdraws() {
        save(page(), "EMAIL");
        save(page());
        assertThat(state("EMAIL")).isEqualTo("WITHDRAWN");
        assertThat(box(page(), "EMAIL")).doesNotContain("checked");
    }

    @Test
    @DisplayName("r07: an old page that is sent again gives nothing back that was withdrawn since")
    void r07AnOldPageGivesNothingBack() {
        save(page(), "EMAIL");
        String old = page();
        withdrawEverything().then().statusCode(200).body(containsString("Все согласия отозваны"));
        save(old, "EMAIL");
        assertThat(state("EMAIL")).isEqualTo("WITHDRAWN");
    }

    @Test
    @DisplayName("r13: everything is withdrawn by one press, for purposes that have no text any more too")
    void r13EverythingByOnePress() {
        save(page(), "EMAIL", "PUSH");
        withdrawEverything();
        assertThat(state("EMAIL")).isEqualTo("WITHDRAWN");
        assertThat(state("PUSH")).isEqualTo("WITHDRAWN");
        withdrawEverything().then().statusCode(200);
    }

    @Test
    void onlyTheWordsThatWereShownAreAgreedTo() {
        String forged = page().replace(document, Samples.document("PD_PROCESSING", purpose));
        save(forged, "EMAIL").then().statusCode(200);
        states().body("items", hasSize(0));
        anonymous()
                .contentType(FORM)
                .formParam("shown", "x", "a|b|c|d", purpose + "|PIGEON||0", purpose + "|EMAIL|1.x|0")
                .formParam("on", purpose + "|EMAIL")
                .post("/p/{token}", token())
                .then()
                .statusCode(200);
        states().body("items", hasSize(0));
    }

    @Test
    @DisplayName("B2: the file has every consent with its words, and no address")
    void theFileHasEveryConsent() {
        save(page(), "EMAIL");
        anonymous()
                .get("/p/{token}/data", token())
                .then()
                .statusCode(200)
                .contentType(startsWith("application/json"))
                .header("Content-Disposition", containsString("attachment"))
                .header("Cache-Control", equalTo("no-store"))
                .body(containsString("Я согласен получать рекламу."))
                .body(containsString("\"action\": \"GIVEN\""))
                .body(not(containsString("127.0.0.1")));
    }

    @Test
    @DisplayName("r21: what is asked on the page is in the register, with its term; five at most are open")
    void r21AskingRegistersARequest() {
        for (int i = 0; i < 5; i++) {
            ask("CORRECTION").then().statusCode(200).body(containsString("Обращение зарегистрировано"));
        }
        ask("ACCESS").then().statusCode(200).body(containsString("уже у нас"));
        as(Roles.DPO)
                .get("/api/v1/subject-requests?customerId=" + customer)
                .then()
                .body("items", hasSize(5))
                .body("items[0].kind", equalTo("CORRECTION"))
                .body("items[0].channel", equalTo("WEB"))
                .body("items[0].applicant.contact", equalTo("maria@example.org"));
    }

    @Test
    void thePageWorksWithoutScriptsAndLoadsNothing() {
        Response answer = anonymous().get("/p/{token}", token());
        answer.then()
                .statusCode(200)
                .header("Set-Cookie", nullValue())
                .header("Cache-Control", equalTo("no-store"))
                .header("Referrer-Policy", equalTo("no-referrer"))
                .header("X-Robots-Tag", containsString("noindex"))
                .header("Content-Security-Policy", startsWith("default-src 'none'"));
        String page = answer.asString();
        assertThat(page)
                .contains("<html lang=\"ru\">", "<fieldset>", "<legend>", "<label")
                .doesNotContain("<script", "src=", "http://", "https://", "<link", "NOT_FOUND", customer.toString());
        assertThat(page.split("<input type=\"checkbox\"", -1).length)
                .as("each box in a label")
                .isEqualTo(page.split("<label class=\"box\">", -1).length);
    }

    @Test
    void speaksEnglishWhereTheBrowserAsks() {
        anonymous()
                .header("Accept-Language", "en-GB")
                .get("/p/{token}", token())
                .then()
                .header("Content-Language", equalTo("en"))
                .body(containsString("Your preferences"))
                .body(containsString("<html lang=\"en\">"))
                .body(not(containsString("Сохранить")));
    }

    @ParameterizedTest
    @EnumSource(Channel.class)
    void hasWordsForEveryChannel(Channel channel) {
        if (channel == Channel.ANY) {
            return;
        }
        Samples.record("""
                {"customerId": "%s", "purpose": "%s", "channel": "%s", "action": "WITHDRAWN", "evidence": {"source": "letter"}}
                """.formatted(customer, purpose, channel)).then().statusCode(201);
        for (String language : List.of("ru", "en")) {
            anonymous()
                    .header("Accept-Language", language)
                    .get("/p/{token}", token())
                    .then()
                    .statusCode(200)
                    .body(containsString(purpose + "|" + channel))
                    .body(not(containsString("channel_")));
        }
    }

    @Test
    void forgedAndForeignLinksGetAPageThatSaysWhatToDo() {
        for (String bad : List.of(
                "abc",
                token().substring(1),
                links.sign("unsubscribe", new PreferenceLink(customer, Channel.EMAIL).payload()),
                links.sign(PreferenceLink.USE, "short".getBytes(StandardCharsets.US_ASCII)))) {
            anonymous().get("/p/{token}", bad).then().statusCode(404).body(containsString("Ссылка не работает"));
            anonymous().get("/p/{token}/data", bad).then().statusCode(404);
            anonymous().post("/p/{token}/withdrawals", bad).then().statusCode(404);
        }
    }

    @Test
    void theUnsubscribePageLeadsHere() {
        byte[] tail = (purpose + "|EMAIL").getBytes(StandardCharsets.UTF_8);
        byte[] payload = java.nio.ByteBuffer.allocate(32 + tail.length)
                .putLong(1)
                .putLong(2)
                .putLong(customer.getMostSignificantBits())
                .putLong(customer.getLeastSignificantBits())
                .put(tail)
                .array();
        anonymous().get("/u/{token}", links.sign("unsubscribe", payload)).then().body(containsString("/p/" + token()));
    }

    @Test
    void theLinkIsMadeForThoseWhoMaySpeakToPeople() {
        String body = "{\"customerId\": \"%s\", \"channel\": \"EMAIL\"}".formatted(customer);
        as(Roles.SALES)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/preference-links")
                .then()
                .statusCode(200)
                .body("url", containsString("/p/" + token()));
        as(Roles.ANALYST)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/preference-links")
                .then()
                .statusCode(403);
    }

    private String token() {
        return links.sign(PreferenceLink.USE, new PreferenceLink(customer, Channel.EMAIL).payload());
    }

    private String page() {
        return anonymous()
                .get("/p/{token}", token())
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    /** What a browser sends: every hidden field, and the ticked boxes. */
    private Response save(String page, String... channels) {
        Matcher shown = Pattern.compile("name=\"shown\" value=\"(" + purpose + "[^\"]*)\"")
                .matcher(page);
        List<String> hidden = shown.results().map(found -> found.group(1)).toList();
        List<String> ticked = java.util.Arrays.stream(channels)
                .map(channel -> purpose + "|" + channel)
                .toList();
        return anonymous()
                .contentType(FORM)
                .formParam("shown", hidden)
                .formParam("on", ticked)
                .post("/p/{token}", token());
    }

    private Response withdrawEverything() {
        return anonymous().contentType(FORM).post("/p/{token}/withdrawals", token());
    }

    private Response ask(String kind) {
        return anonymous()
                .contentType(FORM)
                .formParam("kind", kind)
                .formParam("contact", "maria@example.org")
                .formParam("words", "Прошу")
                .post("/p/{token}/requests", token());
    }

    private String box(String page, String channel) {
        int at = page.indexOf("value=\"" + purpose + "|" + channel + "\"");
        assertThat(at).as("box of %s", channel).isPositive();
        return page.substring(at, page.indexOf('>', at));
    }

    private String state(String channel) {
        return states().extract()
                .path("items.find {it.channel == '" + channel + "' && it.purpose == '" + purpose + "'}.state");
    }

    private ValidatableResponse states() {
        return as(Roles.DPO).get("/api/v1/consent-states/{id}", customer).then().statusCode(200);
    }

    private ValidatableResponse ledger() {
        return as(Roles.DPO)
                .get("/api/v1/consents?customerId=" + customer)
                .then()
                .statusCode(200);
    }
}
