package io.snowball.segmentation.report;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.money.Money;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;

/** Counting for the reports, one statement each. */
@ApplicationScoped
class ReportSql {
    // $1 from, $2 to, $3 activeDays. What is asked of buyers is asked of those of the period only, by their own index.
    /* language=PostgreSQL */
    private static final String FIGURES = """
            with bought as (
              select customer_id, count(*) as orders, sum(amount)::bigint as revenue
              from order_fact
              where counts and ordered_at >= $1::timestamptz and ordered_at < $2::timestamptz
              group by 1),
            at_start as (
              select distinct customer_id
              from order_fact
              where counts and ordered_at >= $1::timestamptz - make_interval(days => $3) and ordered_at < $1::timestamptz),
            at_end as (
              select distinct customer_id
              from order_fact
              where counts and ordered_at >= $2::timestamptz - make_interval(days => $3) and ordered_at < $2::timestamptz),
            lost as (
              select customer_id from at_start except select customer_id from at_end),
            gaps as (
              select g.ordered_at, g.gap
              from (
                select o.ordered_at,
                  o.ordered_at - lag(o.ordered_at) over (partition by o.customer_id order by o.ordered_at, o.order_id) as gap
                from bought b
                join order_fact o on o.customer_id = b.customer_id and o.counts and o.ordered_at < $2::timestamptz) g
              where g.ordered_at >= $1::timestamptz and g.gap is not null),
            lives as (
              select max(o.ordered_at) - min(o.ordered_at) as life
              from lost l
              join order_fact o on o.customer_id = l.customer_id and o.counts and o.ordered_at < $2::timestamptz
              group by l.customer_id)
            select (select count(*) from bought) as payers,
              (select coalesce(sum(orders), 0)::bigint from bought) as orders,
              (select coalesce(sum(revenue), 0)::bigint from bought) as revenue,
              (select count(*) from customer_fact c where c.registered_at < $2::timestamptz or exists (
                select from order_fact o
                where o.customer_id = c.customer_id and o.counts and o.ordered_at < $2::timestamptz)) as reach,
              (select count(*) from at_start) as at_start,
              (select count(*) from at_end) as at_end,
              (select count(*) from at_end e where not exists (
                select from order_fact o
                where o.customer_id = e.customer_id and o.counts and o.ordered_at < $1::timestamptz)) as new_at_end,
              (select count(*) from lost) as lost,
              (select count(*) from gaps) as gaps,
              (select coalesce(avg(extract(epoch from gap)), 0)::float8 from gaps) as gap_seconds,
              (select coalesce(avg(extract(epoch from life)), 0)::float8 from lives) as lost_life_seconds,
              (select coalesce(sum(o.amount), 0)::bigint
               from bought b
               join order_fact o on o.customer_id = b.customer_id and o.counts and o.ordered_at < $2::timestamptz) as ever,
              (select count(*) from customer_prediction) as scored,
              (select coalesce(sum(potential), 0)::bigint from customer_prediction) as potential
            """;

    /* language=PostgreSQL */
    private static final String COHORTS = """
            with member as (
              select customer_id, (date_trunc('month', first_order_at at time zone 'UTC'))::date as cohort
              from customer_metric
              where orders_count > 0 and first_order_at >= $1::timestamptz and first_order_at < $2::timestamptz),
            monthly as (
              select m.cohort, (date_trunc('month', o.ordered_at at time zone 'UTC'))::date as month, o.customer_id,
                sum(o.amount) as amount
              from member m
              join order_fact o on o.customer_id = m.customer_id and o.counts and o.ordered_at < $2::timestamptz
              group by 1, 2, 3)
            select cohort,
              ((extract(year from month) - extract(year from cohort)) * 12 + extract(month from month)
                - extract(month from cohort))::int as months_after,
              count(*) as customers, sum(amount)::bigint as revenue
            from monthly
            group by 1, 2
            order by 1, 2
            limit 20000
            """;

    // The sum so far runs from the best customer on; rank decides among equals, so that the answer is always the same.
    /* language=PostgreSQL */
    private static final String PARETO = """
            with bought as (
              select customer_id, sum(amount)::bigint as revenue
              from order_fact
              where counts and ordered_at >= $1 and ordered_at < $2
              group by 1),
            ranked as (
              select row_number() over best as place, (sum(revenue) over best)::bigint as so_far
              from bought
              window best as (order by revenue desc, customer_id rows unbounded preceding)),
            total as (
              select count(*) as customers, coalesce(sum(revenue), 0)::bigint as revenue
              from bought)
            select t.customers, t.revenue, p.percent, ceil(t.customers * p.percent / 100.0)::bigint as best,
              coalesce((select so_far from ranked where place = ceil(t.customers * p.percent / 100.0)), 0)::bigint as best_revenue,
              coalesce((select min(place) from ranked where so_far >= 0.8 * t.revenue), 0)::bigint as best_of_80
            from total t
            cross join unnest($3::int[]) as p (percent)
            order by p.percent
            """;

    /* language=PostgreSQL */
    private static final String SECOND = """
            with followed as (
              select count(*) as orders, sum(o.amount)::bigint as revenue,
                (array_agg(o.amount order by o.ordered_at, o.order_id))[1] as first_revenue,
                m.first_order_at > $4::timestamptz - make_interval(days => $3) as open
              from customer_metric m
              join order_fact o on o.customer_id = m.customer_id and o.counts
                and o.ordered_at <= m.first_order_at + make_interval(days => $3)
              where m.first_order_at >= $1::timestamptz and m.first_order_at < $2::timestamptz
              group by m.customer_id, m.first_order_at)
            select count(*) as customers, count(*) filter (where orders > 1) as returned,
              count(*) filter (where orders = 1 and open) as undecided,
              coalesce(sum(revenue), 0)::bigint as turnover,
              coalesce(sum(revenue - first_revenue), 0)::bigint as further
            from followed
            """;

    record CohortCell(LocalDate cohort, int offset, long customers, Money revenue) {}

    record ParetoCell(long customers, Money revenue, int percent, long best, Money bestRevenue, long bestOf80) {}

    record Second(long customers, long returned, long undecided, Money turnover, Money further) {}

    Uni<Figures> figures(SqlClient client, Period period, int activeDays) {
        return client.preparedQuery(FIGURES)
                .execute(Params.of(period.start(), period.end(), activeDays))
                .map(rows -> figures(rows.iterator().next()));
    }

    private static Figures figures(Row row) {
        return new Figures(
                new Figures.Sales(
                        row.getLong("payers"), row.getLong("orders"), row.getLong("revenue"), row.getLong("reach")),
                new Figures.Clients(
                        row.getLong("at_start"), row.getLong("at_end"), row.getLong("new_at_end"), row.getLong("lost")),
                new Figures.Lives(
                        row.getLong("gaps"),
                        row.getDouble("gap_seconds"),
                        row.getDouble("lost_life_seconds"),
                        row.getLong("ever")),
                new Figures.Potentials(row.getLong("scored"), row.getLong("potential")));
    }

    /** In the order of cohort and month; months without an order are not there. */
    Uni<List<CohortCell>> cohorts(SqlClient client, Period period) {
        return client.preparedQuery(COHORTS)
                .execute(Params.of(period.start(), period.end()))
                .map(rows -> Rows.list(
                        rows,
                        row -> new CohortCell(
                                row.getLocalDate("cohort"),
                                row.getInteger("months_after"),
                                row.getLong("customers"),
                                new Money(row.getLong("revenue")))));
    }

    Uni<List<ParetoCell>> pareto(SqlClient client, Period period, Integer[] percents) {
        return client.preparedQuery(PARETO)
                .execute(Params.of(period.start(), period.end(), percents))
                .map(rows -> Rows.list(
                        rows,
                        row -> new ParetoCell(
                                row.getLong("customers"),
                                new Money(row.getLong("revenue")),
                                row.getInteger("percent"),
                                row.getLong("best"),
                                new Money(row.getLong("best_revenue")),
                                row.getLong("best_of_80"))));
    }

    Uni<Second> second(SqlClient client, Period period, int windowDays, OffsetDateTime now) {
        return client.preparedQuery(SECOND)
                .execute(Params.of(period.start(), period.end(), windowDays, now))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new Second(
                            row.getLong("customers"),
                            row.getLong("returned"),
                            row.getLong("undecided"),
                            new Money(row.getLong("turnover")),
                            new Money(row.getLong("further")));
                });
    }
}
