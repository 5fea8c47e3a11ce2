package io.snowball.segmentation.rfm;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Rows;
import io.snowball.platform.money.Money;
import io.snowball.segmentation.Binds;
import io.snowball.segmentation.rfm.RfmHistoryApi.CustomerRfmCell;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The cells of the past, counted from the facts: a cell is a function of orders, thresholds and time, so nothing has to be kept, and
 * other thresholds have a past at once. An order returned since counts at no time.
 */
@ApplicationScoped
class RfmHistorySql {
    // Orders are summed up once, by the gap between two moments that they fall into; a moment adds the gaps before it.
    /* language=PostgreSQL */
    @SuppressWarnings("InlineFormatString") // SQL stands above its method
    private static final String CELLED = """
            with moment as (
              select t.at, t.place from unnest(%1$s) with ordinality as t (at, place)),
            gap as (
              select o.customer_id, width_bucket(o.ordered_at, %1$s) as place, count(*) as n, sum(o.amount) as amount,
                min(o.ordered_at) as first_at, max(o.ordered_at) as last_at
              from order_fact o
              join customer_fact c on c.customer_id = o.customer_id
              where o.counts and o.ordered_at < (select max(at) from moment)
              group by 1, 2),
            m as (
              select g.customer_id, t.at, sum(g.n)::int as orders_count, sum(g.amount)::bigint as revenue,
                min(g.first_at) as first_order_at, max(g.last_at) as last_order_at
              from moment t
              join gap g on g.place < t.place
              group by g.customer_id, t.at),
            celled as (
              select m.customer_id, m.at, m.revenue, %2$s as cell
              from m)
            """;

    /* language=PostgreSQL */
    private static final String COUNT = CELLED + """
            select at, cell, count(*) as customers, sum(revenue)::bigint as revenue
            from celled
            group by at, cell
            order by at
            """;

    /* language=PostgreSQL */
    @SuppressWarnings("InlineFormatString") // SQL stands above its method
    private static final String MOVED = CELLED + """
            select was.cell as from_cell, became.cell as to_cell, count(*) as customers
            from celled became
            left join celled was on was.customer_id = became.customer_id and was.at = %3$s
            where became.at = %4$s
            group by 1, 2
            order by 1 nulls first, 2
            """;

    // A cell can only change with an order or when a threshold's days have passed since one.
    /* language=PostgreSQL */
    @SuppressWarnings("InlineFormatString") // SQL stands above its method
    private static final String OF_CUSTOMER = """
            with bought as (
              select ordered_at, amount from order_fact where customer_id = %1$s and counts),
            event as (
              select ordered_at as at, 1 as n, amount, ordered_at from bought
              union all
              select ordered_at + make_interval(hours => d.hours::int), 0, 0, null
              from bought, unnest(array[%2$s, %3$s, %4$s]) as d (hours)),
            m as (
              select distinct at, (sum(n) over past)::int as orders_count, (sum(amount) over past)::bigint as revenue,
                min(ordered_at) over past as first_order_at, max(ordered_at) over past as last_order_at
              from event
              where at <= %5$s
              window past as (order by at)),
            celled as (
              select m.at, %6$s as cell
              from m),
            step as (
              select at, cell, lag(cell) over (order by at) as cell_before from celled)
            select at, cell from step
            where cell is distinct from cell_before
            order by at desc
            limit 200
            """;

    record Counted(Instant at, RfmCell cell, long customers, Money revenue) {}

    record Moved(@Nullable RfmCell from, RfmCell to, long customers) {}

    /** @param moments ascending */
    Uni<List<Counted>> count(SqlConnection tx, RfmSettings settings, List<Instant> moments) {
        Binds binds = new Binds();
        String sql = COUNT.formatted(binds.bind(moments), RfmCase.cellAt(settings, "m.at", binds));
        return tx.preparedQuery(sql)
                .execute(binds.tuple())
                .map(rows -> Rows.list(
                        rows,
                        row -> new Counted(
                                row.getOffsetDateTime("at").toInstant(),
                                RfmCell.valueOf(row.getString("cell")),
                                row.getLong("customers"),
                                new Money(row.getLong("revenue")))));
    }

    Uni<List<Moved>> moved(SqlConnection tx, RfmSettings settings, Instant from, Instant to) {
        Binds binds = new Binds();
        String sql = MOVED.formatted(
                binds.bind(List.of(from, to)),
                RfmCase.cellAt(settings, "m.at", binds),
                binds.bind(from),
                binds.bind(to));
        return tx.preparedQuery(sql).execute(binds.tuple()).map(rows -> Rows.list(rows, RfmHistorySql::moved));
    }

    private static Moved moved(Row row) {
        String from = row.getString("from_cell");
        return new Moved(
                from == null ? null : RfmCell.valueOf(from),
                RfmCell.valueOf(row.getString("to_cell")),
                row.getLong("customers"));
    }

    Uni<List<CustomerRfmCell>> ofCustomer(SqlConnection tx, RfmSettings settings, UUID customerId, Instant now) {
        Binds binds = new Binds();
        String sql = OF_CUSTOMER.formatted(
                binds.bind(customerId),
                hoursPast(settings.firstPurchaseDays(), binds),
                hoursPast(settings.activeDays(), binds),
                hoursPast(settings.atRiskDays(), binds),
                binds.bind(now),
                RfmCase.cellAt(settings, "m.at", binds));
        return tx.preparedQuery(sql)
                .execute(binds.tuple())
                .map(rows -> Rows.list(
                        rows,
                        row -> new CustomerRfmCell(
                                RfmCell.valueOf(row.getString("cell")),
                                row.getOffsetDateTime("at").toInstant())));
    }

    private static String hoursPast(int days, Binds binds) {
        return binds.bind(24L * (days + 1));
    }
}
