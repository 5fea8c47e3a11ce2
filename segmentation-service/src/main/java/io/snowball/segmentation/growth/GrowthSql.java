package io.snowball.segmentation.growth;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.segmentation.report.Period;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counting for the levers and for Ansoff's matrix. */
@ApplicationScoped
class GrowthSql {
    /* language=PostgreSQL */
    private static final String SALES = """
            select count(distinct customer_id) as clients, count(*) as client_months, coalesce(sum(orders), 0)::bigint as orders,
              coalesce(sum(revenue), 0)::bigint as revenue
            from (
              select customer_id, date_trunc('month', ordered_at at time zone 'UTC') as month, count(*) as orders,
                sum(amount) as revenue
              from order_fact
              where counts and ordered_at >= $1 and ordered_at < $2
              group by 1, 2) monthly
            """;

    // Whether a product was sold before is looked up once per product, by the index that begins with it.
    /* language=PostgreSQL */
    private static final String ANSOFF = """
            with bought as (
              select o.order_id, o.customer_id, o.amount, exists (
                select from order_fact p
                where p.customer_id = o.customer_id and p.counts and p.ordered_at < $1) as old_customer
              from order_fact o
              where o.counts and o.ordered_at >= $1 and o.ordered_at < $2),
            line as (
              select b.order_id, b.customer_id, b.old_customer, l.sku, l.category, l.amount, l.quantity
              from bought b
              join order_line_fact l on l.customer_id = b.customer_id and l.order_id = b.order_id),
            product as (
              select s.sku, exists (
                select from order_line_fact e where e.sku = s.sku and e.ordered_at < $1) as old_product
              from (select distinct sku from line) s),
            field as (
              select l.old_customer, p.old_product, count(distinct l.customer_id) as customers, sum(l.amount)::bigint as revenue
              from line l
              join product p on p.sku = l.sku
              group by 1, 2)
            select f.old_customer, f.old_product, f.customers, f.revenue, null::bigint as orders, null::bigint as pieces,
              null::numeric as categories
            from field f
            union all
            select null, null, count(distinct customer_id) filter (where old_customer), coalesce(sum(amount), 0)::bigint,
              count(*) filter (where old_customer),
              (select coalesce(sum(quantity), 0)::bigint from line where old_customer),
              (select round(avg(c.categories), 2)
               from (
                 select count(distinct category) as categories
                 from line
                 where old_customer and category is not null
                 group by order_id) c)
            from bought
            """;

    // Who was invited and first ordered in the period.
    /* language=PostgreSQL */
    private static final String REFERRED = """
            with fresh as (
              select i.customer_id
              from (
                select distinct f.invited_id as customer_id
                from referral_fact f
                where f.state <> 'VOID' and f.invited_at < $2) i
              cross join lateral (
                select min(o.ordered_at) as first_at
                from order_fact o
                where o.customer_id = i.customer_id and o.counts) b
              where b.first_at >= $1 and b.first_at < $2)
            select count(*) as invitations, count(distinct r.inviter_id) as inviters, (select count(*) from fresh) as customers,
              (select coalesce(sum(o.amount), 0)::bigint
               from fresh f
               join order_fact o on o.customer_id = f.customer_id and o.counts and o.ordered_at >= $1 and o.ordered_at < $2) as revenue
            from referral_fact r
            where r.state <> 'VOID' and r.invited_at >= $1 and r.invited_at < $2
            """;

    record Sales(long clients, long clientMonths, long orders, long revenue) {}

    record Field(boolean oldCustomer, boolean oldProduct, long customers, long revenue) {}

    /** @param customers who were invited and first ordered in the period; the revenue is theirs */
    record Referred(long invitations, long inviters, long customers, long revenue) {}

    /** @param oldCustomers with an order in the period, and their orders, pieces and categories an order */
    record Matrix(
            List<Field> fields,
            long revenue,
            long oldCustomers,
            long oldOrders,
            long oldPieces,
            @Nullable BigDecimal oldCategories,
            Referred referred) {}

    Uni<Sales> sales(SqlClient client, Period period) {
        return client.preparedQuery(SALES)
                .execute(Params.of(period.start(), period.end()))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new Sales(
                            row.getLong("clients"),
                            row.getLong("client_months"),
                            row.getLong("orders"),
                            row.getLong("revenue"));
                });
    }

    Uni<Matrix> matrix(SqlClient client, Period period) {
        return client.preparedQuery(ANSOFF)
                .execute(Params.of(period.start(), period.end()))
                .chain(rows -> referred(client, period).map(referred -> matrix(Rows.list(rows, row -> row), referred)));
    }

    private static Uni<Referred> referred(SqlClient client, Period period) {
        return client.preparedQuery(REFERRED)
                .execute(Params.of(period.start(), period.end()))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new Referred(
                            row.getLong("invitations"),
                            row.getLong("inviters"),
                            row.getLong("customers"),
                            row.getLong("revenue"));
                });
    }

    private static Matrix matrix(List<Row> rows, Referred referred) {
        Row all = rows.stream()
                .filter(row -> row.getBoolean("old_customer") == null)
                .findFirst()
                .orElseThrow();
        List<Field> fields = rows.stream()
                .filter(row -> row.getBoolean("old_customer") != null)
                .map(row -> new Field(
                        row.getBoolean("old_customer"),
                        row.getBoolean("old_product"),
                        row.getLong("customers"),
                        row.getLong("revenue")))
                .toList();
        return new Matrix(
                fields,
                all.getLong("revenue"),
                all.getLong("customers"),
                all.getLong("orders"),
                all.getLong("pieces"),
                all.getBigDecimal("categories"),
                referred);
    }
}
