package io.snowball.segmentation.metric;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.money.Money;
import io.snowball.segmentation.Binds;
import io.snowball.segmentation.rfm.RfmCase;
import io.snowball.segmentation.rfm.RfmCell;
import io.snowball.segmentation.rfm.RfmSettings;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The metric table. */
@ApplicationScoped
public class MetricSql {
    /** Where a customer's time zone is not known. */
    private static final String HOME_ZONE = "Europe/Moscow";

    // An order may come before its customer; it is counted as soon as the customer is known. Rows that did not change
    // are not
    // written: an upsert of all would cost four times as much. mode() takes the earliest of hours that are equally
    // frequent.
    /* language=PostgreSQL */
    private static final String RECOMPUTE = """
            insert into customer_metric as m
              (customer_id, orders_count, revenue, average_bill, first_order_at, last_order_at, returns_count, returned_amount,
               favourite_hour)
            select c.customer_id, count(o.order_id)::int, coalesce(sum(o.amount), 0)::bigint,
              coalesce(round(avg(o.amount)), 0)::bigint,
              coalesce(min(o.ordered_at), 'infinity'), coalesce(max(o.ordered_at), '-infinity'),
              r.n::int, r.amount::bigint,
              coalesce(mode() within group (order by extract(hour from o.ordered_at at time zone coalesce(z.name, $2))), -1)
            from customer_fact c
            left join time_zone z on z.name = c.time_zone
            left join order_fact o on o.customer_id = c.customer_id and o.counts
            cross join lateral (
              select count(*) as n, coalesce(sum(b.returned), 0) as amount
              from order_fact b
              where b.customer_id = c.customer_id and b.returned > 0) r
            where c.customer_id = any($1)
              and not exists (select from blocked_customer x where x.customer_id = c.customer_id)
            group by c.customer_id, r.n, r.amount
            on conflict (customer_id) do update
            set orders_count = excluded.orders_count, revenue = excluded.revenue, average_bill = excluded.average_bill,
              first_order_at = excluded.first_order_at, last_order_at = excluded.last_order_at,
              returns_count = excluded.returns_count, returned_amount = excluded.returned_amount,
              favourite_hour = excluded.favourite_hour
            where (m.orders_count, m.revenue, m.first_order_at, m.last_order_at, m.returns_count, m.returned_amount,
                m.favourite_hour)
              is distinct from (excluded.orders_count, excluded.revenue, excluded.first_order_at, excluded.last_order_at,
                excluded.returns_count, excluded.returned_amount, excluded.favourite_hour)
            """;

    private final UnplacedSql unplaced;

    public MetricSql(UnplacedSql unplaced) {
        this.unplaced = unplaced;
    }

    /** Counts again what is known of these customers. The caller holds the lock of memberships. */
    public Uni<Void> recompute(SqlConnection tx, UUID[] customerIds) {
        return tx.preparedQuery(RECOMPUTE)
                .execute(Params.of(customerIds, HOME_ZONE))
                .chain(() -> unplaced.note(tx, List.of(customerIds)));
    }

    Uni<Optional<CustomerMetrics>> find(SqlConnection tx, UUID customerId, RfmSettings settings, Instant now) {
        Binds binds = new Binds();
        String sql = """
                select m.customer_id, m.orders_count, m.revenue, m.average_bill, m.returns_count, m.returned_amount,
                  m.favourite_hour,
                  nullif(m.first_order_at, 'infinity') as first_order_at,
                  nullif(m.last_order_at, '-infinity') as last_order_at, %s as cell
                from customer_metric m
                where m.customer_id = %s
                """.formatted(RfmCase.cellOf(settings, now, binds), binds.bind(customerId));
        return tx.preparedQuery(sql).execute(binds.tuple()).map(rows -> Rows.first(rows, MetricSql::metrics));
    }

    private static CustomerMetrics metrics(Row row) {
        String cell = row.getString("cell");
        return new CustomerMetrics(
                row.getUUID("customer_id"),
                row.getInteger("orders_count"),
                new Money(row.getLong("revenue")),
                new Money(row.getLong("average_bill")),
                row.getInteger("returns_count"),
                new Money(row.getLong("returned_amount")),
                row.getInteger("favourite_hour"),
                instant(row.getOffsetDateTime("first_order_at")),
                instant(row.getOffsetDateTime("last_order_at")),
                cell == null ? null : RfmCell.valueOf(cell));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
