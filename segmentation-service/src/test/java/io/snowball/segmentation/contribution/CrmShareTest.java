package io.snowball.segmentation.contribution;

import static io.snowball.segmentation.retail.OnlineRetail.answer;
import static io.snowball.segmentation.retail.OnlineRetail.csv;
import static io.snowball.segmentation.retail.OnlineRetail.decimal;
import static io.snowball.segmentation.retail.OnlineRetail.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.id.Ids;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.segmentation.TestClock;
import io.snowball.segmentation.fact.FactFixtures;
import io.snowball.segmentation.fact.FakeCustomerService;
import io.snowball.segmentation.retail.OnlineRetail;
import io.snowball.segmentation.retail.RetailBook;
import io.snowball.segmentation.retail.RetailBook.Buyer;
import io.snowball.segmentation.retail.RetailBook.Invoice;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Letters to every seventh customer of Online Retail and texts to every eleventh, in the middle of March. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
@DisplayName("B16, X11: the share of revenue that follows messages")
class CrmShareTest {
    private static final Instant LETTER = Instant.parse("2011-03-10T09:00:00Z");
    private static final Instant OPENED = LETTER.plus(Duration.ofHours(2));
    private static final Instant TEXT = Instant.parse("2011-03-12T09:00:00Z");
    private static final String MARCH = "from=2011-03-01&to=2011-03-31";
    private static boolean sent;

    @Inject
    FactFixtures facts;

    @Inject
    OnlineRetail retail;

    @Inject
    TestClock clock;

    @BeforeEach
    void messagesWereSentToTheShopsCustomers() {
        clock.set(TestClock.NOON);
        retail.load();
        if (!sent) {
            sent = true;
            send();
        }
    }

    private void send() {
        List<FeedEvent> news = new ArrayList<>();
        for (int i = 0; i < RetailBook.buyers().size(); i++) {
            UUID buyer = RetailBook.buyers().get(i).id();
            if (i % 7 == 0) {
                UUID letter = Ids.next();
                news.add(FactFixtures.message(letter, buyer, "EMAIL", "SENT", LETTER));
                if (i % 2 == 0) {
                    news.add(FactFixtures.message(letter, buyer, "EMAIL", "OPENED", OPENED));
                }
            }
            if (i % 11 == 0) {
                UUID text = Ids.next();
                news.add(FactFixtures.message(text, buyer, "SMS", "SENT", TEXT));
                news.add(FactFixtures.message(
                        text, buyer, "SMS", i % 3 == 0 ? "BOUNCED" : "CLICKED", TEXT.plusSeconds(60)));
            }
        }
        facts.applyMessages(news.toArray(FeedEvent[]::new));
    }

    @Test
    void countsOrdersWithinAWeekAfterAMessageWasOpened() {
        long revenue = 0;
        long letters = 0;
        long texts = 0;
        long textOrders = 0;
        for (int i = 0; i < RetailBook.buyers().size(); i++) {
            Buyer buyer = RetailBook.buyers().get(i);
            for (Invoice invoice : buyer.in("2011-03-01", "2011-03-31")) {
                revenue += invoice.pence();
                boolean text = i % 11 == 0 && i % 3 != 0 && follows(invoice, TEXT.plusSeconds(60));
                boolean letter = i % 14 == 0 && follows(invoice, OPENED);
                // The last touch counts: the text came later.
                if (text) {
                    texts += invoice.pence();
                    textOrders++;
                } else if (letter) {
                    letters += invoice.pence();
                }
            }
        }
        assertThat(letters).isPositive();
        assertThat(texts).isPositive();
        JsonPath report = report("crm-share?attributionDays=7&basis=OPENED&" + MARCH);
        money(report, "revenue", revenue);
        money(report, "crmRevenue", letters + texts);
        assertThat(decimal(report, "crmRevenuePercent").doubleValue())
                .isCloseTo(100.0 * (letters + texts) / revenue, within(0.0051));
        assertThat(decimal(report, "crmRevenuePercentBefore"))
                .as("nothing was sent in February")
                .isEqualByComparingTo("0");
        money(report, "channels.find { it.channel == 'EMAIL' }.revenue", letters);
        money(report, "channels.find { it.channel == 'SMS' }.revenue", texts);
        assertThat(report.getLong("channels.find { it.channel == 'SMS' }.orders"))
                .isEqualTo(textOrders);
        assertThat(report("crm-share?basis=CLICKED&compare=NONE&" + MARCH).getList("channels.revenue", Float.class))
                .as("no letter was clicked")
                .contains(0f);
    }

    private static boolean follows(Invoice invoice, Instant touch) {
        return !touch.isAfter(invoice.at()) && touch.isAfter(invoice.at().minus(Duration.ofDays(7)));
    }

    private static void money(JsonPath report, String path, long pence) {
        assertThat(decimal(report, path)).as(path).isEqualByComparingTo(BigDecimal.valueOf(pence, 2));
    }

    @Test
    @DisplayName("X11: of texts that the tariff delivers to 100 %, two thirds arrived")
    void measuresDeliverability() {
        int customers = RetailBook.buyers().size();
        JsonPath report = report("crm-share?" + MARCH);
        String sms = "channels.find { it.channel == 'SMS' }.";
        assertThat(report.getLong(sms + "delivered.of")).isEqualTo((customers + 10) / 11);
        assertThat(report.getLong(sms + "delivered.count")).isEqualTo((customers + 10) / 11 - (customers + 32) / 33);
        assertThat(report.getLong("channels.find { it.channel == 'EMAIL' }.opened.count"))
                .isEqualTo((customers + 13) / 14);
        assertThat(csv("crm-share.csv?" + MARCH)).contains("\r\nSMS,");
    }

    @Test
    void refusesPeriodsThatAreNone() {
        answer("crm-share?from=2011-03-01").statusCode(400).body("errors[0].pointer", equalTo("to"));
        answer("crm-share?attributionDays=0&" + MARCH).statusCode(400);
        assertThat(report("crm-share?from=1950-01-01&to=1950-01-31").<Object>get("crmRevenuePercent"))
                .isNull();
    }
}
