package io.snowball.segmentation.economics;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.money.Money;
import io.snowball.segmentation.Binds;
import io.snowball.segmentation.economics.EconomicsApi.DoublingInputs;
import io.snowball.segmentation.economics.EconomicsApi.LoyaltyInputs;
import io.snowball.segmentation.economics.EconomicsApi.LoyaltyLevelInputs;
import io.snowball.segmentation.rfm.RfmCase;
import io.snowball.segmentation.rfm.RfmCell;
import io.snowball.segmentation.rfm.RfmSettings;
import io.snowball.segmentation.rfm.RfmSettingsSql;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** What the base shows for the doubling model, the loyalty programme and the offers: the year up to now. */
@ApplicationScoped
class LiveSales {
    private static final Duration YEAR = Duration.ofDays(365);
    private static final int MONTHS = 12;

    // Level 1: one order ever, 2: fewer than $3, 3: more. Only who bought in the year: the programme is for them.
    /* language=PostgreSQL */
    private static final String LEVELS = """
            select case when m.orders_count = 1 then 'New' when m.orders_count < $3 then 'Repeat' else 'Loyal' end as level,
              count(*) as customers, sum(y.orders)::bigint as orders, sum(y.revenue)::bigint as revenue
            from (
              select customer_id, count(*) as orders, sum(amount) as revenue
              from order_fact
              where counts and ordered_at > $1 and ordered_at <= $2
              group by customer_id) y
            join customer_metric m on m.customer_id = y.customer_id
            where m.orders_count > 0
            group by 1
            order by min(m.orders_count)
            """;

    // Months are twelfths of the year; who orders in one is a client of it.
    /* language=PostgreSQL */
    private static final String MONTHLY = """
            with client as (
              select customer_id, floor(extract(epoch from $2::timestamptz - ordered_at) / 2628000) as month, count(*) as orders,
                sum(amount) as revenue
              from order_fact
              where counts and ordered_at > $1::timestamptz and ordered_at <= $2::timestamptz
              group by 1, 2)
            select count(*) as client_months, coalesce(sum(orders), 0)::bigint as orders,
              coalesce(sum(revenue), 0)::bigint as revenue,
              (select count(*) from customer_metric m join customer_fact c on c.customer_id = m.customer_id
               where m.orders_count > 0 or c.registered_at <= $2::timestamptz) as reach
            from client
            """;

    /* language=PostgreSQL */
    @SuppressWarnings("InlineFormatString") // SQL stands above its method
    private static final String CELLS = """
            select x.cell, count(*) as customers, coalesce(sum(y.revenue), 0)::bigint as revenue
            from (select m.customer_id, %s as cell from customer_metric m where m.orders_count > 0) x
            left join (
              select customer_id, sum(amount) as revenue
              from order_fact
              where counts and ordered_at > %s and ordered_at <= %s
              group by customer_id) y on y.customer_id = x.customer_id
            group by x.cell
            """;

    private final Pool pool;
    private final RfmSettingsSql settings;
    private final Clock clock;

    LiveSales(Pool pool, RfmSettingsSql settings, Clock clock) {
        this.pool = pool;
        this.settings = settings;
        this.clock = clock;
    }

    /** What nobody can measure before: it is supposed. */
    record Assumptions(
            BigDecimal discountShare,
            BigDecimal responseShare,
            BigDecimal extraPurchasesShare,
            BigDecimal marginShare,
            Money fixedCost) {}

    /** @param revenue of the year */
    record Cell(RfmCell cell, long customers, Money revenue) {}

    Uni<LoyaltyInputs> loyalty(Assumptions assumed) {
        Instant now = clock.instant();
        return settings.current(pool)
                .chain(rfm -> pool.preparedQuery(LEVELS)
                        .execute(Params.of(utc(now.minus(YEAR)), utc(now), rfm.loyalFromOrders())))
                .map(rows -> new LoyaltyInputs(
                        Rows.list(rows, row -> level(row, assumed)), assumed.marginShare(), assumed.fixedCost()));
    }

    private static LoyaltyLevelInputs level(Row row, Assumptions assumed) {
        long customers = row.getLong("customers");
        long orders = row.getLong("orders");
        return new LoyaltyLevelInputs(
                row.getString("level"),
                customers,
                divided(orders, customers),
                new Money(row.getLong("revenue")).dividedBy(orders),
                assumed.discountShare(),
                assumed.responseShare(),
                assumed.extraPurchasesShare());
    }

    Uni<DoublingInputs> doubling(BigDecimal growth) {
        Instant now = clock.instant();
        return pool.preparedQuery(MONTHLY)
                .execute(Params.of(utc(now.minus(YEAR)), utc(now)))
                .map(rows -> doubling(rows.iterator().next(), growth));
    }

    private static DoublingInputs doubling(Row row, BigDecimal growth) {
        long clientMonths = row.getLong("client_months");
        long orders = row.getLong("orders");
        long reach = row.getLong("reach");
        return new DoublingInputs(
                BigDecimal.valueOf(reach),
                divided(clientMonths, reach * MONTHS),
                orders == 0 ? Money.ZERO : new Money(row.getLong("revenue")).dividedBy(orders),
                divided(orders, clientMonths),
                growth);
    }

    Uni<List<Cell>> cells() {
        Instant now = clock.instant();
        return pool.withTransaction(tx -> settings.current(tx).chain(rfm -> cells(tx, rfm, now)));
    }

    private static Uni<List<Cell>> cells(SqlConnection tx, RfmSettings rfm, Instant now) {
        Binds binds = new Binds();
        String sql = CELLS.formatted(RfmCase.cellOf(rfm, now, binds), binds.bind(now.minus(YEAR)), binds.bind(now));
        return tx.preparedQuery(sql)
                .execute(binds.tuple())
                .map(rows -> Rows.list(
                        rows,
                        row -> new Cell(
                                RfmCell.valueOf(row.getString("cell")),
                                row.getLong("customers"),
                                new Money(row.getLong("revenue")))));
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static BigDecimal divided(long what, long by) {
        return by == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(what).divide(BigDecimal.valueOf(by), 6, RoundingMode.HALF_UP);
    }
}
