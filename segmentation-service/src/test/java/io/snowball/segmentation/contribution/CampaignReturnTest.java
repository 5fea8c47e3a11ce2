package io.snowball.segmentation.contribution;

import static io.restassured.RestAssured.given;
import static io.snowball.segmentation.retail.OnlineRetail.answer;
import static io.snowball.segmentation.retail.OnlineRetail.csv;
import static io.snowball.segmentation.retail.OnlineRetail.decimal;
import static io.snowball.segmentation.retail.OnlineRetail.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.snowball.platform.id.Ids;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.segmentation.TestClock;
import io.snowball.segmentation.fact.FactFixtures;
import io.snowball.segmentation.fact.FakeCustomerService;
import io.snowball.segmentation.retail.OnlineRetail;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Campaigns of May 2011 as campaign-service would tell them, against the revenue of Online Retail. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
@DisplayName("M13, H8, B15: what campaigns brought after their cost")
class CampaignReturnTest {
    private static final String MAY = "from=2011-05-01&to=2011-05-31";
    private static final UUID GOOD = Ids.next();
    private static final UUID BAD = Ids.next();
    private static final UUID BLIND = Ids.next();
    private static final UUID APRIL = Ids.next();

    @Inject
    @ConfigProperty(name = "snowball.peers.campaign")
    String sibling;

    @Inject
    FactFixtures facts;

    @Inject
    OnlineRetail retail;

    @Inject
    TestClock clock;

    @BeforeEach
    void campaignServiceTellsOfFourCampaigns() {
        clock.set(TestClock.NOON);
        retail.load();
        String campaign = """
                {"id": "%s", "name": "%s", "channel": "EMAIL", "state": "COMPLETED", "launchedAt": "%s", "ofTomorrow": 1}""";
        tell("", """
                {"items": [%s, %s, %s, {"id": "%s", "name": "Draft", "channel": "EMAIL"}, %s]}""".formatted(
                        campaign.formatted(GOOD, "=Good", "2011-05-03T10:00:00Z"),
                        campaign.formatted(BAD, "Bad", "2011-05-31T23:59:59Z"),
                        campaign.formatted(BLIND, "Blind", "2011-05-04T10:00:00Z"),
                        Ids.next(),
                        campaign.formatted(APRIL, "Spring", "2011-04-30T23:59:59Z")));
        tell("/" + GOOD, campaign.formatted(GOOD, "=Good", "2011-05-03T10:00:00Z"));
        reports(GOOD, """
                {"cost": 100.00, "incrementalRevenue": 5000.00, "incrementalRevenueLow": 2000.00,
                 "incrementalRevenueHigh": 8000.00, "verdict": "RAISED"}""");
        reports(BAD, """
                {"cost": 900.00, "incrementalRevenue": -3000.00, "incrementalRevenueLow": -7000.00,
                 "incrementalRevenueHigh": 1000.00}""");
        reports(BLIND, "{\"cost\": 50.00}");
        reports(APRIL, """
                {"cost": 10.00, "incrementalRevenue": 1000.00, "incrementalRevenueLow": 500.00,
                 "incrementalRevenueHigh": 1500.00}""");
    }

    private void reports(UUID campaign, String body) {
        tell("/" + campaign + "/report", body);
    }

    private void tell(String path, String body) {
        given().baseUri(sibling)
                .noFilters()
                .body(body)
                .put("/answers/api/v1/campaigns" + path)
                .then()
                .statusCode(204);
    }

    /** 5,000 x 0.4 - 100 = 1,900, which is 19 times the cost; at the least 2,000 x 0.4 - 100 = 700. */
    @Test
    @DisplayName("M13: profit against cost, with its interval and the warning of what it hides")
    void countsTheReturnOfACampaign() {
        UUID silent = facts.customer();
        facts.applyMessages(
                FactFixtures.message(Ids.next(), silent, "EMAIL", "SENT", Instant.parse("2011-05-03T11:00:00Z")));
        JsonPath report = report("campaign-returns/" + GOOD + "?margin=0.4");
        assertThat(decimal(report, "campaign.profit")).isEqualByComparingTo("1900");
        assertThat(decimal(report, "campaign.profitLow")).isEqualByComparingTo("700");
        assertThat(decimal(report, "campaign.profitHigh")).isEqualByComparingTo("3100");
        assertThat(decimal(report, "campaign.roiPercent")).isEqualByComparingTo("1900");
        assertThat(report.getString("campaign.paysBack")).isEqualTo("YES");
        assertThat(report.getString("warning")).startsWith("ROI does not show how the base wears out");
        assertThat(report.getString("formula")).contains("cost");
    }

    /** 5,000 - 3,000 = 2,000; half widths 3,000 and 4,000 make 5,000. Revenue of May: 678,594.56. */
    @Test
    @DisplayName("B15: incremental revenue as the headline, with its interval")
    void addsUpTheCampaignsOfAPeriod() {
        JsonPath report = report("campaign-returns?margin=0.5&" + MAY);
        assertThat(report.getList("campaigns.name", String.class)).containsExactly("Bad", "Blind", "=Good");
        assertThat(decimal(report, "total.incrementalRevenue")).isEqualByComparingTo("2000");
        assertThat(decimal(report, "total.incrementalRevenueLow")).isEqualByComparingTo("-3000");
        assertThat(decimal(report, "total.incrementalRevenueHigh")).isEqualByComparingTo("7000");
        assertThat(decimal(report, "total.revenue")).isEqualByComparingTo("678594.56");
        assertThat(decimal(report, "total.incrementalPercent")).isEqualByComparingTo("0.29");
        assertThat(decimal(report, "total.cost")).isEqualByComparingTo("1050");
        assertThat(decimal(report, "total.profit")).isEqualByComparingTo("-50");
        assertThat(decimal(report, "total.roiPercent")).isEqualByComparingTo("-4.76");
        assertThat(report.getInt("total.withoutControlGroup")).isEqualTo(1);
        assertThat(decimal(report, "totalBefore.incrementalRevenue")).isEqualByComparingTo("1000");
        assertThat(report.getString("campaigns[0].paysBack"))
                .as("at best 1,000 x 0.5 - 900")
                .isEqualTo("NO");
        assertThat(report.getString("campaigns[1].paysBack")).isEqualTo("NO_CONTROL_GROUP");
        assertThat(csv("campaign-returns.csv?" + MAY))
                .as("a name that a spreadsheet would take for a formula")
                .contains(GOOD + ",'=Good,EMAIL,2011-05-03T10:00:00Z,100.00,5000.00,");
    }

    @Test
    @DisplayName("A10: communications that do not pay back are counted")
    void countsCampaignsThatDoNotPayBackForSure() {
        JsonPath all = report("campaign-returns?compare=NONE&" + MAY);
        assertThat(all.getString("campaigns[0].paysBack"))
                .as("with all of the revenue as profit at best 100")
                .isEqualTo("NOT_SHOWN");
        assertThat(all.getInt("total.notPayingBack")).isZero();
        assertThat(all.<Object>get("totalBefore")).isNull();
        JsonPath half = report("campaign-returns?margin=0.5&" + MAY);
        assertThat(half.getInt("total.notPayingBack")).isEqualTo(1);
    }

    @Test
    void saysWhenItsSiblingDoesNotAnswer() {
        reports(BLIND, "");
        answer("campaign-returns?" + MAY)
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("detail", containsString("campaign-service"));
        answer("campaign-returns/" + Ids.next()).statusCode(404);
        answer("campaign-returns?from=2011-05-02&to=2011-05-01")
                .statusCode(400)
                .body("errors[0].pointer", equalTo("to"));
        answer("campaign-returns?margin=1.5&" + MAY).statusCode(400);
    }
}
