package io.snowball.campaign.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.snowball.campaign.FakeSiblings;
import io.snowball.campaign.Fixtures;
import io.snowball.campaign.MailSink;
import io.snowball.platform.db.Params;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.SignedLinks;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeSiblings.class)
@WithTestResource(MailSink.class)
class TrackingTest {
    private static final String PAGE = "https://shop.example/sale?a=1&utm_campaign=осень#top";

    @Inject
    MessageLinks links;

    @Inject
    SignedLinks signed;

    @Inject
    Pool pool;

    @Test
    void countsAnOpenAndAnnouncesTheFirst() {
        UUID message = message("SENT");
        assertThat(get(links.open(message)).contentType()).isEqualTo("image/gif");
        assertThat(get(links.open(message)).header("Cache-Control")).contains("no-store");
        Row row = row(message);
        assertThat(row.getInteger("opens")).isEqualTo(2);
        assertThat(row.getOffsetDateTime("first_opened_at")).isNotNull();
        assertThat(row.getOffsetDateTime("first_clicked_at")).isNull();
        assertThat(announced(message, "OPENED")).isEqualTo(1);
        assertThat(events(message)).isEqualTo(2);
    }

    @Test
    void countsAClickAndLeadsToThePageOfTheMail() {
        UUID message = message("SENT");
        Response click = get(links.click(message, PAGE));
        assertThat(click.statusCode()).isEqualTo(302);
        assertThat(click.header("Location"))
                .isEqualTo("https://shop.example/sale?a=1&utm_campaign=%D0%BE%D1%81%D0%B5%D0%BD%D1%8C#top");
        Row row = row(message);
        assertThat(row.getInteger("clicks")).isEqualTo(1);
        // Pictures may be off; who clicks has opened.
        assertThat(row.getOffsetDateTime("first_opened_at")).isNotNull();
        assertThat(announced(message, "CLICKED")).isEqualTo(1);
    }

    @Test
    void leadsToACyrillicAddress() {
        Response click = get(links.click(message("SENT"), "https://магазин.рф/скидка"));
        assertThat(click.statusCode()).isEqualTo(302);
        assertThat(click.header("Location"))
                .isEqualTo("https://xn--80aairftm.xn--p1ai/%D1%81%D0%BA%D0%B8%D0%B4%D0%BA%D0%B0");
    }

    @Test
    void doesNotTrackWhatIsNoAddress() {
        for (String page : Arrays.asList("https://shop..example/", "https://shop.example/\r\nX: y")) {
            assertThat(links.click(Ids.next(), page)).isEqualTo(page);
        }
    }

    @Test
    void provesThatAnUncertainMessageArrived() {
        UUID message = message("UNCERTAIN");
        get(links.open(message));
        assertThat(row(message).getString("state")).isEqualTo("SENT");
    }

    @Test
    void doesNotTakeAScannerForACustomer() {
        UUID message = message("SENT");
        String path = path(links.click(message, PAGE));
        TestTokens.anonymous().redirects().follow(false).head(path).then().statusCode(302);
        assertThat(row(message).getInteger("clicks")).isZero();
    }

    @Test
    void keepsOnlySoManyEventsOfABot() {
        UUID message = message("SENT");
        for (int i = 0; i < 25; i++) {
            get(links.open(message));
        }
        assertThat(row(message).getInteger("opens")).isEqualTo(25);
        assertThat(events(message)).isEqualTo(20);
    }

    @Test
    void leadsNowhereWithATokenThatWeDidNotMake() {
        UUID message = message("SENT");
        byte[] payload = ByteBuffer.allocate(16 + 20)
                .putLong(message.getMostSignificantBits())
                .putLong(message.getLeastSignificantBits())
                .put("https://evil.example".getBytes(StandardCharsets.US_ASCII))
                .array();
        String click = path(links.click(message, PAGE));
        for (String path : Arrays.asList(
                "/c/" + java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(payload),
                "/c/" + signed.sign("open", payload),
                "/c/" + path(links.open(message)).substring(3),
                click.substring(0, click.length() - 2) + "AA",
                "/c/x",
                "/o/x",
                "/o/" + click.substring(3),
                "/o/"
                        + path(links.unsubscribe(message, Ids.next(), "marketing", "EMAIL"))
                                .substring(3))) {
            TestTokens.anonymous()
                    .redirects()
                    .follow(false)
                    .get(path)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("type", equalTo("/problems/not-found"));
        }
        assertThat(row(message).getInteger("clicks")).isZero();
    }

    @Test
    void doesNotTrackAnAddressThatIsTooLong() {
        String page = "https://shop.example/" + "a".repeat(700);
        assertThat(links.click(Ids.next(), page)).isEqualTo(page);
    }

    @Test
    void makesAnUnsubscribeTokenAsConsentServiceReadsIt() {
        UUID message = Ids.next();
        UUID customer = Ids.next();
        String token =
                path(links.unsubscribe(message, customer, "marketing", "EMAIL")).substring(3);
        ByteBuffer payload = ByteBuffer.wrap(signed.verify("unsubscribe", token).orElseThrow());
        assertThat(new UUID(payload.getLong(), payload.getLong())).isEqualTo(message);
        assertThat(new UUID(payload.getLong(), payload.getLong())).isEqualTo(customer);
        assertThat(StandardCharsets.UTF_8.decode(payload).toString()).isEqualTo("marketing|EMAIL");
    }

    @Test
    void r10MakesAPreferenceTokenAsConsentServiceReadsIt() {
        UUID customer = Ids.next();
        String token = path(links.preferences(customer, "EMAIL")).substring(3);
        ByteBuffer payload = ByteBuffer.wrap(signed.verify("preferences", token).orElseThrow());
        assertThat(new UUID(payload.getLong(), payload.getLong())).isEqualTo(customer);
        assertThat(StandardCharsets.US_ASCII.decode(payload).toString()).isEqualTo("EMAIL");
    }

    private Response get(String link) {
        return TestTokens.anonymous().redirects().follow(false).get(path(link));
    }

    private static String path(String link) {
        return link.replace("http://localhost:8080", "");
    }

    private UUID message(String state) {
        UUID campaign = Fixtures.campaign(Ids.next(), "marketing", 0.1);
        UUID id = Ids.next();
        pool.preparedQuery("""
                        insert into message (id, campaign_id, customer_id, control, state, due_at)
                        values ($1, $2, $3, false, $4, now())""")
                .execute(Params.of(id, campaign, Ids.next(), state))
                .await()
                .indefinitely();
        return id;
    }

    private Row row(UUID message) {
        return pool.preparedQuery(
                        "select state, opens, clicks, first_opened_at, first_clicked_at from message where id = $1")
                .execute(Params.of(message))
                .await()
                .indefinitely()
                .iterator()
                .next();
    }

    private long events(UUID message) {
        return count("select count(*) from message_event where message_id = $1", Params.of(message));
    }

    private long announced(UUID message, String state) {
        return count(
                "select count(*) from feed_event where data ->> 'messageId' = $1 and data ->> 'state' = $2",
                Params.of(message.toString(), state));
    }

    private long count(String statement, io.vertx.mutiny.sqlclient.Tuple params) {
        return pool.preparedQuery(statement)
                .execute(params)
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }
}
