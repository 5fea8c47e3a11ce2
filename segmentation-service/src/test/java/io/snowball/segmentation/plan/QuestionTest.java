package io.snowball.segmentation.plan;

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
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.segmentation.TestClock;
import io.snowball.segmentation.fact.FakeCustomerService;
import io.snowball.segmentation.retail.OnlineRetail;
import io.snowball.segmentation.retail.RetailBook;
import io.snowball.segmentation.retail.RetailBook.Buyer;
import io.snowball.segmentation.retail.RetailBook.Invoice;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
@DisplayName("A8: the eight questions, answered from Online Retail")
class QuestionTest {
    private static final String FROM = "2011-09-01";
    private static final String TO = "2011-11-30";
    private static final String AUTUMN = "from=" + FROM + "&to=" + TO;
    private static final double DAY = 86_400;

    @Inject
    OnlineRetail retail;

    @Inject
    TestClock clock;

    @BeforeEach
    void theShopIsThere() {
        clock.set(TestClock.NOON);
        retail.load();
    }

    @Test
    void answersWhoBuysAndReturns() {
        List<Buyer> payers = RetailBook.buyers().stream()
                .filter(b -> !b.in(FROM, TO).isEmpty())
                .toList();
        long returning = payers.stream().filter(b -> b.first().before(FROM)).count();
        JsonPath report = report("questions?" + AUTUMN);
        assertThat(report.getList("questions")).hasSize(8);
        figure(report, "payers", 2851);
        assertThat(decimal(report, "questions[0].answers.find { it.name == 'payers' }.before"))
                .as("in summer")
                .isEqualByComparingTo("1948");
        figure(report, "returningPercent", 100.0 * returning / payers.size());
        List<List<Instant>> all = customers();
        long oneTime = all.stream().filter(times -> times.size() == 1).count();
        long buyers = all.stream().filter(times -> !times.isEmpty()).count();
        figure(report, "oneTimePercent", 100.0 * oneTime / buyers);
        figure(report, "oneTime", (double) oneTime);
        figure(report, "known", all.size());
        figure(report, "neverBought", (double) (all.size() - buyers));
        assertThat(csv("questions.csv?" + AUTUMN))
                .contains("\r\nWHO_BUYS_AND_RETURNS,Кто покупает и кто возвращается,payers,2851,1948,");
    }

    @Test
    void answersHowLongLivesAndIntervalsAre() {
        List<List<Instant>> all =
                customers().stream().filter(times -> !times.isEmpty()).toList();
        Instant client = Instant.parse("2011-09-02T00:00:00Z");
        JsonPath report = report("questions?" + AUTUMN);
        figure(
                report,
                "lifetimeDays",
                all.stream()
                        .filter(times -> times.getLast().isBefore(client))
                        .mapToDouble(times -> span(times) / DAY)
                        .average()
                        .orElseThrow());
        figure(
                report,
                "intervalDays",
                all.stream()
                        .filter(times -> times.size() > 1)
                        .mapToDouble(times -> span(times) / DAY / (times.size() - 1))
                        .average()
                        .orElseThrow());
        figure(
                report,
                "clientPercent",
                100.0 * all.stream().filter(t -> !t.getLast().isBefore(client)).count() / all.size());
        figure(report, "daysToFirstOrder", 0);
        figure(report, "returnedPercent", 0);
        // The shop sent nothing in autumn, as far as the book knows.
        figure(report, "campaigns", 0);
        figure(report, "channels", 0);
        figure(report, "messagesPerReachable", 0);
        assertThat(report.<Object>get("questions.answers.flatten().find { it.name == 'openedPercent' }.value"))
                .isNull();
    }

    @Test
    void answersHowSoonTheSameProductIsBoughtAgain() {
        List<Double> gaps = new ArrayList<>();
        for (Buyer buyer : RetailBook.buyers()) {
            Map<String, Invoice> last = new HashMap<>();
            for (Invoice invoice : buyer.invoices()) {
                invoice.items().forEach(item -> {
                    Invoice before = last.put(item.sku(), invoice);
                    if (before != null && before.at().isBefore(invoice.at()) && invoice.in(FROM, TO)) {
                        gaps.add(Duration.between(before.at(), invoice.at()).toSeconds() / DAY);
                    }
                });
            }
        }
        gaps.sort(null);
        double median = (gaps.get((gaps.size() - 1) / 2) + gaps.get(gaps.size() / 2)) / 2;
        figure(report("questions?" + AUTUMN), "daysToSameProduct", median);
    }

    /** All that are known by the end, each with the times of their orders. */
    private List<List<Instant>> customers() {
        List<List<Instant>> times = new ArrayList<>();
        RetailBook.buyers().stream()
                .map(b -> b.until(TO).stream().map(Invoice::at).toList())
                .filter(b -> !b.isEmpty())
                .forEach(times::add);
        retail.strangers(TO)
                .forEach(orders ->
                        times.add(orders.stream().map(OnlineRetail.Order::at).toList()));
        return times;
    }

    private static long span(List<Instant> times) {
        return Duration.between(times.getFirst(), times.getLast()).toSeconds();
    }

    private static void figure(JsonPath report, String name, double expected) {
        assertThat(decimal(report, "questions.answers.flatten().find { it.name == '" + name + "' }.value")
                        .doubleValue())
                .as(name)
                .isCloseTo(expected, within(0.0051));
    }

    @Test
    void saysWhatTheBaseCanNotTell() {
        answer("questions?compare=NONE&from=1950-01-01&to=1950-01-31")
                .statusCode(200)
                .body("questions.find { it.question == 'WHAT_HINDERS' }.notKnown.length() > 20", equalTo(true))
                .body("questions[0].answers[1].value", equalTo(null));
        answer("questions?from=2011-01-02&to=2011-01-01").statusCode(400).body("errors[0].pointer", equalTo("to"));
    }
}
