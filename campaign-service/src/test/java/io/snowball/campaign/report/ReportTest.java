package io.snowball.campaign.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.snowball.campaign.FakeSiblings;
import io.snowball.campaign.Fixtures;
import io.snowball.campaign.MailSink;
import io.snowball.platform.db.Params;
import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a campaign brought (M13), from messages that ended and feeds that came. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeSiblings.class)
@WithTestResource(MailSink.class)
class ReportTest {
    private static final Instant DECIDED = Instant.parse("2027-03-08T07:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    Pool pool;

    @Inject
    OrderCopies orders;

    @Inject
    Unsubscribes consents;

    private UUID campaign = Ids.next();
    private final List<UUID> treated = new ArrayList<>();
    private final List<UUID> control = new ArrayList<>();

    @Test
    void countsWhereEachMessageEndedAndTheSumIsTheSegment() {
        campaign = Fixtures.campaign(Ids.next(), "marketing", 0.1);
        message("SENT", null, 5);
        message("HELD_OUT", null, 2);
        message("SUPPRESSED", "NO_CONSENT", 3);
        message("SUPPRESSED", "WITHDRAWN", 1);
        message("FAILED", "SMTP 550 5.1.1", 2);
        message("UNCERTAIN", "NO_ANSWER", 1);
        message("DUE", null, 4);
        JsonPath report = Fixtures.report(campaign);
        assertThat(report.getLong("planned")).isEqualTo(18);
        assertThat(report.getLong("waiting")).isEqualTo(4);
        assertThat(report.getLong("control")).isEqualTo(2);
        assertThat(report.getLong("suppressed")).isEqualTo(4);
        assertThat(report.getString("suppressedByReason[0].reason")).isEqualTo("NO_CONSENT");
        assertThat(report.getLong("suppressedByReason[0].customers")).isEqualTo(3);
        assertThat(report.getLong("sent")).isEqualTo(5);
        assertThat(report.getLong("delivered")).isEqualTo(5);
        assertThat(report.getLong("failed")).isEqualTo(2);
        assertThat(report.getLong("uncertain")).isEqualTo(1);
        assertThat(report.getDouble("cost")).isCloseTo(0.05, within(1e-9));
        assertThat(report.getString("verdict")).isEqualTo("TOO_SMALL");
    }

    @Test
    void comparesWhatBothGroupsBoughtWithinTheirDays() {
        campaign = Fixtures.campaign(Ids.next(), "marketing", 0.1);
        message("SENT", null, 180);
        message("UNCERTAIN", "NO_ANSWER", 20);
        message("HELD_OUT", null, 100);
        List<FeedEvent> bought = new ArrayList<>();
        treated.subList(0, 40).forEach(customer -> bought.add(order(customer, Duration.ofDays(1), "PAID", 100_000)));
        control.subList(0, 10).forEach(customer -> bought.add(order(customer, Duration.ofDays(6), "CREATED", 80_000)));
        // None of these counts: before, after the days, cancelled, returned, and a stranger's.
        bought.add(order(treated.getLast(), Duration.ofSeconds(-1), "PAID", 999));
        bought.add(order(treated.getLast(), Duration.ofDays(7), "PAID", 999));
        bought.add(order(treated.getLast(), Duration.ofDays(1), "CANCELLED", 999));
        bought.add(order(treated.getLast(), Duration.ofDays(1), "RETURNED", 999));
        bought.add(order(Ids.next(), Duration.ofDays(1), "PAID", 999));
        apply(bought);
        // The same events again, as after a consumer's crash, change nothing.
        apply(bought);

        JsonPath report = Fixtures.report(campaign);
        assertThat(report.getLong("treated.customers")).isEqualTo(200);
        assertThat(report.getLong("treated.buyers")).isEqualTo(40);
        assertThat(report.getDouble("treated.revenue")).isEqualTo(40_000);
        assertThat(report.getLong("controlGroup.buyers")).isEqualTo(10);
        assertThat(report.getDouble("controlGroup.revenuePerCustomer")).isEqualTo(80);
        assertThat(report.getDouble("conversionUplift.absolute")).isCloseTo(0.1, within(1e-6));
        assertThat(report.getDouble("conversionUplift.relative")).isCloseTo(1.0, within(1e-6));
        assertThat(report.getString("conversionUplift.method")).contains("Newcombe");
        assertThat(report.getString("revenueUplift.method")).contains("Welch");
        assertThat(report.getDouble("revenueUplift.absolute")).isCloseTo(120, within(1e-4));
        assertThat(report.getDouble("incrementalRevenue")).isCloseTo(24_000, within(0.01));
        assertThat(report.getString("verdict")).isEqualTo("RAISED");
        assertThat(report.getString("attributionEndsAt")).isEqualTo("2027-03-15T07:00:00Z");
        // M13: 24,000 brought for 1.80.
        assertThat(report.getDouble("roi")).isCloseTo((24_000 - 1.8) / 1.8, within(1.0));
        double atMargin = TestTokens.as(Roles.ANALYST)
                .queryParam("margin", "0.3")
                .get("/api/v1/campaigns/" + campaign + "/report")
                .jsonPath()
                .getDouble("roi");
        assertThat(atMargin).isCloseTo((7_200 - 1.8) / 1.8, within(1.0));
    }

    @Test
    void takesBackAnOrderThatIsReturnedLaterAndIgnoresWhatIsOlder() {
        campaign = Fixtures.campaign(Ids.next(), "marketing", 0.1);
        message("SENT", null, 1);
        FeedEvent paid = order(treated.getFirst(), Duration.ofDays(1), "PAID", 5_000);
        apply(List.of(paid));
        assertThat(Fixtures.report(campaign).getDouble("treated.revenue")).isEqualTo(50);
        apply(List.of(changed(paid, "RETURNED", 2), paid));
        assertThat(Fixtures.report(campaign).getLong("treated.orders")).isZero();
    }

    @Test
    void countsWhoUnsubscribedByItsMessages() {
        campaign = Fixtures.campaign(Ids.next(), "marketing", 0.1);
        UUID sent = message("SENT", null, 3);
        UUID uncertain = message("UNCERTAIN", "NO_ANSWER", 1);
        List<FeedEvent> withdrawals = List.of(
                withdrawal(sent, "WITHDRAWN"),
                withdrawal(sent, "WITHDRAWN"),
                withdrawal(uncertain, "WITHDRAWN"),
                withdrawal(Ids.next(), "WITHDRAWN"),
                withdrawal(null, "WITHDRAWN"),
                withdrawal(sent, "GIVEN"));
        pool.withTransaction(tx -> consents.apply(tx, withdrawals)).await().indefinitely();
        JsonPath report = Fixtures.report(campaign);
        assertThat(report.getLong("unsubscribed")).isEqualTo(2);
        // Who unsubscribed by a message has got it.
        assertThat(report.getLong("uncertain")).isZero();
        assertThat(report.getLong("sent")).isEqualTo(4);
    }

    @Test
    void isAProblemForACampaignThatDoesNotExist() {
        TestTokens.as(Roles.ANALYST)
                .get("/api/v1/campaigns/" + Ids.next() + "/report")
                .then()
                .statusCode(404);
        TestTokens.as(Roles.SALES)
                .get("/api/v1/campaigns/" + Ids.next() + "/report")
                .then()
                .statusCode(403);
    }

    /** @return the last message */
    private UUID message(String state, @Nullable String reason, int number) {
        UUID id = Ids.next();
        for (int i = 0; i < number; i++) {
            id = Ids.next();
            UUID customer = Ids.next();
            (state.equals("HELD_OUT") ? control : treated).add(customer);
            OffsetDateTime decided = OffsetDateTime.ofInstant(DECIDED, ZoneOffset.UTC);
            pool.preparedQuery("""
                            insert into message (id, campaign_id, customer_id, control, state, reason, due_at, decided_at, handed_at)
                            values ($1, $2, $3, $4, $5, $6, $7, $7, $7)""")
                    .execute(Params.of(id, campaign, customer, state.equals("HELD_OUT"), state, reason, decided))
                    .await()
                    .indefinitely();
        }
        return id;
    }

    private void apply(List<FeedEvent> events) {
        pool.withTransaction(tx -> orders.apply(tx, events)).await().indefinitely();
    }

    private static FeedEvent order(UUID customer, Duration after, String status, long amount) {
        JsonNode data = JSON.createObjectNode()
                .put("orderId", Ids.next().toString())
                .put("customerId", customer.toString())
                .put("orderedAt", DECIDED.plus(after).toString())
                .put("status", status)
                .put("amount", amount)
                .put("version", 1);
        return new FeedEvent("1-1", "order.changed", customer, DECIDED, data);
    }

    private static FeedEvent changed(FeedEvent order, String status, long version) {
        JsonNode data = ((com.fasterxml.jackson.databind.node.ObjectNode)
                        order.data().deepCopy())
                .put("status", status)
                .put("version", version);
        return new FeedEvent("1-2", "order.changed", order.subject(), DECIDED, data);
    }

    private static FeedEvent withdrawal(@Nullable UUID message, String state) {
        var data = JSON.createObjectNode()
                .put("customerId", Ids.next().toString())
                .put("recordId", Ids.next().toString())
                .put("purpose", "marketing")
                .put("channel", "EMAIL")
                .put("state", state)
                .put("at", DECIDED.toString());
        if (message != null) {
            data.put("messageId", message.toString());
        }
        return new FeedEvent("1-1", "consent.changed", Ids.next(), DECIDED, data);
    }
}
