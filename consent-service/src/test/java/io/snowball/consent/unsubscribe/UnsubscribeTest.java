package io.snowball.consent.unsubscribe;

import static io.snowball.consent.Samples.advertisingDocument;
import static io.snowball.consent.Samples.givenNow;
import static io.snowball.consent.Samples.record;
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
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.snowball.consent.OwnerDatabase;
import io.snowball.consent.Samples;
import io.snowball.consent.consent.Channel;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.security.SignedLinks;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8058 and requirements r13, r14: leaving is one press, for people and for mail programs. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class UnsubscribeTest {
    private static final String ONE_CLICK = "List-Unsubscribe=One-Click";
    private static final String FORM = "application/x-www-form-urlencoded";

    @Inject
    Pool pool;

    @Inject
    SignedLinks links;

    private final UUID customer = Ids.next();
    private final UUID message = Ids.next();

    @Test
    void r14OneClickWithdrawsAtOnceWithoutCookieOrRedirect() {
        record(givenNow(customer, advertisingDocument()));
        ValidatableResponse answer = press(token()).then().statusCode(200);
        answer.header("Set-Cookie", nullValue())
                .header("Location", nullValue())
                .header("Referrer-Policy", equalTo("no-referrer"))
                .header("X-Robots-Tag", containsString("noindex"))
                .body(containsString("Вы отписаны"));
        state().body("items[0].state", equalTo("WITHDRAWN"));
        Samples.decide("ADVERTISING", customer).then().body("decisions[0].reason", equalTo("WITHDRAWN"));
    }

    @Test
    void r14TakesMultipartToo() {
        anonymous()
                .redirects()
                .follow(false)
                .multiPart("List-Unsubscribe", "One-Click")
                .post("/u/{token}", token())
                .then()
                .statusCode(200);
        state().body("items[0].state", equalTo("WITHDRAWN"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "image/png", "text/plain;q=0.1", "nonsense"})
    void r13RefusesNobodyForAnOddHeaderOrBody(String type) {
        anonymous().header("Accept", type).post("/u/{token}", token()).then().statusCode(200);
        state().body("items[0].state", equalTo("WITHDRAWN"));
    }

    @Test
    void scannersThatFollowTheLinkChangeNothing() {
        record(givenNow(customer, advertisingDocument()));
        anonymous().get("/u/{token}", token()).then().statusCode(200).header("Set-Cookie", nullValue());
        RestAssured.head("/u/{token}", token()).then().statusCode(200);
        state().body("items[0].state", equalTo("GIVEN"));
        ledger().body("items", hasSize(1));
    }

    @Test
    void pressingAgainDoesNoHarmAndAddsNothing() throws Exception {
        record(givenNow(customer, advertisingDocument()));
        List<Callable<Integer>> presses = Stream.<Callable<Integer>>generate(
                        () -> () -> press(token()).statusCode())
                .limit(10)
                .toList();
        try (var threads = Executors.newFixedThreadPool(10)) {
            assertThat(threads.invokeAll(presses))
                    .allSatisfy(press -> assertThat(press.get()).isEqualTo(200));
        }
        ledger().body("items.action", equalTo(List.of("GIVEN", "WITHDRAWN")));
        assertThat(Samples.announced(pool, customer)).hasSize(2);
    }

    @Test
    void theEvidenceAndTheFeedNameTheMessage() {
        anonymous()
                .header("User-Agent", "u".repeat(2000))
                .header("X-Forwarded-For", "203.0.113.9")
                .contentType(FORM)
                .body(ONE_CLICK)
                .post("/u/{token}", token())
                .then()
                .statusCode(200);
        ledger().body("items[0].evidence.messageId", equalTo(message.toString()))
                .body("items[0].evidence.source", equalTo("unsubscribe-link"))
                .body("items[0].evidence.actor", equalTo("SUBJECT"))
                .body("items[0].evidence.ip", equalTo("203.0.113.9"))
                .body("items[0].evidence.userAgent", equalTo("u".repeat(500)));
        assertThat(Samples.announced(pool, customer))
                .singleElement()
                .satisfies(row -> assertThat(row.getString("data"))
                        .contains("\"messageId\": \"" + message + "\"")
                        .doesNotContain("203.0.113.9"));
    }

    @Test
    void whoComesBackAfterLeavingIsBackUntilTheNextPress() {
        press(token()).then().statusCode(200);
        record(givenNow(customer, advertisingDocument())).then().statusCode(201);
        Samples.decide("ADVERTISING", customer).then().body("decisions[0].allowed", equalTo(true));
        press(token()).then().statusCode(200);
        Samples.decide("ADVERTISING", customer).then().body("decisions[0].allowed", equalTo(false));
    }

    @Test
    void forgedBrokenAndForeignTokensGetAPageThatSaysWhatToDo() {
        String token = token();
        List<String> bad = List.of(
                token.substring(0, token.length() - 2),
                (token.startsWith("A") ? "B" : "A") + token.substring(1),
                "abc",
                "%20",
                links.sign("open", payload("marketing|EMAIL")),
                links.sign("unsubscribe", new byte[20]),
                links.sign("unsubscribe", payload("marketing")),
                links.sign("unsubscribe", payload("|EMAIL")),
                links.sign("unsubscribe", payload("marketing|PIGEON")));
        for (String forged : bad) {
            for (Response answer : List.of(anonymous().get("/u/{token}", forged), press(forged))) {
                answer.then()
                        .statusCode(404)
                        .contentType(startsWith("text/html"))
                        .header("Referrer-Policy", equalTo("no-referrer"))
                        .body(containsString("Ссылка не работает"));
            }
        }
        as(Roles.DPO).get("/api/v1/consent-states/{id}", customer).then().body("items", hasSize(0));
    }

    @Test
    void asksToTryAgainWhereTheLedgerCanNotBeWritten() {
        OwnerDatabase.run("alter table consent_chain rename to consent_chain_away");
        try {
            press(token())
                    .then()
                    .statusCode(503)
                    .contentType(startsWith("text/html"))
                    .header("Retry-After", equalTo("60"))
                    .body(containsString("Отписка ещё не сохранена"));
            anonymous().get("/u/{token}", token()).then().statusCode(200);
        } finally {
            OwnerDatabase.run("alter table consent_chain_away rename to consent_chain");
        }
        press(token()).then().statusCode(200);
    }

    @Test
    void thePageWorksWithoutScriptsAndLoadsNothing() {
        String page = anonymous()
                .get("/u/{token}", token())
                .then()
                .contentType(startsWith("text/html"))
                .header("Cache-Control", equalTo("no-store"))
                .header("Content-Security-Policy", startsWith("default-src 'none'"))
                .extract()
                .asString();
        assertThat(page)
                .contains(
                        "<form method=\"post\">", "name=\"List-Unsubscribe\" value=\"One-Click\"", "<html lang=\"ru\">")
                .doesNotContain("<script", "src=", "http://", "https://", "<link", "NOT_FOUND")
                .doesNotContain(customer.toString());
        assertThat(page.split("<button", -1)).as("one button").hasSize(2);
    }

    @Test
    void speaksRussianOrEnglishAsTheBrowserAsks() {
        anonymous()
                .header("Accept-Language", "en-GB,en;q=0.9,ru;q=0.2")
                .get("/u/{token}", token())
                .then()
                .header("Content-Language", equalTo("en"))
                .body(containsString("<html lang=\"en\">"))
                .body(containsString("Press the button and advertising e-mails stop at once"))
                .body(not(containsString("Отписаться")));
        assertThat(UnsubscribePages.locale("ru-RU,ru;q=0.9,en;q=0.8")).isEqualTo(Locale.of("ru"));
        assertThat(UnsubscribePages.locale("de,en;q=0.5")).isEqualTo(Locale.ENGLISH);
        assertThat(UnsubscribePages.locale("kk")).isEqualTo(Locale.of("ru"));
        assertThat(UnsubscribePages.locale("*")).isEqualTo(Locale.of("ru"));
        assertThat(UnsubscribePages.locale(";;;q=")).isEqualTo(Locale.of("ru"));
        assertThat(UnsubscribePages.locale(null)).isEqualTo(Locale.of("ru"));
    }

    @ParameterizedTest
    @EnumSource(Channel.class)
    void hasWordsForEveryChannelInBothLanguages(Channel channel) {
        String token = links.sign("unsubscribe", payload("marketing|" + channel));
        for (String language : List.of("ru", "en")) {
            anonymous()
                    .header("Accept-Language", language)
                    .get("/u/{token}", token)
                    .then()
                    .statusCode(200)
                    .body(not(containsString(channel + "]")))
                    .body(not(containsString("adverts_")));
        }
    }

    private String token() {
        return links.sign("unsubscribe", payload("marketing|EMAIL"));
    }

    private byte[] payload(String purposeAndChannel) {
        byte[] text = purposeAndChannel.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(32 + text.length)
                .putLong(message.getMostSignificantBits())
                .putLong(message.getLeastSignificantBits())
                .putLong(customer.getMostSignificantBits())
                .putLong(customer.getLeastSignificantBits())
                .put(text)
                .array();
    }

    private static Response press(String token) {
        return anonymous()
                .redirects()
                .follow(false)
                .contentType(FORM)
                .body(ONE_CLICK)
                .post("/u/{token}", token);
    }

    private ValidatableResponse state() {
        return as(Roles.DPO).get("/api/v1/consent-states/{id}", customer).then().statusCode(200);
    }

    private ValidatableResponse ledger() {
        return as(Roles.DPO)
                .get("/api/v1/consents?customerId=" + customer)
                .then()
                .statusCode(200);
    }
}
