package io.snowball.segmentation.repeat;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.money.Money;
import io.snowball.segmentation.repeat.RepeatApi.ProductKind;
import io.snowball.segmentation.report.Period;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counting for these reports, one statement each. */
@ApplicationScoped
class RepeatSql {
    // $1 from, $2 to, $3 windowDays, $4 how many purchases. Only purchases whose window has ended by $2 can be judged.
    /* language=PostgreSQL */
    private static final String FREQUENCY = """
            with numbered as (
              select o.ordered_at, row_number() over mine as place, lead(o.ordered_at) over mine as next_at
              from order_fact o
              where o.counts and o.ordered_at < $2::timestamptz
              window mine as (partition by o.customer_id order by o.ordered_at, o.order_id)),
            judged as (
              select place, next_at is null as last,
                ordered_at >= $1::timestamptz and ordered_at < $2::timestamptz - make_interval(days => $3) as watched,
                coalesce(next_at <= ordered_at + make_interval(days => $3), false) as again
              from numbered
              where place <= $4)
            select place::int, count(*) filter (where watched) as customers, count(*) filter (where watched and again) as again,
              count(*) filter (where last) as standing
            from judged
            group by place
            order by place
            limit 100
            """;

    // The first purchase of each product by each customer in the period; the row without a product is of all of them
    // together. An order of the same moment is the same visit. The next visit is found along the index once for all
    // products of a visit, and not looked up for each.
    /* language=PostgreSQL */
    @SuppressWarnings("InlineFormatString") // SQL stands above its method
    private static final String PRODUCTS = """
            with bought as (
              select l.%1$s as product, l.customer_id, min(l.ordered_at) as bought_at
              from order_line_fact l
              where l.%1$s is not null and l.ordered_at >= $1::timestamptz
                and l.ordered_at < $2::timestamptz - make_interval(days => $3)
              group by 1, 2),
            visit as (
              select customer_id, ordered_at, lead(ordered_at) over (partition by customer_id order by ordered_at) as next_at
              from (
                select distinct customer_id, ordered_at
                from order_fact
                where counts and ordered_at >= $1::timestamptz and ordered_at < $2::timestamptz) o),
            followed as (
              select b.product, coalesce(v.next_at <= b.bought_at + make_interval(days => $3), false) as again
              from bought b
              left join visit v on v.customer_id = b.customer_id and v.ordered_at = b.bought_at)
            select product, count(*) as customers, count(*) filter (where again) as again
            from followed
            group by grouping sets ((product), ())
            having grouping(product) = 1 or count(*) >= $4
            order by product nulls first
            limit 100000
            """;

    // $1 the end, $2 loyalFromOrders, $3 activeDays.
    /* language=PostgreSQL */
    private static final String FUNNEL = """
            with word as (
              select distinct on (f.customer_id) f.customer_id, f.score
              from feedback_fact f
              where f.kind = 'NPS' and f.answered_at < $1::timestamptz
              order by f.customer_id, f.answered_at desc, f.answer_id desc),
            invited as (
              select f.inviter_id as customer_id, count(*) as times
              from referral_fact f
              where f.state = 'REWARDED' and f.changed_at < $1::timestamptz
              group by 1),
            person as (
              select max(w.score) as nps, max(i.times) as invited, count(o.order_id) as orders, coalesce(sum(o.amount), 0) as revenue,
                coalesce(max(o.ordered_at) >= $1::timestamptz - make_interval(days => $3), false) as active
              from customer_fact c
              left join order_fact o on o.customer_id = c.customer_id and o.counts and o.ordered_at < $1::timestamptz
              left join word w on w.customer_id = c.customer_id
              left join invited i on i.customer_id = c.customer_id
              group by c.customer_id
              having count(o.order_id) > 0 or c.registered_at < $1::timestamptz)
            select case when orders = 0 then 0 when orders = 1 then 1 when orders < $2 then 2
              when nps >= 9 or (nps is null and invited > 0) then 4 else 3 end as level,
              count(*) as customers, count(nps) as answered, count(*) filter (where active) as active, sum(revenue)::bigint as revenue
            from person
            group by 1
            """;

    record Step(int purchase, long customers, long again, long standing) {}

    /** @param product null for all of them together */
    record Bought(@Nullable String product, long customers, long again) {}

    /** @param answered who of them ever said how likely they recommend the company */
    record Standing(int level, long customers, long answered, long active, Money revenue) {}

    Uni<List<Step>> frequency(SqlClient client, Period period, int windowDays, int purchases) {
        return client.preparedQuery(FREQUENCY)
                .execute(Params.of(period.start(), period.end(), windowDays, purchases))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Step(
                                row.getInteger("place"),
                                row.getLong("customers"),
                                row.getLong("again"),
                                row.getLong("standing"))));
    }

    Uni<List<Bought>> products(SqlClient client, Period period, ProductKind by, int windowDays, int customersMin) {
        String column = switch (by) {
            case SKU -> "sku";
            case CATEGORY -> "category";
        };
        return client.preparedQuery(PRODUCTS.formatted(column))
                .execute(Params.of(period.start(), period.end(), windowDays, customersMin))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Bought(row.getString("product"), row.getLong("customers"), row.getLong("again"))));
    }

    Uni<List<Standing>> funnel(SqlClient client, Period period, int loyalFromOrders, int activeDays) {
        return client.preparedQuery(FUNNEL)
                .execute(Params.of(period.end(), loyalFromOrders, activeDays))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Standing(
                                row.getInteger("level"),
                                row.getLong("customers"),
                                row.getLong("answered"),
                                row.getLong("active"),
                                new Money(row.getLong("revenue")))));
    }
}
