package io.snowball.segmentation.rfm;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Rows;
import io.snowball.platform.money.Money;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.Problem;
import io.snowball.platform.problem.ProblemException;
import io.snowball.segmentation.Binds;
import io.snowball.segmentation.rfm.RfmApi.RfmCellView;
import io.snowball.segmentation.rfm.RfmApi.RfmReport;
import io.snowball.segmentation.rfm.RfmSettingsSql.Versioned;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The grid and its settings. */
@ApplicationScoped
class Rfm {
    /* language=PostgreSQL */
    @SuppressWarnings("InlineFormatString") // SQL stands above its method
    private static final String COUNT = """
            select %s as cell, count(*) as customers, sum(m.orders_count)::bigint as orders, sum(m.revenue)::bigint as revenue
            from %s m
            group by 1
            """;

    private final Pool pool;
    private final RfmSettingsSql settings;
    private final Clock clock;

    Rfm(Pool pool, RfmSettingsSql settings, Clock clock) {
        this.pool = pool;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param cell null for who never bought */
    private record Counted(@Nullable RfmCell cell, long customers, long orders, Money revenue) {}

    /** @param asOf null for now, which is in the metric table */
    Uni<RfmReport> report(@Nullable Instant asOf) {
        Instant now = clock.instant();
        if (asOf != null && asOf.isAfter(now)) {
            throw ProblemException.invalidField("asOf", "must-be-past", "must not be in the future");
        }
        Instant at = asOf == null ? now : asOf;
        return pool.withTransaction(tx -> settings.current(tx).chain(current -> count(tx, current, at, asOf != null)))
                .map(counted -> report(at, counted));
    }

    private static Uni<List<Counted>> count(SqlConnection tx, RfmSettings settings, Instant at, boolean before) {
        Binds binds = new Binds();
        String cell = RfmCase.cellOf(settings, at, binds);
        String metrics = before ? RfmPopulation.before(at, binds) : RfmPopulation.NOW;
        String sql = COUNT.formatted(cell, metrics);
        return tx.preparedQuery(sql).execute(binds.tuple()).map(rows -> Rows.list(rows, Rfm::counted));
    }

    private static Counted counted(Row row) {
        String cell = row.getString("cell");
        return new Counted(
                cell == null ? null : RfmCell.valueOf(cell),
                row.getLong("customers"),
                row.getLong("orders"),
                new Money(row.getLong("revenue")));
    }

    private static RfmReport report(Instant now, List<Counted> counted) {
        List<Counted> buyers = counted.stream().filter(c -> c.cell() != null).toList();
        long customers = buyers.stream().mapToLong(Counted::customers).sum();
        Money revenue = buyers.stream().map(Counted::revenue).reduce(Money.ZERO, Money::plus);
        List<RfmCellView> cells = Arrays.stream(RfmCell.values())
                .map(cell -> buyers.stream()
                        .filter(c -> c.cell() == cell)
                        .findFirst()
                        .orElse(new Counted(cell, 0, 0, Money.ZERO)))
                .map(c -> RfmCellView.of(
                        RfmCell.valueOf(String.valueOf(c.cell())), c.customers(), c.revenue(), customers, revenue))
                .toList();
        long neverBought = counted.stream()
                .filter(c -> c.cell() == null)
                .mapToLong(Counted::customers)
                .sum();
        return new RfmReport(
                now,
                List.of(RfmCell.Row.values()),
                List.of(RfmCell.Column.values()),
                cells,
                customers,
                buyers.stream().mapToLong(Counted::orders).sum(),
                revenue,
                neverBought);
    }

    Uni<Versioned> settings() {
        return settings.versioned(pool);
    }

    Uni<Versioned> replace(RfmSettings wanted, int version) {
        check(wanted);
        return settings.replace(pool, wanted, version)
                .map(replaced -> replaced.orElseThrow(
                        () -> CommonProblem.STALE_VERSION.with("Read the settings again and repeat the change")));
    }

    private static void check(RfmSettings wanted) {
        List<Problem.FieldError> errors = new ArrayList<>();
        if (wanted.firstPurchaseDays() > wanted.activeDays()) {
            errors.add(order("/firstPurchaseDays", "must not be greater than activeDays"));
        }
        if (wanted.activeDays() >= wanted.atRiskDays()) {
            errors.add(order("/activeDays", "must be less than atRiskDays"));
        }
        if (wanted.promisingFromOrders() >= wanted.loyalFromOrders()) {
            errors.add(order("/promisingFromOrders", "must be less than loyalFromOrders"));
        }
        if (wanted.vipFromRevenue().kopecks() < 0) {
            errors.add(order("/vipFromRevenue", "must not be negative"));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalidFields(errors);
        }
    }

    private static Problem.FieldError order(String pointer, String detail) {
        return new Problem.FieldError(pointer, "out-of-order", detail);
    }
}
