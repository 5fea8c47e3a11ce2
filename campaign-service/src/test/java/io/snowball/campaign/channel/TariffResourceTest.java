package io.snowball.campaign.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.snowball.campaign.FakeSiblings;
import io.snowball.campaign.MailSink;
import io.snowball.platform.money.Money;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** D1-D4, X8: prices are settings with dates. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeSiblings.class)
@WithTestResource(MailSink.class)
class TariffResourceTest {
    @Inject
    Tariffs tariffs;

    @Test
    void beginsWithTheLowestPricesOfTheMarket() {
        Instant now = Instant.parse("2026-11-21T12:00:00Z");
        assertThat(price(Channel.EMAIL, now)).isEqualTo(Money.parse("0.01"));
        assertThat(price(Channel.PUSH, now)).isEqualTo(Money.parse("0.10"));
        assertThat(price(Channel.SMS, now)).isEqualTo(Money.parse("1"));
        assertThat(price(Channel.CALL, now)).isEqualTo(Money.parse("45"));
    }

    @Test
    void holdsFromItsDayUntilTheNext() {
        create("SMS", "3.25", "2091-01-01T00:00:00Z").statusCode(201).header("Location", notNullValue());
        create("SMS", "3.50", "2092-01-01T00:00:00Z").statusCode(201);
        assertThat(price(Channel.SMS, Instant.parse("2090-12-31T23:59:59Z"))).isEqualTo(Money.parse("1"));
        assertThat(price(Channel.SMS, Instant.parse("2091-01-01T00:00:00Z"))).isEqualTo(Money.parse("3.25"));
        assertThat(price(Channel.SMS, Instant.parse("2092-06-01T00:00:00Z"))).isEqualTo(Money.parse("3.5"));
    }

    @Test
    void refusesToChangeWhatHasBegunOrIsTaken() {
        create("EMAIL", "0.05", "2020-01-01T00:00:00Z")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/validFrom"));
        create("EMAIL", "0.05", "+999999-01-01T00:00:00Z")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/validFrom"));
        create("PUSH", "0.05", "2093-01-01T00:00:00Z").statusCode(201);
        create("PUSH", "0.06", "2093-01-01T00:00:00Z")
                .statusCode(409)
                .body("type", equalTo("/problems/tariff-valid-from-taken"));
        create("EMAIL", "-1", "2093-01-01T00:00:00Z").statusCode(400);
        create("EMAIL", "0.001", "2093-01-01T00:00:00Z").statusCode(400);
        create("PIGEON", "1", "2093-01-01T00:00:00Z").statusCode(400);
        create("EMAIL", "1", "+1000000000-12-31T23:59:59Z").statusCode(400);
    }

    @Test
    void listsPageByPage() {
        String cursor = TestTokens.as(Roles.ANALYST)
                .queryParam("limit", 3)
                .get("/api/v1/tariffs")
                .then()
                .statusCode(200)
                .extract()
                .path("nextCursor");
        List<String> next = TestTokens.as(Roles.ANALYST)
                .queryParam("limit", 200)
                .queryParam("cursor", cursor)
                .get("/api/v1/tariffs")
                .then()
                .statusCode(200)
                .extract()
                .path("items.channel");
        assertThat(next).isNotEmpty();
        TestTokens.as(Roles.ANALYST)
                .queryParam("cursor", Cursor.encode(List.of("made-up", "made-up")))
                .get("/api/v1/tariffs")
                .then()
                .statusCode(400);
    }

    @Test
    void isSetByAdministratorsOnly() {
        TestTokens.as(Roles.MARKETER)
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/tariffs")
                .then()
                .statusCode(403);
        TestTokens.as(Roles.PARTNER).get("/api/v1/tariffs").then().statusCode(403);
        TestTokens.anonymous().get("/api/v1/tariffs").then().statusCode(401);
    }

    private Money price(Channel channel, Instant at) {
        return tariffs.priceAt(channel, at).await().indefinitely();
    }

    private static ValidatableResponse create(String channel, String price, String validFrom) {
        return TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body("{\"channel\":\"" + channel + "\",\"price\":" + price + ",\"validFrom\":\"" + validFrom + "\"}")
                .post("/api/v1/tariffs")
                .then();
    }
}
