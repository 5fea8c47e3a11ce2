package io.snowball.segmentation.growth;

import static io.snowball.segmentation.retail.OnlineRetail.answer;
import static io.snowball.segmentation.retail.OnlineRetail.csv;
import static io.snowball.segmentation.retail.OnlineRetail.decimal;
import static io.snowball.segmentation.retail.OnlineRetail.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import io.snowball.segmentation.retail.RetailBook.Item;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
@DisplayName("B6, G9, G11: where growth comes from, on Online Retail")
class GrowthReportTest {
    private static final String AUTUMN = "from=2011-09-01&to=2011-11-30";

    @Inject
    FactFixtures facts;

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
    @DisplayName("G11: more, oftener, longer, dearer add up to the change of revenue, to the penny")
    void splitsTheChangeOfRevenue() {
        JsonPath report = report("growth-levers?" + AUTUMN);
        assertThat(report.getString("about.comparedFrom")).isEqualTo("2011-06-01");
        assertThat(decimal(report, "revenue")).as("by a script, too").isEqualByComparingTo("3153974.55");
        assertThat(decimal(report, "revenueBefore")).isEqualByComparingTo("1906648.60");
        List<BigDecimal> effects = report.getList("levers.effect", String.class).stream()
                .map(BigDecimal::new)
                .toList();
        assertThat(effects.stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("1247325.95")
                .isEqualByComparingTo(decimal(report, "difference"));

        double[] autumn = factors(RetailBook.buyers(), "2011-09-01", "2011-11-30");
        double[] summer = factors(RetailBook.buyers(), "2011-06-01", "2011-08-31");
        assertThat(autumn[0]).as("by a script, too").isEqualTo(2851);
        double[] expected = shapley(summer, autumn);
        for (int i = 0; i < 4; i++) {
            assertThat(effects.get(i).doubleValue()).isCloseTo(expected[i], within(0.02));
        }
        assertThat(decimal(report, "levers[0].value")).isEqualByComparingTo("2851");
        assertThat(decimal(report, "levers[1].value").doubleValue()).isCloseTo(6341 / 4294.0, within(5e-5));
        assertThat(decimal(report, "levers[2].value").doubleValue()).isCloseTo(4294 / 2851.0, within(5e-5));
        assertThat(csv("growth-levers.csv?" + AUTUMN)).contains("\r\nMORE,Больше,2851.0000,1948.0000,46.36,");
    }

    /** Clients, orders a client-month, client-months a client, bill. */
    private static double[] factors(List<Buyer> buyers, String from, String to) {
        Set<String> months = new HashSet<>();
        Set<String> clients = new HashSet<>();
        for (Buyer buyer : buyers) {
            for (Invoice invoice : buyer.in(from, to)) {
                clients.add(buyer.number());
                months.add(buyer.number() + invoice.day().getMonth());
            }
        }
        List<Invoice> invoices = RetailBook.invoices(from, to);
        return new double[] {
            clients.size(),
            (double) invoices.size() / months.size(),
            (double) months.size() / clients.size(),
            RetailBook.pence(invoices) / 100.0 / invoices.size()
        };
    }

    /** By its definition: the mean over all 24 orders in which the levers change one after the other. */
    private static double[] shapley(double[] before, double[] now) {
        double[] effects = new double[4];
        for (List<Integer> order : orders(List.of(0, 1, 2, 3))) {
            double[] state = before.clone();
            for (int lever : order) {
                double was = product(state);
                state[lever] = now[lever];
                effects[lever] += (product(state) - was) / 24;
            }
        }
        return effects;
    }

    private static double product(double[] factors) {
        return factors[0] * factors[1] * factors[2] * factors[3];
    }

    private static List<List<Integer>> orders(List<Integer> levers) {
        if (levers.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Integer>> orders = new ArrayList<>();
        for (Integer first : levers) {
            List<Integer> others = levers.stream().filter(l -> !l.equals(first)).toList();
            for (List<Integer> rest : orders(others)) {
                List<Integer> order = new ArrayList<>(List.of(first));
                order.addAll(rest);
                orders.add(order);
            }
        }
        return orders;
    }

    @Test
    void givesAllOfTheChangeToMoreWhereNobodyBoughtBefore() {
        facts.order(facts.customer(), Instant.parse("2007-05-05T10:00:00Z"), 700_00);
        JsonPath report = report("growth-levers?from=2007-05-01&to=2007-05-31");
        assertThat(decimal(report, "levers[0].effect")).isEqualByComparingTo("700");
        assertThat(decimal(report, "levers[3].effect")).isEqualByComparingTo("0");
        assertThat(report.<Object>get("levers[3].before")).isNull();
    }

    @Test
    @DisplayName("G9: Ansoff's matrix, and penetration by frequency and quantity")
    void sortsRevenueByOldAndNew() {
        Set<String> oldProducts = RetailBook.invoices("2010-12-01", "2011-08-31").stream()
                .flatMap(invoice -> invoice.items().stream())
                .map(Item::sku)
                .collect(Collectors.toSet());
        Map<String, Long> fields = new HashMap<>();
        long oldCustomers = 0;
        long oldOrders = 0;
        long oldPieces = 0;
        long revenue = 0;
        for (Buyer buyer : RetailBook.buyers()) {
            boolean old = buyer.first().before("2011-09-01");
            List<Invoice> invoices = buyer.in("2011-09-01", "2011-11-30");
            revenue += RetailBook.pence(invoices);
            for (Item item : invoices.stream().flatMap(i -> i.items().stream()).toList()) {
                String field = old
                        ? oldProducts.contains(item.sku()) ? "MARKET_PENETRATION" : "PRODUCT_DEVELOPMENT"
                        : oldProducts.contains(item.sku()) ? "MARKET_DEVELOPMENT" : "DIVERSIFICATION";
                fields.merge(field, item.pence(), Long::sum);
                oldPieces += old ? item.quantity() : 0;
            }
            oldCustomers += old && !invoices.isEmpty() ? 1 : 0;
            oldOrders += old ? invoices.size() : 0;
        }
        JsonPath report = report("ansoff?" + AUTUMN);
        assertThat(decimal(report, "revenue")).isEqualByComparingTo("3153974.55");
        fields.forEach(
                (field, pence) -> assertThat(decimal(report, "fields.find { it.strategy == '" + field + "' }.revenue"))
                        .as(field)
                        .isEqualByComparingTo(BigDecimal.valueOf(pence, 2)));
        assertThat(fields).hasSize(4);
        long inFields = fields.values().stream().mapToLong(p -> p).sum();
        assertThat(decimal(report, "revenueWithoutProduct"))
                .as("what rounding of lines to pence leaves over")
                .isEqualByComparingTo(BigDecimal.valueOf(revenue - inFields, 2));
        assertThat(report.getLong("penetration.customers")).isEqualTo(oldCustomers);
        assertThat(decimal(report, "penetration.ordersPerCustomer").doubleValue())
                .isCloseTo((double) oldOrders / oldCustomers, within(0.005));
        assertThat(decimal(report, "penetration.piecesPerOrder").doubleValue())
                .isCloseTo((double) oldPieces / oldOrders, within(0.005));
        assertThat(csv("ansoff.csv?" + AUTUMN))
                .startsWith("strategy,revenue,revenuePercent,customers,revenueBefore\r\n");
    }

    @Test
    @DisplayName("B6: more categories a visit, and more visits")
    void countsCategoriesAndVisitsOfThoseWhoKnowTheShop() {
        UUID customer = facts.customer();
        facts.order(customer, Instant.parse("2008-01-01T10:00:00Z"), 100);
        for (String categories : List.of("shoes hats", "shoes", "shoes shoes")) {
            FeedEvent order =
                    FactFixtures.order(Ids.next(), customer, Instant.parse("2008-02-01T10:00:00Z"), "PAID", 100, 1);
            for (String category : categories.split(" ")) {
                ((ObjectNode) order.data())
                        .withArray("lines")
                        .addObject()
                        .put("sku", "B6-" + category)
                        .put("category", category)
                        .put("quantity", 2)
                        .put("amount", 10);
            }
            facts.apply(order);
        }
        JsonPath report = report("ansoff?from=2008-02-01&to=2008-02-28");
        assertThat(decimal(report, "penetration.categoriesPerOrder")).isEqualByComparingTo("1.33");
        assertThat(decimal(report, "penetration.ordersPerCustomer")).isEqualByComparingTo("3");
        assertThat(decimal(report, "penetration.piecesPerOrder")).isEqualByComparingTo("3.33");
        assertThat(decimal(report, "revenueWithoutProduct")).isEqualByComparingTo("2.50");
        assertThat(report.<Object>get("penetration.categoriesPerOrderBefore")).isNull();
    }

    @Test
    void refusesWhatCanNotBeCompared() {
        answer("growth-levers?compare=NONE&" + AUTUMN).statusCode(400).body("errors[0].pointer", equalTo("compare"));
        answer("growth-levers?from=2011-02-01&to=2011-01-01").statusCode(400).body("errors[0].pointer", equalTo("to"));
        answer("ansoff").statusCode(400).body("errors[0].pointer", equalTo("from"));
    }
}
