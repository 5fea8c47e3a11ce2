package io.snowball.segmentation.plan;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.segmentation.report.Period;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** The figures of all eight questions, of one moment. */
@ApplicationScoped
class QuestionSql {
    private static final int ACTIVE_DAYS = 90;

    // $1 from, $2 to, $3 how long somebody is a client after an order.
    /* language=PostgreSQL */
    private static final String FIGURES = """
            with person as (
              select c.customer_id, c.registered_at, c.has_email or c.has_phone as reachable, count(o.order_id) as orders,
                count(o.order_id) filter (where o.ordered_at >= $1::timestamptz) as orders_now,
                min(o.ordered_at) as first_at, max(o.ordered_at) as last_at
              from customer_fact c
              left join order_fact o on o.customer_id = c.customer_id and o.counts and o.ordered_at < $2::timestamptz
              group by c.customer_id
              having count(o.order_id) > 0 or c.registered_at < $2::timestamptz),
            counted as (
              select count(*) as known, count(*) filter (where reachable) as reachable,
                count(*) filter (where orders > 0) as buyers, count(*) filter (where orders = 1) as one_time,
                count(*) filter (where orders_now > 0) as payers,
                count(*) filter (where orders_now > 0 and first_at < $1::timestamptz) as returning,
                count(*) filter (where last_at >= $2::timestamptz - make_interval(days => $3)) as clients,
                percentile_cont(0.5) within group (order by extract(epoch from first_at - registered_at)::float8)
                  filter (where first_at >= $1::timestamptz and first_at >= registered_at) as decision,
                avg(extract(epoch from last_at - first_at)::float8)
                  filter (where last_at < $2::timestamptz - make_interval(days => $3)) as life,
                avg((extract(epoch from last_at - first_at) / nullif(orders - 1, 0))::float8) filter (where orders > 1) as gap
              from person),
            came_back as (
              select count(*) as orders, count(*) filter (where returned > 0) as returned
              from order_fact
              where ordered_at >= $1::timestamptz and ordered_at < $2::timestamptz and (counts or returned > 0)),
            message as (
              select count(*) as sent, count(distinct campaign_id) as campaigns, count(distinct channel) as channels,
                count(opened_at) as opened
              from message_fact
              where not bounced and sent_at >= $1::timestamptz and sent_at < $2::timestamptz),
            again as (
              select extract(epoch from ordered_at - lag(ordered_at) over (
                partition by customer_id, sku order by ordered_at, order_id))::float8 as gap, ordered_at
              from order_line_fact
              where ordered_at < $2::timestamptz)
            select p.known, p.reachable, p.buyers, p.one_time, p.payers, p.returning, p.clients, p.decision, p.life, p.gap,
              b.orders as all_orders, b.returned, m.sent, m.campaigns, m.channels, m.opened,
              (select percentile_cont(0.5) within group (order by gap) from again
               where gap > 0 and ordered_at >= $1::timestamptz) as product_gap
            from counted p, came_back b, message m
            """;

    Uni<Map<String, BigDecimal>> figures(SqlClient client, Period period) {
        return client.preparedQuery(FIGURES)
                .execute(Params.of(period.start(), period.end(), ACTIVE_DAYS))
                .map(rows -> figures(rows.iterator().next()));
    }

    /** By the names of the columns; what is null is not there. */
    private static Map<String, BigDecimal> figures(Row row) {
        Map<String, BigDecimal> figures = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
            Object value = row.getValue(i);
            if (value instanceof Number number) {
                figures.put(row.getColumnName(i), new BigDecimal(number.toString()));
            }
        }
        return figures;
    }
}
