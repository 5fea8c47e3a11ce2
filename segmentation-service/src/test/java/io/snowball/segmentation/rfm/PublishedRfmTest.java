package io.snowball.segmentation.rfm;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.platform.db.Params;
import io.snowball.platform.money.Money;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.segmentation.fact.FakeCustomerService;
import io.snowball.segmentation.rfm.RfmGridApi.RfmGridBody;
import io.snowball.segmentation.rfm.RfmGridApi.RfmScore;
import io.snowball.segmentation.rfm.RfmScoreSql.Counted;
import io.snowball.segmentation.rfm.RfmScoreSql.Moment;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName(
        "C23: the published scores and segments of the R package rfm, to the last customer. The base is theirs alone until the rollback")
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class PublishedRfmTest {
    private static final Instant ANALYSED = Instant.parse("2006-12-31T00:00:00Z");

    @Inject
    Pool pool;

    @Inject
    RfmScoreSql scores;

    private SqlConnection tx;
    private Transaction transaction;

    @BeforeEach
    void emptyBase() {
        tx = pool.getConnection().await().indefinitely();
        transaction = tx.begin().await().indefinitely();
        run("delete from customer_metric");
        run("delete from order_fact");
        run("delete from customer_fact");
    }

    @AfterEach
    void asItWas() {
        transaction.rollback().await().indefinitely();
        tx.close().await().indefinitely();
    }

    @Test
    void scoresTheNineHundredNinetyFiveCustomersAsPublished() {
        orders();
        Map<UUID, RfmScore> ours = new HashMap<>();
        scores.list(tx, PublishedGrids.VIGNETTE, asOf(), null, null, 10_000)
                .await()
                .indefinitely()
                .forEach(score -> ours.put(score.customerId(), score));
        List<String[]> published = rows("scores.csv");
        assertThat(published).hasSize(995);
        assertThat(ours).hasSize(995);
        for (String[] row : published) {
            UUID id = id(row[0]);
            assertThat(ours.get(id))
                    .isEqualTo(new RfmScore(
                            id, number(row[4]), number(row[5]), number(row[6]), PublishedGrids.code(row[7])));
        }
    }

    @Test
    void countsCustomersOrdersRevenueAndAverageBillOfTheSegmentsAsPublished() {
        orders();
        assertThat(segments(PublishedGrids.VIGNETTE, asOf())).isEqualTo(published("segments_orders_vignette.csv"));
        assertThat(segments(PublishedGrids.TESTS, asOf())).isEqualTo(published("segments_orders_test.csv"));
    }

    @Test
    void countsTheSegmentsOfFortyThousandCustomersAsPublished() {
        List<String[]> rows = rows("customers.csv.gz");
        tx.preparedQuery("""
                        insert into customer_metric
                          (customer_id, orders_count, revenue, average_bill, first_order_at, last_order_at)
                        select id, n, revenue, 0, at, at
                        from unnest($1::uuid[], $2::int[], $3::bigint[], $4::timestamptz[]) as u (id, n, revenue, at)
                        """)
                .execute(Params.of(
                        java.util.stream.LongStream.range(0, rows.size())
                                .mapToObj(n -> new UUID(0, n))
                                .toArray(UUID[]::new),
                        Params.integers(rows, row -> number(row[1])),
                        Params.longs(rows, row -> 100L * number(row[2])),
                        rows.stream()
                                .map(row -> ANALYSED.atOffset(ZoneOffset.UTC).minusDays(number(row[0])))
                                .toArray(OffsetDateTime[]::new)))
                .await()
                .indefinitely();
        Map<String, Long> ours = new HashMap<>();
        segments(PublishedGrids.VIGNETTE, new Moment(ANALYSED, null))
                .forEach((code, published) -> ours.put(code, published.customers()));
        Map<String, Long> published = new HashMap<>();
        rows("segments_customers.csv").forEach(row -> published.put(PublishedGrids.code(row[0]), Long.valueOf(row[1])));
        assertThat(ours).isEqualTo(published);
        assertThat(rows).hasSize(39_999);
    }

    /** The bands of the data: quantile + 1 unit. */
    @Test
    void tellsWhereItsBandsBegin() {
        orders();
        var bands = scores.count(tx, PublishedGrids.VIGNETTE, asOf())
                .await()
                .indefinitely()
                .bands();
        assertThat(bands.orders())
                .usingComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(decimals("4", "5", "6", "8"));
        assertThat(bands.revenue())
                .usingComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(decimals("255.8", "382", "506.4", "666"));
        assertThat(bands.recencyDays())
                .usingComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(decimals("115", "181", "297.4", "482"));
    }

    private static List<BigDecimal> decimals(String... numbers) {
        return java.util.stream.Stream.of(numbers).map(BigDecimal::new).toList();
    }

    private record Published(long customers, long orders, BigDecimal revenue, BigDecimal averageBill) {}

    private Map<String, Published> segments(RfmGridBody grid, Moment moment) {
        var counts = scores.count(tx, grid, moment).await().indefinitely();
        Map<String, Published> segments = new HashMap<>();
        for (Counted c : counts.cells()) {
            Money bill = c.revenue().dividedBy(Math.max(1, c.orders()));
            segments.put(
                    c.code(),
                    new Published(c.customers(), c.orders(), c.revenue().amount(), bill.amount()));
        }
        return segments;
    }

    private static Map<String, Published> published(String file) {
        Map<String, Published> segments = new HashMap<>();
        for (String[] row : rows(file)) {
            segments.put(
                    PublishedGrids.code(row[0]),
                    new Published(
                            Long.parseLong(row[1]),
                            Long.parseLong(row[2]),
                            new BigDecimal(row[3]).setScale(2),
                            new BigDecimal(row[4]).setScale(2)));
        }
        return segments;
    }

    private void orders() {
        List<String[]> rows = rows("orders.csv");
        tx.preparedQuery("""
                        insert into order_fact (order_id, customer_id, ordered_at, counts, amount, version)
                        select gen_random_uuid(), c, at, true, amount, 1
                        from unnest($1::uuid[], $2::timestamptz[], $3::bigint[]) as u (c, at, amount)
                        """)
                .execute(Params.of(
                        Params.uuids(rows, row -> id(row[0])),
                        rows.stream()
                                .map(row ->
                                        LocalDate.parse(row[1]).atStartOfDay().atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new),
                        Params.longs(rows, row -> 100L * number(row[2]))))
                .await()
                .indefinitely();
        run("""
                insert into customer_fact (customer_id, registered_at, has_email, has_phone)
                select distinct customer_id, '2000-01-01'::timestamptz, true, false from order_fact
                """);
    }

    private void run(String sql) {
        tx.query(sql).execute().await().indefinitely();
    }

    private static Moment asOf() {
        return new Moment(ANALYSED, ANALYSED);
    }

    private static UUID id(String number) {
        return new UUID(0, Long.parseLong(number));
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }

    private static List<String[]> rows(String name) {
        try (InputStream file = Objects.requireNonNull(PublishedRfmTest.class.getResourceAsStream("/rfm/" + name));
                InputStream text = name.endsWith(".gz") ? new GZIPInputStream(file) : file) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(","))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
