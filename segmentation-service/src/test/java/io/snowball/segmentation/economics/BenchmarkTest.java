package io.snowball.segmentation.economics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.snowball.segmentation.TestClock;
import io.snowball.segmentation.fact.FactFixtures;
import io.snowball.segmentation.fact.FakeCustomerService;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
@DisplayName("E6, E7: quoted figures with their source, beside the company's own")
class BenchmarkTest {
    private static final Instant NOW = Instant.parse("2016-06-01T00:00:00Z");
    private static final String NEW = "benchmarks.find { it.name == 'EXISTING_TO_NEW_CONVERSION' }.";
    private static final String RETENTION = "benchmarks.find { it.name == 'RETENTION_TO_PROFIT' }.";

    @Inject
    FactFixtures facts;

    @Inject
    TestClock clock;

    @BeforeEach
    void inSummer() {
        clock.set(NOW);
    }

    @Test
    @DisplayName("E6: 25 to 95 % as quoted; the company's own by its own twelve months")
    void e06FivePointsOfRetention() {
        List<FeedEvent> events = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            UUID customer = customer(events, 400);
            order(events, customer, 300);
            for (int again = 0; again < i % 4; again++) {
                order(events, customer, 280 - 70 * again);
            }
        }
        facts.apply(events);
        JsonPath report = report();
        assertThat(report.getInt(RETENTION + "quotedFrom")).isEqualTo(25);
        assertThat(report.getInt(RETENTION + "quotedTo")).isEqualTo(95);
        assertThat(report.getString(RETENTION + "source")).contains("business school");

        JsonPath live = get("live-inputs?months=12&activeDays=90");
        double start = live.getDouble("inputs.clients");
        double inflow = live.getDouble("inputs.inflow");
        double kept = live.getDouble("inputs.keptShare");
        double churn = live.getDouble("inputs.churnShare");
        double before = clientMonths(start, inflow, kept, churn);
        double after = clientMonths(start, inflow, Math.min(1, kept + 0.05), Math.max(0, churn - 0.05));
        assertThat(before).isPositive();
        assertThat(report.getDouble(RETENTION + "own"))
                .isCloseTo(100 * (after / before - 1), within(0.006))
                .isPositive();
    }

    /** Bill and transactions cancel out. */
    private static double clientMonths(double start, double inflow, double kept, double churn) {
        double sum = 0;
        double clients = start;
        for (int month = 0; month < 12; month++) {
            sum += clients + inflow;
            clients += inflow * kept - clients * churn;
        }
        return sum;
    }

    @Test
    @DisplayName("E7: nine times as quoted; the company's own from who was known before the last 90 days")
    void e07ExistingAgainstNew() {
        JsonPath before = report();
        List<FeedEvent> events = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            UUID existing = customer(events, 300);
            order(events, existing, 91);
            UUID fresh = customer(events, 91);
            // Came after the window began: could not be converted for as long.
            UUID late = customer(events, 89);
            if (i < 20) {
                order(events, existing, 90);
                order(events, late, 1);
            }
            if (i < 4) {
                order(events, fresh, 5);
            }
        }
        facts.apply(events);
        JsonPath after = report();
        assertThat(after.getInt(NEW + "quotedFrom")).isEqualTo(9);
        assertThat(after.getString(NEW + "source")).contains("no source");
        assertThat(counted(after, 0, "of") - counted(before, 0, "of")).isEqualTo(40);
        assertThat(counted(after, 0, "count") - counted(before, 0, "count")).isEqualTo(20);
        assertThat(counted(after, 1, "of") - counted(before, 1, "of")).isEqualTo(40);
        assertThat(counted(after, 1, "count") - counted(before, 1, "count")).isEqualTo(4);
        double times = ((double) counted(after, 0, "count") / counted(after, 0, "of"))
                / ((double) counted(after, 1, "count") / counted(after, 1, "of"));
        assertThat(after.getDouble(NEW + "own")).isCloseTo(times, within(0.006));
    }

    private static long counted(JsonPath report, int who, String what) {
        return report.getLong(NEW + "counted[" + who + "]." + what);
    }

    private static UUID customer(List<FeedEvent> events, int daysAgo) {
        UUID id = Ids.next();
        events.add(FactFixtures.customer(id, NOW.minus(Duration.ofDays(daysAgo)), "benchmark"));
        return id;
    }

    private static void order(List<FeedEvent> events, UUID customer, int daysAgo) {
        events.add(FactFixtures.order(Ids.next(), customer, NOW.minus(Duration.ofDays(daysAgo)), "PAID", 100_00, 1));
    }

    private static JsonPath report() {
        return get("benchmarks");
    }

    private static JsonPath get(String what) {
        return TestTokens.as(Roles.ANALYST)
                .get("/api/v1/economics/" + what)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
