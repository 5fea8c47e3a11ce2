package io.snowball.segmentation.rfm;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.platform.money.Money;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.segmentation.Binds;
import io.snowball.segmentation.TestClock;
import io.snowball.segmentation.fact.FakeCustomerService;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C23: RFM by давность, частота, сумма; the eleven cells of the deck")
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class RfmCaseTest {
    private static final Instant NOW = TestClock.NOON;
    private static final RfmSettings SETTINGS = new RfmSettings(30, 90, 180, 2, 4, new Money(100_000));

    @Inject
    Pool pool;

    @Test
    void knowsWhereEachThresholdBeginsAndEnds() {
        assertThat(cell(1, 0, days(30), days(30))).isEqualTo(RfmCell.FIRST_PURCHASE);
        assertThat(cell(1, 0, days(31).minusNanos(1000), days(31).minusNanos(1000)))
                .as("the 30th whole day lasts 24 hours")
                .isEqualTo(RfmCell.FIRST_PURCHASE);
        assertThat(cell(1, 0, days(31), days(31))).isEqualTo(RfmCell.NEWCOMER);
        assertThat(cell(1, 0, days(90), days(90))).isEqualTo(RfmCell.NEWCOMER);
        assertThat(cell(1, 0, days(91), days(91))).isEqualTo(RfmCell.ONE_TIME_AT_RISK);
        assertThat(cell(1, 0, days(180), days(180))).isEqualTo(RfmCell.ONE_TIME_AT_RISK);
        assertThat(cell(1, 0, days(181), days(181))).isEqualTo(RfmCell.ONE_TIME_LOST);
        assertThat(cell(2, 0, days(500), days(90))).isEqualTo(RfmCell.PROMISING);
        assertThat(cell(3, 0, days(500), days(91))).isEqualTo(RfmCell.PROMISING_AT_RISK);
        assertThat(cell(3, 0, days(500), days(181))).isEqualTo(RfmCell.PROMISING_LOST);
        assertThat(cell(4, 99_999, days(500), days(90))).isEqualTo(RfmCell.LOYAL);
        assertThat(cell(4, 100_000, days(500), days(90))).isEqualTo(RfmCell.VIP);
        assertThat(cell(4, 100_000, days(500), days(91))).isEqualTo(RfmCell.LOYAL_AT_RISK);
        assertThat(cell(4, 100_000, days(500), days(181))).isEqualTo(RfmCell.LOYAL_LOST);
        assertThat(cell(0, 0, Duration.ZERO, Duration.ZERO)).isNull();
    }

    @Test
    void putsEveryBuyerIntoExactlyTheCellThatPlainJavaDoes() {
        Random random = new Random(20261121);
        Set<RfmCell> seen = EnumSet.noneOf(RfmCell.class);
        for (int round = 0; round < 40; round++) {
            RfmSettings settings = settings(random);
            List<Customer> customers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                customers.add(customer(random, settings));
            }
            List<@Nullable RfmCell> cells = cells(settings, customers);
            for (int i = 0; i < customers.size(); i++) {
                Customer c = customers.get(i);
                RfmCell expected = RfmTwin.cellOf(settings, NOW, c.orders, c.revenue, c.first, c.last);
                assertThat(cells.get(i))
                        .as("%s under %s", c, settings)
                        .isNotNull()
                        .isEqualTo(expected);
                seen.add(Objects.requireNonNull(expected));
            }
        }
        assertThat(seen).as("the random data reach every cell").containsExactlyInAnyOrder(RfmCell.values());
    }

    private record Customer(int orders, long revenue, Instant first, Instant last) {}

    private static RfmSettings settings(Random random) {
        int first = 1 + random.nextInt(40);
        int active = first + random.nextInt(60);
        int promising = 2 + random.nextInt(3);
        return new RfmSettings(
                first,
                active,
                active + 1 + random.nextInt(100),
                promising,
                promising + 1 + random.nextInt(4),
                new Money(random.nextInt(1000)));
    }

    /** Ages lie on the thresholds more often than not. */
    private static Customer customer(Random random, RfmSettings settings) {
        int[] edges = {settings.firstPurchaseDays(), settings.activeDays(), settings.atRiskDays(), random.nextInt(300)};
        Duration age = Duration.ofDays(edges[random.nextInt(4)] + random.nextInt(2))
                .plusNanos(1000L * (random.nextInt(3) - 1));
        Instant last = NOW.minus(age);
        int orders = 1 + random.nextInt(9);
        return new Customer(
                orders, random.nextInt(1000), orders == 1 ? last : last.minus(days(random.nextInt(50))), last);
    }

    private static Duration days(int days) {
        return Duration.ofDays(days);
    }

    private @Nullable RfmCell cell(int orders, long revenue, Duration first, Duration last) {
        return cells(SETTINGS, List.of(new Customer(orders, revenue, NOW.minus(first), NOW.minus(last))))
                .getFirst();
    }

    private List<@Nullable RfmCell> cells(RfmSettings settings, List<Customer> customers) {
        Binds binds = new Binds();
        List<String> rows = customers.stream()
                .map(c -> "(" + binds.bind(c.orders) + ", " + binds.bind(c.revenue) + ", " + binds.bind(c.first) + ", "
                        + binds.bind(c.last) + ")")
                .toList();
        String sql = "select " + RfmCase.cellOf(settings, NOW, binds) + " as cell from (values "
                + String.join(", ", rows) + ") as m (orders_count, revenue, first_order_at, last_order_at)";
        List<@Nullable RfmCell> cells = new ArrayList<>();
        for (Row row : pool.preparedQuery(sql).execute(binds.tuple()).await().indefinitely()) {
            String cell = row.getString("cell");
            cells.add(cell == null ? null : RfmCell.valueOf(cell));
        }
        return cells;
    }
}
