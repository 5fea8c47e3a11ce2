package io.snowball.segmentation.rfm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.snowball.platform.money.Money;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.snowball.segmentation.TestClock;
import io.snowball.segmentation.fact.FactFixtures;
import io.snowball.segmentation.fact.FakeCustomerService;
import io.snowball.segmentation.rfm.RfmHistoryApi.CustomerRfmCell;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C23: where customers were in the grid, and where they went")
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class RfmHistoryTest {
    private static final RfmSettings SETTINGS = new RfmSettings(30, 90, 180, 2, 4, new Money(3_000_000));
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-04-01T00:00:00Z");

    @Inject
    FactFixtures facts;

    @Inject
    TestClock clock;

    @Inject
    Pool pool;

    @Inject
    RfmHistorySql sql;

    @BeforeEach
    void atNoon() {
        clock.set(TestClock.NOON);
    }

    @Test
    void tellsSinceWhenACustomerIsInEachCell() {
        UUID customer = facts.customer();
        Instant first = TestClock.NOON.minus(Duration.ofDays(400));
        Instant second = first.plus(Duration.ofDays(200));
        facts.order(customer, first, 100);
        facts.order(customer, second, 100);
        List<CustomerRfmCell> cells = pool.withTransaction(tx -> sql.ofCustomer(tx, SETTINGS, customer, TestClock.NOON))
                .await()
                .indefinitely();
        assertThat(cells)
                .containsExactly(
                        new CustomerRfmCell(RfmCell.PROMISING_LOST, second.plus(Duration.ofDays(181))),
                        new CustomerRfmCell(RfmCell.PROMISING_AT_RISK, second.plus(Duration.ofDays(91))),
                        new CustomerRfmCell(RfmCell.PROMISING, second),
                        new CustomerRfmCell(RfmCell.ONE_TIME_LOST, first.plus(Duration.ofDays(181))),
                        new CustomerRfmCell(RfmCell.ONE_TIME_AT_RISK, first.plus(Duration.ofDays(91))),
                        new CustomerRfmCell(RfmCell.NEWCOMER, first.plus(Duration.ofDays(31))),
                        new CustomerRfmCell(RfmCell.FIRST_PURCHASE, first));
        TestTokens.as(Roles.SALES)
                .get("/api/v1/rfm/customers/" + customer + "/history")
                .then()
                .statusCode(200)
                .body("cells[-1].cell", equalTo("FIRST_PURCHASE"));
    }

    @Test
    void countsWhoMovedFromWhichCellToWhich() {
        Map<String, Long> before = transitions();
        UUID loyalLater = facts.customer();
        facts.order(loyalLater, FROM.minus(Duration.ofDays(5)), 100);
        facts.order(loyalLater, TO.minus(Duration.ofDays(1)), 100);
        UUID fading = facts.customer();
        facts.order(fading, FROM.minus(Duration.ofDays(5)), 100);
        UUID fresh = facts.customer();
        facts.order(fresh, TO.minus(Duration.ofDays(1)), 100);
        UUID tooLate = facts.customer();
        facts.order(tooLate, TO, 100);

        Map<String, Long> after = transitions();
        before.forEach((pair, n) -> after.merge(pair, -n, Long::sum));
        after.values().removeIf(n -> n == 0);
        assertThat(after)
                .isEqualTo(Map.of(
                        "FIRST_PURCHASE>PROMISING",
                        1L,
                        "FIRST_PURCHASE>ONE_TIME_AT_RISK",
                        1L,
                        "null>FIRST_PURCHASE",
                        1L));
    }

    private Map<String, Long> transitions() {
        List<RfmHistorySql.Moved> moved = pool.withTransaction(tx -> sql.moved(tx, SETTINGS, FROM, TO))
                .await()
                .indefinitely();
        Map<String, Long> counts = new java.util.HashMap<>();
        moved.forEach(m -> counts.put(m.from() + ">" + m.to(), m.customers()));
        return counts;
    }

    @Test
    void rowsOfTheTransitionMatrixSumToOne() {
        UUID customer = facts.customer();
        facts.order(customer, FROM.minus(Duration.ofDays(5)), 100);
        List<Map<String, Object>> rows = get(
                        "/api/v1/rfm/transitions", Map.of("from", FROM.toString(), "to", TO.toString()))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("transitions");
        double sum = rows.stream()
                .filter(row -> "FIRST_PURCHASE".equals(row.get("from")))
                .mapToDouble(row -> Double.parseDouble(String.valueOf(row.get("share"))))
                .sum();
        assertThat(sum).isCloseTo(1.0, org.assertj.core.data.Offset.offset(0.001));
    }

    /** The series and the report of a moment are two computations of the same thing. */
    @Test
    void agreesWithTheGridOfEachMoment() {
        UUID customer = facts.customer();
        facts.order(customer, Instant.parse("2026-01-15T00:00:00Z"), 12_345);
        facts.order(customer, Instant.parse("2026-03-15T00:00:00Z"), 100);
        JsonPath history = get(
                        "/api/v1/rfm/history",
                        Map.of("from", "2026-01-31T00:00:00Z", "to", "2026-05-31T00:00:00Z", "step", "MONTH"))
                .then()
                .statusCode(200)
                .body(
                        "points.asOf.collect { it.substring(0, 10) }",
                        equalTo(List.of("2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31")))
                .extract()
                .jsonPath();
        for (int i = 0; i < 5; i++) {
            String at = history.getString("points[" + i + "].asOf");
            JsonPath report = get("/api/v1/rfm", Map.of("asOf", at)).jsonPath();
            assertThat(history.getLong("points[" + i + "].customers")).isEqualTo(report.getLong("customers"));
            Map<String, Integer> ours = new java.util.HashMap<>();
            history.<Map<String, Object>>getList("points[" + i + "].cells")
                    .forEach(cell -> ours.put((String) cell.get("cell"), (Integer) cell.get("customers")));
            report.<Map<String, Object>>getList("cells")
                    .forEach(cell -> assertThat(ours.getOrDefault((String) cell.get("cell"), 0))
                            .as("%s at %s", cell.get("cell"), at)
                            .isEqualTo(cell.get("customers")));
        }
    }

    @Test
    void refusesTimesThatMakeNoSense() {
        get("/api/v1/rfm/history", Map.of()).then().statusCode(400);
        get("/api/v1/rfm/history", Map.of("from", "2020-01-01T00:00:00Z", "step", "DAY"))
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("step"));
        get("/api/v1/rfm/transitions", Map.of("from", TO.toString(), "to", FROM.toString()))
                .then()
                .statusCode(400);
        get("/api/v1/rfm/transitions", Map.of("from", FROM.toString(), "to", "2100-01-01T00:00:00Z"))
                .then()
                .statusCode(400);
    }

    private static Response get(String path, Map<String, String> query) {
        return TestTokens.as(Roles.ANALYST).queryParams(query).get(path);
    }
}
