package io.snowball.segmentation.rfm;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Rows;
import io.snowball.platform.money.Money;
import io.snowball.segmentation.Binds;
import io.snowball.segmentation.rfm.RfmGridApi.RfmBands;
import io.snowball.segmentation.rfm.RfmGridApi.RfmGridBody;
import io.snowball.segmentation.rfm.RfmGridApi.RfmGridCell;
import io.snowball.segmentation.rfm.RfmGridApi.RfmMethod;
import io.snowball.segmentation.rfm.RfmGridApi.RfmScore;
import io.snowball.segmentation.rfm.RfmGridApi.RfmScores;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Scores by a declared grid. A score is the number of the band, and a band is told by where it begins. */
@ApplicationScoped
class RfmScoreSql {
    private static final int KOPECKS = 100;

    // %1$s whose metrics, %2$s the moment, %3$s where the bands begin, %4$s the cell by the scores of s.
    // percentile_cont interpolates
    // as R's type 7 does; sorting three numbers of a million buyers takes 2 to 3 s, ntile twice that.
    /* language=PostgreSQL */
    @SuppressWarnings("InlineFormatString") // SQL stands above its method
    private static final String SCORED = """
            with buyer as (
              select m.customer_id, m.orders_count, m.revenue,
                greatest(0, floor(extract(epoch from %2$s - m.last_order_at) / 86400))::double precision as days
              from %1$s m
              where m.orders_count > 0),
            band as materialized (
              %3$s),
            s as (
              select b.customer_id, b.orders_count, b.revenue,
                cardinality(band.days) + 1 - width_bucket(b.days, band.days) as r,
                width_bucket(b.orders_count::double precision, band.orders) + 1 as f,
                width_bucket(b.revenue::double precision, band.revenue) + 1 as m
              from buyer b
              cross join band),
            celled as (
              select s.*, %4$s as cell
              from s)
            """;

    /* language=PostgreSQL */
    @SuppressWarnings("InlineFormatString") // SQL stands above its method
    private static final String QUANTILES = """
            select
                array(select q + 1 from unnest(days) q order by q) as days,
                array(select q + 1 from unnest(orders) q order by q) as orders,
                array(select q + %2$d from unnest(revenue) q order by q) as revenue
              from (
                select percentile_cont(%1$s) within group (order by days) as days,
                  percentile_cont(%1$s) within group (order by orders_count) as orders,
                  percentile_cont(%1$s) within group (order by revenue) as revenue
                from buyer) quantile""";

    /* language=PostgreSQL */
    private static final String COUNT = SCORED + """
            select c.cell, c.customers, c.orders, c.revenue, band.days as day_bands, band.orders as order_bands,
              band.revenue as revenue_bands
            from band
            left join (
              select cell, count(*) as customers, sum(orders_count)::bigint as orders, sum(revenue)::bigint as revenue
              from celled
              group by cell) c on true
            """;

    /* language=PostgreSQL */
    @SuppressWarnings("InlineFormatString") // SQL stands above its method
    private static final String LIST = SCORED + """
            select customer_id, r, f, m, cell from celled
            where (%5$s is null or customer_id > %5$s) and (%6$s is null or cell = %6$s)
            order by customer_id
            limit %7$s
            """;

    record Counted(String code, long customers, long orders, Money revenue) {}

    record Counts(RfmBands bands, List<Counted> cells) {}

    /** @param before null for what is known now, which is in the metric table */
    record Moment(Instant at, @Nullable Instant before) {
        String population(Binds binds) {
            return before == null ? RfmPopulation.NOW : RfmPopulation.before(before, binds);
        }
    }

    Uni<Counts> count(SqlConnection tx, RfmGridBody grid, Moment moment) {
        Binds binds = new Binds();
        String sql = COUNT.formatted(
                moment.population(binds), binds.bind(moment.at()), bands(grid, binds), cell(grid, binds));
        return tx.preparedQuery(sql).execute(binds.tuple()).map(rows -> {
            Row first = rows.iterator().next();
            RfmBands bands = new RfmBands(
                    numbers(first, "day_bands", 1),
                    numbers(first, "order_bands", 1),
                    numbers(first, "revenue_bands", KOPECKS));
            return new Counts(
                    bands,
                    Rows.list(rows, RfmScoreSql::counted).stream()
                            .filter(c -> c.customers() > 0)
                            .toList());
        });
    }

    Uni<List<RfmScore>> list(
            SqlConnection tx, RfmGridBody grid, Moment moment, @Nullable String code, @Nullable UUID after, int limit) {
        Binds binds = new Binds();
        String sql = LIST.formatted(
                moment.population(binds),
                binds.bind(moment.at()),
                bands(grid, binds),
                cell(grid, binds),
                binds.bindOptional(after),
                binds.bindOptional(code),
                binds.bind(limit));
        return tx.preparedQuery(sql)
                .execute(binds.tuple())
                .map(rows -> Rows.list(
                        rows,
                        row -> new RfmScore(
                                row.getUUID("customer_id"),
                                row.getInteger("r"),
                                row.getInteger("f"),
                                row.getInteger("m"),
                                row.getString("cell"))));
    }

    private static Counted counted(Row row) {
        Long customers = row.getLong("customers");
        return customers == null
                ? new Counted("", 0, 0, Money.ZERO)
                : new Counted(
                        row.getString("cell"), customers, row.getLong("orders"), new Money(row.getLong("revenue")));
    }

    private static String bands(RfmGridBody grid, Binds binds) {
        if (grid.method() == RfmMethod.QUANTILES) {
            int bands = grid.scores(null);
            double[] fractions = IntStream.range(1, bands)
                    .mapToDouble(i -> (double) i / bands)
                    .toArray();
            return QUANTILES.formatted(binds.bind(fractions), KOPECKS);
        }
        // Days count from the day after the bound: up to and including it they are in the better band.
        return "select %s as days, %s as orders, %s as revenue"
                .formatted(
                        binds.bind(starts(grid.recencyDays(), days -> days + 1.0)),
                        binds.bind(starts(grid.orders(), Integer::doubleValue)),
                        binds.bind(starts(grid.revenue(), Money::kopecks)));
    }

    private static <T> double[] starts(@Nullable List<T> bounds, java.util.function.ToDoubleFunction<T> start) {
        return bounds == null
                ? new double[0]
                : bounds.stream().mapToDouble(start).toArray();
    }

    private static String cell(RfmGridBody grid, Binds binds) {
        StringBuilder sql = new StringBuilder("case");
        for (RfmGridCell cell : grid.cells()) {
            sql.append(" when ").append(within("s.r", cell.recency(), binds));
            sql.append(" and ").append(within("s.f", cell.frequency(), binds));
            sql.append(" and ").append(within("s.m", cell.monetary(), binds));
            sql.append(" then ").append(binds.bind(cell.code())).append('\n');
        }
        return sql.append(" else 'OTHERS' end").toString();
    }

    private static String within(String score, RfmScores range, Binds binds) {
        return score + " between " + binds.bind(range.from()) + " and " + binds.bind(range.to());
    }

    private static List<BigDecimal> numbers(Row row, String column, int unit) {
        Double[] starts = row.getArrayOfDoubles(column);
        return Arrays.stream(starts == null ? new Double[0] : starts)
                .map(start -> BigDecimal.valueOf(start / unit))
                .toList();
    }
}
