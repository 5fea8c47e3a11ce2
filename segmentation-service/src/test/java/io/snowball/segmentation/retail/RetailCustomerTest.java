package io.snowball.segmentation.retail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.snowball.segmentation.TestClock;
import io.snowball.segmentation.fact.FakeCustomerService;
import io.snowball.segmentation.retail.RetailBook.Buyer;
import io.snowball.segmentation.retail.RetailBook.Invoice;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is kept of single customers of Online Retail, and the groups they fall into. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class RetailCustomerTest {
    private static final Instant CLOSED = Instant.parse("2011-12-10T00:00:00Z");
    private static final int GROUPS = 5;

    @Inject
    OnlineRetail retail;

    @Inject
    TestClock clock;

    @BeforeEach
    void theShopHasJustClosed() {
        clock.set(CLOSED);
        retail.load();
    }

    @Test
    @DisplayName("M2, M5, M6, M7: the metrics of every fortieth customer")
    void m07MetricsOfCustomersByHand() {
        int atRisk = get("rfm-settings").getInt("atRiskDays");
        for (int i = 0; i < RetailBook.buyers().size(); i += 40) {
            Buyer buyer = RetailBook.buyers().get(i);
            List<Invoice> invoices = buyer.invoices();
            JsonPath metrics = get("customer-metrics/" + buyer.id());
            long pence = RetailBook.pence(invoices);
            int orders = invoices.size();
            Instant first = invoices.getFirst().at();
            Instant last = invoices.getLast().at();
            assertThat(metrics.getInt("orders")).as(buyer.number()).isEqualTo(orders);
            assertThat(new BigDecimal(metrics.getString("revenue"))).isEqualByComparingTo(BigDecimal.valueOf(pence, 2));
            assertThat(new BigDecimal(metrics.getString("realisedCltv")))
                    .isEqualByComparingTo(BigDecimal.valueOf(pence, 2));
            assertThat(metrics.getDouble("averageBill")).isCloseTo(pence / 100.0 / orders, within(0.0051));
            assertThat(metrics.getString("firstOrderAt")).isEqualTo(first.toString());
            assertThat(metrics.getString("lastOrderAt")).isEqualTo(last.toString());
            long idle = Duration.between(last, CLOSED).toDays();
            assertThat(metrics.getLong("daysSinceLastOrder")).isEqualTo(idle);
            assertThat(metrics.getLong("lifetimeDays"))
                    .isEqualTo(Duration.between(first, idle > atRisk ? last : CLOSED)
                            .toDays());
            if (orders > 1) {
                assertThat(metrics.getDouble("averageIntervalDays"))
                        .isCloseTo(Duration.between(first, last).toSeconds() / 86_400.0 / (orders - 1), within(0.051));
            } else {
                assertThat(metrics.<Object>get("averageIntervalDays")).isNull();
            }
            assertThat(metrics.getInt("favouriteHour")).isEqualTo(favouriteHour(invoices));
            assertThat(metrics.getInt("returns")).isZero();
            assertThat(metrics.getInt("engagement.clicked")).isLessThanOrEqualTo(1);
        }
    }

    /** By the clock of Moscow, for nothing is known of their own; the earliest of equals. */
    private static int favouriteHour(List<Invoice> invoices) {
        Map<Integer, Integer> hours = new TreeMap<>();
        invoices.forEach(
                i -> hours.merge(i.at().atZone(ZoneId.of("Europe/Moscow")).getHour(), 1, Integer::sum));
        int most = hours.values().stream().mapToInt(n -> n).max().orElse(0);
        return hours.entrySet().stream()
                .filter(hour -> hour.getValue() == most)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    /** The report's groups are nobody's to name; but no grouping that is found here by itself may be better. */
    @Test
    @DisplayName("G6: the clusters hold everybody once, and explain as much as the best grouping found by hand")
    void g06ClustersOfTheShop() {
        JsonPath report = get("clusters?groups=" + GROUPS + "&source=online-retail");
        long pence = RetailBook.buyers().stream()
                .mapToLong(b -> RetailBook.pence(b.invoices()))
                .sum();
        assertThat(report.getLong("buyers")).isEqualTo(4338);
        assertThat(report.getLong("grouped")).isEqualTo(4338);
        assertThat(report.getList("clusters.customers", Integer.class).stream()
                        .mapToInt(n -> n)
                        .sum())
                .isEqualTo(4338);
        assertThat(report.getList("clusters.revenue", BigDecimal.class).stream()
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(BigDecimal.valueOf(pence, 2));
        double[][] points = scaled();
        double all = Arrays.stream(points)
                .flatMapToDouble(Arrays::stream)
                .map(x -> x * x)
                .sum();
        double best = IntStream.range(0, 20)
                .mapToDouble(seed -> 1 - scatter(points, new Random(seed)) / all)
                .max()
                .orElseThrow();
        assertThat(report.getDouble("explainedShare")).isBetween(best - 0.015, best + 0.015);
        for (int i = 0; i < GROUPS; i++) {
            String cluster = "clusters[" + i + "].";
            assertThat(report.getDouble(cluster + "customersPercent"))
                    .isCloseTo(100 * report.getDouble(cluster + "customers") / 4338, within(0.0051));
            assertThat(report.getDouble(cluster + "revenuePercent"))
                    .isCloseTo(10_000 * report.getDouble(cluster + "revenue") / pence, within(0.0051));
        }
    }

    /** Logarithms of days, orders and bill, each with mean 0 and variance 1. */
    private static double[][] scaled() {
        double[][] points = RetailBook.buyers().stream()
                .map(b -> new double[] {
                    Math.log1p((double) Duration.between(b.invoices().getLast().at(), CLOSED)
                            .toDays()),
                    Math.log(b.invoices().size()),
                    Math.log1p((double) Math.round((double) RetailBook.pence(b.invoices())
                            / b.invoices().size()))
                })
                .toArray(double[][]::new);
        for (int d = 0; d < 3; d++) {
            int feature = d;
            double mean =
                    Arrays.stream(points).mapToDouble(p -> p[feature]).average().orElseThrow();
            double spread = Math.sqrt(Arrays.stream(points)
                    .mapToDouble(p -> (p[feature] - mean) * (p[feature] - mean))
                    .average()
                    .orElseThrow());
            Arrays.stream(points).forEach(p -> p[feature] = (p[feature] - mean) / spread);
        }
        return points;
    }

    /** Lloyd's two steps from centres drawn by lot, until nothing moves. */
    private static double scatter(double[][] points, Random random) {
        double[][] centres = random.ints(0, points.length)
                .distinct()
                .limit(GROUPS)
                .mapToObj(i -> points[i].clone())
                .toArray(double[][]::new);
        double before = Double.MAX_VALUE;
        while (true) {
            double[][] sums = new double[GROUPS][4];
            double scatter = 0;
            for (double[] point : points) {
                double[] away = Arrays.stream(centres)
                        .mapToDouble(c -> Math.pow(c[0] - point[0], 2)
                                + Math.pow(c[1] - point[1], 2)
                                + Math.pow(c[2] - point[2], 2))
                        .toArray();
                int nearest = IntStream.range(0, GROUPS)
                        .reduce((a, b) -> away[b] < away[a] ? b : a)
                        .orElseThrow();
                scatter += away[nearest];
                sums[nearest][3]++;
                IntStream.range(0, 3).forEach(d -> sums[nearest][d] += point[d]);
            }
            if (before - scatter < 1e-9) {
                return scatter;
            }
            before = scatter;
            for (int g = 0; g < GROUPS; g++) {
                for (int d = 0; d < 3 && sums[g][3] > 0; d++) {
                    centres[g][d] = sums[g][d] / sums[g][3];
                }
            }
        }
    }

    private static JsonPath get(String path) {
        return TestTokens.as(Roles.ANALYST)
                .get("/api/v1/" + path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath(
                        JsonPathConfig.jsonPathConfig().numberReturnType(JsonPathConfig.NumberReturnType.BIG_DECIMAL));
    }
}
