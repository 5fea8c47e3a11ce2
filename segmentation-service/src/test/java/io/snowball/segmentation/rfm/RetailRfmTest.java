package io.snowball.segmentation.rfm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import io.snowball.platform.id.Ids;
import io.snowball.platform.money.Money;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.snowball.segmentation.TestClock;
import io.snowball.segmentation.fact.FakeCustomerService;
import io.snowball.segmentation.retail.OnlineRetail;
import io.snowball.segmentation.retail.OnlineRetail.Order;
import io.snowball.segmentation.retail.RetailBook;
import io.snowball.segmentation.retail.RetailBook.Buyer;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The grid and its past on Online Retail: each buyer is put into their cell again in plain Java, invoice by invoice. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
@DisplayName("C23: RFM on Online Retail")
class RetailRfmTest {
    private static final Instant CLOSED = Instant.parse("2011-12-10T00:00:00Z");

    @Inject
    OnlineRetail retail;

    @Inject
    TestClock clock;

    private RfmSettings settings = new RfmSettings(1, 1, 1, 1, 1, Money.ZERO);

    @BeforeEach
    void theShopIsThere() {
        clock.set(TestClock.NOON);
        retail.load();
        JsonPath read = get("rfm-settings");
        settings = new RfmSettings(
                read.getInt("firstPurchaseDays"),
                read.getInt("activeDays"),
                read.getInt("atRiskDays"),
                read.getInt("promisingFromOrders"),
                read.getInt("loyalFromOrders"),
                Money.of(new BigDecimal(read.getString("vipFromRevenue"))));
    }

    /** The buyers of the book and of other tests, each with what they ordered before a moment. */
    private List<List<Order>> buyers(Instant before) {
        Stream<List<Order>> book = RetailBook.buyers().stream().map(RetailRfmTest::orders);
        return Stream.concat(book, retail.strangers("2011-12-09").stream())
                .map(orders ->
                        orders.stream().filter(o -> o.at().isBefore(before)).toList())
                .filter(orders -> !orders.isEmpty())
                .toList();
    }

    private static List<Order> orders(Buyer buyer) {
        return buyer.invoices().stream()
                .map(invoice -> new Order(invoice.at(), invoice.pence()))
                .toList();
    }

    private @Nullable RfmCell cell(List<Order> orders, Instant at) {
        List<Order> before = orders.stream().filter(o -> o.at().isBefore(at)).toList();
        return before.isEmpty()
                ? null
                : RfmTwin.cellOf(
                        settings,
                        at,
                        before.size(),
                        pence(before),
                        before.getFirst().at(),
                        before.getLast().at());
    }

    private static long pence(List<Order> orders) {
        return orders.stream().mapToLong(Order::pence).sum();
    }

    @Test
    @DisplayName("C23: the eleven cells on the evening of the last day")
    void c23CountsTheCells() {
        Map<RfmCell, long[]> cells = counted(CLOSED);
        JsonPath report = get("rfm?asOf=" + CLOSED);
        assertThat(report.getList("cells")).hasSize(11);
        assertThat(cells).as("the book fills them").hasSizeGreaterThan(9);
        for (RfmCell cell : RfmCell.values()) {
            long[] expected = cells.getOrDefault(cell, new long[2]);
            String path = "cells.find { it.cell == '" + cell + "' }.";
            assertThat(report.getLong(path + "customers")).as("%s", cell).isEqualTo(expected[0]);
            assertThat(new BigDecimal(report.getString(path + "revenue")))
                    .as("%s", cell)
                    .isEqualByComparingTo(BigDecimal.valueOf(expected[1], 2));
        }
        List<List<Order>> buyers = buyers(CLOSED);
        assertThat(report.getLong("customers")).isEqualTo(buyers.size());
        assertThat(report.getLong("orders"))
                .isEqualTo(buyers.stream().mapToLong(List::size).sum());
    }

    private Map<RfmCell, long[]> counted(Instant at) {
        Map<RfmCell, long[]> cells = new TreeMap<>();
        for (List<Order> orders : buyers(at)) {
            long[] sums = cells.computeIfAbsent(cell(orders, at), _ -> new long[2]);
            sums[0]++;
            sums[1] += pence(orders);
        }
        return cells;
    }

    @Test
    @DisplayName("C23: the history of the cells, month by month")
    void c23FollowsTheCellsThroughTheYear() {
        JsonPath history = get("rfm/history?from=2011-01-01T00:00:00Z&to=2011-12-01T00:00:00Z&step=MONTH");
        assertThat(history.getList("points")).hasSize(12);
        for (int month = 1; month <= 12; month++) {
            Instant at = YearMonth.of(2011, month)
                    .atDay(1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant();
            String point = "points[" + (month - 1) + "].";
            assertThat(history.getString(point + "asOf")).isEqualTo(at.toString());
            Map<String, Long> told = new HashMap<>();
            history.getList(point + "cells", Map.class)
                    .forEach(c -> told.put(
                            (String) c.get("cell"), number(c, "customers").longValue()));
            Map<String, Long> expected = new HashMap<>();
            counted(at).forEach((cell, sums) -> expected.put(cell.name(), sums[0]));
            assertThat(told).as("%s", at).isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("C23: the transition matrix from June to December")
    void c23CountsTheMoves() {
        Instant from = Instant.parse("2011-06-01T00:00:00Z");
        Map<String, Long> expected = new HashMap<>();
        Map<String, Long> started = new HashMap<>();
        for (List<Order> orders : buyers(CLOSED)) {
            String start = String.valueOf(cell(orders, from));
            expected.merge(start + ">" + cell(orders, CLOSED), 1L, Long::sum);
            started.merge(start, 1L, Long::sum);
        }
        JsonPath moves = get("rfm/transitions?from=" + from + "&to=" + CLOSED);
        Map<String, Long> told = new HashMap<>();
        moves.getList("transitions", Map.class).forEach(move -> {
            String start = String.valueOf(move.get("from"));
            long customers = number(move, "customers").longValue();
            told.put(start + ">" + move.get("to"), customers);
            assertThat(number(move, "share").doubleValue())
                    .isCloseTo(customers / (double) started.getOrDefault(start, 0L), within(5.1e-5));
        });
        assertThat(told).isEqualTo(expected).hasSizeGreaterThan(15);
    }

    @Test
    @DisplayName("C23: of single customers, each cell since the very moment")
    void c23TellsSinceWhenSomebodyIsInACell() {
        for (int i = 0; i < RetailBook.buyers().size(); i += 211) {
            Buyer buyer = RetailBook.buyers().get(i);
            List<Order> orders = orders(buyer);
            List<Map<String, String>> cells =
                    get("rfm/customers/" + buyer.id() + "/history").getList("cells");
            for (Map<String, String> cell : cells) {
                Instant since = Instant.parse(cell.get("since"));
                assertThat(String.valueOf(cell(orders, since.plusMillis(1)))).isEqualTo(cell.get("cell"));
                assertThat(String.valueOf(cell(orders, since.minusMillis(1))))
                        .as("%s since %s", cell.get("cell"), since)
                        .isNotEqualTo(cell.get("cell"));
            }
            // And nothing is missing: just after each moment at which something can change the cell is the one told.
            for (Order order : orders) {
                for (int days :
                        new int[] {-1, settings.firstPurchaseDays(), settings.activeDays(), settings.atRiskDays()}) {
                    Instant moment = order.at().plus(Duration.ofDays(days + 1L)).plusMillis(1);
                    String told = cells.stream()
                            .filter(c -> !Instant.parse(c.get("since")).isAfter(moment))
                            .map(c -> c.get("cell"))
                            .findFirst()
                            .orElse("none");
                    assertThat(told).as("%s at %s", buyer.number(), moment).isEqualTo("" + cell(orders, moment));
                }
            }
        }
    }

    @Test
    @DisplayName("C23: a declared grid by quintiles: bands by R's type 7, scores and cells of each customer")
    void c23ScoresByQuantiles() {
        String grid = TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .body("""
                        {"name": "%s", "method": "QUANTILES", "bands": 5, "cells": [
                          {"code": "CHAMPIONS", "name": "Чемпионы", "recency": {"from": 4, "to": 5},
                           "frequency": {"from": 4, "to": 5}, "monetary": {"from": 4, "to": 5}},
                          {"code": "LOST", "name": "Потерянные", "recency": {"from": 1, "to": 2},
                           "frequency": {"from": 1, "to": 5}, "monetary": {"from": 1, "to": 5}}]}
                        """.formatted(Ids.next()))
                .post("/api/v1/rfm-grids")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        List<List<Order>> all = buyers(CLOSED);
        double[] days = bands(all.stream().mapToDouble(RetailRfmTest::days), 1);
        double[] orders = bands(all.stream().mapToDouble(List::size), 1);
        double[] pence = bands(all.stream().mapToDouble(RetailRfmTest::pence), 100);
        JsonPath report = get("rfm-grids/" + grid + "/report?asOf=" + CLOSED);
        for (int band = 0; band < 4; band++) {
            String at = "[" + band + "]";
            assertThat(report.getDouble("bands.recencyDays" + at)).isCloseTo(days[band], within(1e-6));
            assertThat(report.getDouble("bands.orders" + at)).isCloseTo(orders[band], within(1e-6));
            assertThat(report.getDouble("bands.revenue" + at)).isCloseTo(pence[band] / 100, within(1e-6));
        }
        Map<String, long[]> cells = new HashMap<>();
        Map<String, List<Object>> scores = new HashMap<>();
        for (List<Order> own : all) {
            long[] sums = cells.computeIfAbsent(
                    (String) scores(own, days, orders, pence).get(3), _ -> new long[3]);
            sums[0]++;
            sums[1] += own.size();
            sums[2] += pence(own);
        }
        cells.forEach((code, sums) -> {
            String path = "cells.find { it.code == '" + code + "' }.";
            assertThat(report.getLong(path + "customers")).as(code).isEqualTo(sums[0]);
            assertThat(report.getLong(path + "orders")).as(code).isEqualTo(sums[1]);
            assertThat(new BigDecimal(report.getString(path + "revenue")))
                    .isEqualByComparingTo(BigDecimal.valueOf(sums[2], 2));
        });
        RetailBook.buyers().forEach(b -> scores.put(b.id().toString(), scores(orders(b), days, orders, pence)));
        Map<String, List<Object>> told = new HashMap<>();
        String after = "";
        do {
            JsonPath page = get("rfm-grids/" + grid + "/scores?limit=10000&asOf=" + CLOSED + after);
            page.getList("items", Map.class)
                    .forEach(s -> told.put(
                            (String) s.get("customerId"),
                            List.of(s.get("recency"), s.get("frequency"), s.get("monetary"), s.get("cell"))));
            after = page.getString("nextAfter") == null ? "" : "&after=" + page.getString("nextAfter");
        } while (!after.isEmpty());
        assertThat(told).containsAllEntriesOf(scores);
    }

    private static double days(List<Order> orders) {
        return Duration.between(orders.getLast().at(), CLOSED).toDays();
    }

    /** One unit above the quintiles, linearly interpolated: h = (n - 1) p. */
    private static double[] bands(java.util.stream.DoubleStream values, int unit) {
        double[] sorted = values.sorted().toArray();
        double[] bands = new double[4];
        for (int i = 1; i <= 4; i++) {
            double h = (sorted.length - 1) * i / 5.0;
            int low = (int) Math.floor(h);
            bands[i - 1] =
                    sorted[low] + (h - low) * (sorted[Math.min(low + 1, sorted.length - 1)] - sorted[low]) + unit;
        }
        return bands;
    }

    private static List<Object> scores(List<Order> own, double[] days, double[] orders, double[] pence) {
        int r = 5 - reached(days, days(own));
        int f = 1 + reached(orders, own.size());
        int m = 1 + reached(pence, (double) pence(own));
        return new ArrayList<>(List.of(r, f, m, r >= 4 && f >= 4 && m >= 4 ? "CHAMPIONS" : r <= 2 ? "LOST" : "OTHERS"));
    }

    private static int reached(double[] bands, double value) {
        return (int) Arrays.stream(bands).filter(band -> value >= band).count();
    }

    private static BigDecimal number(Map<?, ?> row, String column) {
        return new BigDecimal(String.valueOf(row.get(column)));
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
