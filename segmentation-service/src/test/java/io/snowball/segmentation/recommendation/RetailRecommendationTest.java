package io.snowball.segmentation.recommendation;

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
import io.snowball.segmentation.retail.OnlineRetail;
import io.snowball.segmentation.retail.RetailBook;
import io.snowball.segmentation.retail.RetailBook.Buyer;
import io.snowball.segmentation.retail.RetailBook.Invoice;
import io.snowball.segmentation.retail.RetailBook.Item;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** On Online Retail: which products go together, how often they are bought again, and what follows for customers. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class RetailRecommendationTest {
    private static final Instant CLOSED = Instant.parse("2011-12-10T00:00:00Z");
    private static final int SUPPORT = 30;
    private static final Map<UUID, Set<String>> SKUS = invoices().stream()
            .collect(Collectors.toMap(
                    Invoice::id,
                    invoice -> invoice.items().stream().map(Item::sku).collect(Collectors.toSet())));
    private static final List<String> KNOWN = List.of("85123A", "22423", "22386", "20725");

    @Inject
    OnlineRetail retail;

    @Inject
    RecommendationModelSql model;

    @Inject
    Pool pool;

    @Inject
    TestClock clock;

    @BeforeEach
    void theShopHasJustClosed() {
        clock.set(CLOSED);
        retail.load();
        int next = one("select generation + 1 as n from recommendation_model");
        model.compute(pool, next, new RecommendationSettings(90, 7, 400, SUPPORT, List.of(), List.of()), CLOSED)
                .await()
                .indefinitely();
    }

    private int one(String sql) {
        return pool.query(sql)
                .execute()
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getInteger("n");
    }

    private static Set<String> skus(Invoice invoice) {
        return SKUS.getOrDefault(invoice.id(), Set.of());
    }

    private static List<Invoice> invoices() {
        return RetailBook.invoices("2010-12-01", "2011-12-09");
    }

    private static long baskets(String sku) {
        return invoices().stream().filter(i -> skus(i).contains(sku)).count();
    }

    /** Orders of two to fifty products that have both. */
    private static long together(String sku, String other) {
        return invoices().stream()
                .map(RetailRecommendationTest::skus)
                .filter(skus -> skus.size() <= 50 && skus.contains(sku) && skus.contains(other))
                .count();
    }

    @Test
    @DisplayName("H6: support, confidence and lift of the best ten partners of a product")
    void h06BoughtTogetherByHand() {
        int orders =
                one("select count(distinct order_id)::int as n from order_line_fact where ordered_at >= '2010-11-05'");
        for (String sku : KNOWN) {
            Map<String, Long> partners = new HashMap<>();
            invoices().stream()
                    .map(RetailRecommendationTest::skus)
                    .filter(skus -> skus.size() <= 50 && skus.contains(sku))
                    .forEach(skus -> skus.forEach(other -> partners.merge(other, 1L, Long::sum)));
            partners.remove(sku);
            List<Long> best = partners.values().stream()
                    .filter(n -> n >= SUPPORT)
                    .sorted((a, b) -> Long.compare(b, a))
                    .limit(10)
                    .toList();
            JsonPath told = get("product-relations?sku=" + sku);
            assertThat(told.getList("boughtTogether.orders", Long.class))
                    .as(sku)
                    .isEqualTo(best)
                    .isNotEmpty();
            for (int i = 0; i < best.size(); i++) {
                String path = "boughtTogether[" + i + "].";
                String other = told.getString(path + "sku");
                double confidence = together(sku, other) / (double) baskets(sku);
                assertThat(told.getLong(path + "orders")).isEqualTo(together(sku, other));
                assertThat(told.getDouble(path + "confidence")).isCloseTo(confidence, within(5.1e-5));
                assertThat(told.getDouble(path + "lift"))
                        .isCloseTo(confidence * orders / baskets(other), within(5.1e-5));
            }
        }
    }

    @Test
    @DisplayName("H6: how many buy a product again, and after how many days")
    void h06RhythmsByHand() {
        for (String sku : KNOWN) {
            long buyers = 0;
            List<Double> gaps = new ArrayList<>();
            long repeating = 0;
            for (Buyer buyer : RetailBook.buyers()) {
                List<Instant> times = times(buyer, sku);
                buyers += times.isEmpty() ? 0 : 1;
                repeating += times.size() > 1 ? 1 : 0;
                for (int i = 1; i < times.size(); i++) {
                    gaps.add(days(times.get(i - 1), times.get(i)));
                }
            }
            JsonPath told = get("product-relations?sku=" + sku);
            assertThat(told.getLong("rhythm.buyers")).as(sku).isEqualTo(buyers);
            assertThat(told.getLong("rhythm.repeatBuyers")).as(sku).isEqualTo(repeating);
            assertThat(told.getDouble("rhythm.measuredDays")).as(sku).isCloseTo(median(gaps), within(0.051));
        }
    }

    private static List<Instant> times(Buyer buyer, String sku) {
        return buyer.invoices().stream()
                .filter(i -> skus(i).contains(sku))
                .map(Invoice::at)
                .toList();
    }

    private static double days(Instant from, Instant to) {
        return Duration.between(from, to).toSeconds() / 86_400.0;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }

    @Test
    @DisplayName(
            "G4, H6: what customers are offered has the score counted by hand, and nothing that they have just bought")
    void g04OffersByHand() {
        int quiet = get("recommendation-settings").getInt("quietDays");
        int lead = get("recommendation-settings").getInt("leadDays");
        int offered = 0;
        for (int i = 0; i < RetailBook.buyers().size(); i += 217) {
            Buyer buyer = RetailBook.buyers().get(i);
            JsonPath told = get("recommendations/" + buyer.id() + "?products=5");
            for (int n = 0; n < told.getList("products").size(); n++) {
                String path = "products[" + n + "].";
                String sku = told.getString(path + "sku");
                List<Instant> bought = times(buyer, sku);
                boolean due = told.getString(path + "reason").equals("REPLENISHMENT");
                if (due) {
                    long buyers = RetailBook.buyers().stream()
                            .filter(b -> !times(b, sku).isEmpty())
                            .count();
                    long again = RetailBook.buyers().stream()
                            .filter(b -> times(b, sku).size() > 1)
                            .count();
                    assertThat(told.getDouble(path + "score")).isCloseTo(again / (double) buyers, within(5.1e-5));
                    assertThat(Instant.parse(told.getString(path + "dueAt")))
                            .isAfter(bought.getLast())
                            .isBefore(CLOSED.plus(Duration.ofDays(lead)).plusSeconds(1));
                } else {
                    String because = told.getString(path + "becauseOfSku");
                    assertThat(times(buyer, because)).isNotEmpty();
                    assertThat(told.getDouble(path + "score"))
                            .isCloseTo(together(because, sku) / (double) baskets(because), within(5.1e-5));
                    assertThat(bought.isEmpty() || days(bought.getLast(), CLOSED) >= quiet)
                            .as("%s of %s was bought lately", sku, buyer.number())
                            .isTrue();
                }
                offered++;
            }
            assertThat(told.getList("products.score", Double.class))
                    .isSortedAccordingTo((a, b) -> Double.compare(b, a));
        }
        assertThat(offered).isGreaterThan(30);
    }

    private static JsonPath get(String path) {
        return TestTokens.as(Roles.ANALYST)
                .get("/api/v1/" + path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath(JsonPathConfig.jsonPathConfig().numberReturnType(JsonPathConfig.NumberReturnType.DOUBLE));
    }
}
