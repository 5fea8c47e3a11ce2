package io.snowball.segmentation.economics;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.segmentation.economics.BenchmarkApi.BenchmarkName;
import io.snowball.segmentation.economics.BenchmarkApi.BenchmarkReport;
import io.snowball.segmentation.economics.BenchmarkApi.BenchmarkUnit;
import io.snowball.segmentation.economics.BenchmarkApi.BenchmarkView;
import io.snowball.segmentation.economics.EconomicsApi.GrowthInputs;
import io.snowball.segmentation.report.ShareView;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** E6, E7: figures that everybody quotes, beside what the base shows. */
@ApplicationScoped
class Benchmarks {
    private static final Duration WINDOW = Duration.ofDays(Economics.ACTIVE_DAYS);
    /** Fewer tell nothing of a conversion. */
    private static final int PEOPLE_MIN = 30;

    private static final BigDecimal FIVE_POINTS = new BigDecimal("0.05");

    // Of who was known before the window: did they buy in it?
    /* language=PostgreSQL */
    private static final String CONVERSIONS = """
            select count(*) filter (where k.bought_before) as existing,
              count(*) filter (where k.bought_before and b.customer_id is not null) as existing_bought,
              count(*) filter (where not k.bought_before) as fresh,
              count(*) filter (where not k.bought_before and b.customer_id is not null) as fresh_bought
            from (
              select m.customer_id, m.first_order_at < $1 as bought_before
              from customer_metric m
              join customer_fact c on c.customer_id = m.customer_id
              where m.first_order_at < $1 or c.registered_at < $1) k
            left join (
              select distinct customer_id
              from order_fact
              where counts and ordered_at >= $1 and ordered_at < $2) b on b.customer_id = k.customer_id
            """;

    private final Pool pool;
    private final LiveInputs live;
    private final Clock clock;

    Benchmarks(Pool pool, LiveInputs live, Clock clock) {
        this.pool = pool;
        this.live = live;
        this.clock = clock;
    }

    Uni<BenchmarkReport> report() {
        Instant now = clock.instant();
        return live.measure(Economics.MONTHS, Economics.ACTIVE_DAYS)
                .chain(measured -> conversion(now)
                        .map(conversion ->
                                new BenchmarkReport(now, List.of(retention(measured.inputs()), conversion))));
    }

    private static BenchmarkView retention(GrowthInputs inputs) {
        return new BenchmarkView(
                BenchmarkName.RETENTION_TO_PROFIT,
                "Удержание клиентов на 5 % выше даёт от 25 до 95 % прибыли",
                "5 % more customers retained bring 25 to 95 % more profit",
                "The lecture \"Introduction to CRM marketing\", which quotes a business school: Reichheld, Schefter, Harvard Business "
                        + "School 2000, on other companies and over the whole life of a customer",
                BenchmarkUnit.PERCENT,
                new BigDecimal("25"),
                new BigDecimal("95"),
                retained(inputs),
                "Revenue of twelve months by the growth model with the live base's inputs (getLiveInputs), keptShare 5 percentage points "
                        + "more and churnShare 5 points less, against the same without: per cent. Profit grows by as much where the margin is "
                        + "a fixed part of revenue and retaining costs nothing",
                List.of());
    }

    /** @return null where there is no revenue to compare with */
    private static @Nullable BigDecimal retained(GrowthInputs inputs) {
        GrowthInputs better = new GrowthInputs(
                inputs.clients(),
                inputs.inflow(),
                inputs.keptShare().add(FIVE_POINTS).min(BigDecimal.ONE),
                inputs.churnShare().subtract(FIVE_POINTS).max(BigDecimal.ZERO),
                inputs.averageBill(),
                inputs.transactions());
        var effect = new GrowthModel(better, Economics.MONTHS)
                .view("", new GrowthModel(inputs, Economics.MONTHS))
                .effect();
        return effect == null ? null : effect.revenueGrowthPercent();
    }

    private Uni<BenchmarkView> conversion(Instant now) {
        return pool.preparedQuery(CONVERSIONS)
                .execute(Params.of(now.minus(WINDOW).atOffset(ZoneOffset.UTC), now.atOffset(ZoneOffset.UTC)))
                .map(rows -> conversion(rows.iterator().next()));
    }

    private static BenchmarkView conversion(Row row) {
        ShareView existing = ShareView.of(row.getLong("existing_bought"), row.getLong("existing"));
        ShareView fresh = ShareView.of(row.getLong("fresh_bought"), row.getLong("fresh"));
        return new BenchmarkView(
                BenchmarkName.EXISTING_TO_NEW_CONVERSION,
                "Конвертировать существующего клиента в 9 раз легче",
                "An existing client is 9 times easier to convert",
                "The lecture \"Introduction to CRM marketing\"; it names no source",
                BenchmarkUnit.TIMES,
                BigDecimal.valueOf(9),
                BigDecimal.valueOf(9),
                times(existing, fresh),
                "Of customers who had ordered before the last 90 days, the share that ordered in them / the same of those who were "
                        + "registered before and had not ordered; from 30 people in each. A shop that registers people as they order "
                        + "knows hardly anybody of the second kind",
                List.of(existing, fresh));
    }

    private static @Nullable BigDecimal times(ShareView existing, ShareView fresh) {
        return Math.min(existing.of(), fresh.of()) < PEOPLE_MIN || fresh.count() == 0
                ? null
                : BigDecimal.valueOf(existing.count())
                        .multiply(BigDecimal.valueOf(fresh.of()))
                        .divide(BigDecimal.valueOf(existing.of() * fresh.count()), 2, RoundingMode.HALF_UP);
    }
}
