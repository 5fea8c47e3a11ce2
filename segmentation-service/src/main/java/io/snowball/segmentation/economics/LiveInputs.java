package io.snowball.segmentation.economics;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.money.Money;
import io.snowball.segmentation.economics.EconomicsApi.GrowthInputs;
import io.snowball.segmentation.economics.EconomicsApi.LiveInputsView;
import io.snowball.segmentation.economics.EconomicsApi.LivePopulation;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** The inputs of the growth model as the base shows them: the last whole months. */
@ApplicationScoped
class LiveInputs {
    // $1 from, $2 to, $3 days after the last order in which somebody is a client, $4 now. Months are UTC.
    /* language=PostgreSQL */
    private static final String MEASURE = """
            with edge as (
              select s.month at time zone 'UTC' as moment
              from generate_series($1::timestamptz at time zone 'UTC', $2::timestamptz at time zone 'UTC', interval '1 month')
                as s (month)),
            active as (
              select e.moment, o.customer_id
              from edge e
              join order_fact o
                on o.counts and o.ordered_at < e.moment and o.ordered_at >= e.moment - make_interval(days => $3)
              group by 1, 2),
            old as (
              select count(*) as client_months,
                count(*) filter (where not exists (
                  select from active n
                  where n.customer_id = a.customer_id
                    and n.moment = ((a.moment at time zone 'UTC') + interval '1 month') at time zone 'UTC')) as lost
              from active a
              where a.moment < $2),
            fresh as (
              select count(*) as all_new,
                count(*) filter (where m.first_order_at < $4::timestamptz - make_interval(days => $3)) as new_clients,
                count(*) filter (where m.first_order_at < $4::timestamptz - make_interval(days => $3) and exists (
                  select from order_fact o
                  where o.counts and o.customer_id = m.customer_id and o.ordered_at > m.first_order_at
                    and o.ordered_at <= m.first_order_at + make_interval(days => $3))) as kept
              from customer_metric m
              where m.first_order_at >= $1 and m.first_order_at < $2)
            select old.client_months, old.lost, fresh.all_new, fresh.new_clients, fresh.kept,
              (select count(*) from active where moment = $2) as clients,
              (select count(*) from order_fact where counts and ordered_at >= $1 and ordered_at < $2) as orders,
              (select coalesce(sum(amount), 0)::bigint from order_fact where counts and ordered_at >= $1 and ordered_at < $2)
                as revenue
            from old, fresh
            """;

    private final Pool pool;
    private final Clock clock;

    LiveInputs(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    Uni<LiveInputsView> measure(int months, int activeDays) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        OffsetDateTime to = LocalDate.from(now)
                .withDayOfMonth(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toOffsetDateTime();
        OffsetDateTime from = to.minusMonths(months);
        return pool.preparedQuery(MEASURE)
                .execute(Params.of(from, to, activeDays, now))
                .map(rows -> view(rows.iterator().next(), from, to, months, activeDays));
    }

    private static LiveInputsView view(Row row, OffsetDateTime from, OffsetDateTime to, int months, int activeDays) {
        LivePopulation population = new LivePopulation(
                row.getLong("client_months"),
                row.getLong("lost"),
                row.getLong("new_clients"),
                row.getLong("kept"),
                row.getLong("orders"),
                new Money(row.getLong("revenue")));
        long buyingMonths = population.clientMonths() + row.getLong("all_new");
        GrowthInputs inputs = new GrowthInputs(
                BigDecimal.valueOf(row.getLong("clients")),
                divided(row.getLong("all_new"), months, 4),
                divided(population.kept(), population.newClients(), 6),
                divided(population.lost(), population.clientMonths(), 6),
                population.orders() == 0 ? Money.ZERO : population.revenue().dividedBy(population.orders()),
                divided(population.orders(), buyingMonths, 6));
        return new LiveInputsView(from.toInstant(), to.toInstant(), months, activeDays, inputs, population);
    }

    /** 0 where there is nothing to divide by. */
    private static BigDecimal divided(long what, long by, int scale) {
        return by == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(what).divide(BigDecimal.valueOf(by), scale, RoundingMode.HALF_UP);
    }
}
