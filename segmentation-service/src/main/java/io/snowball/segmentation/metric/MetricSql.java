package io.snowball.segmentation.metric;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.money.Money;
import io.snowball.segmentation.Binds;
import io.snowball.segmentation.metric.MetricApi.CustomerMetricsView;
import io.snowball.segmentation.rfm.RfmCase;
import io.snowball.segmentation.rfm.RfmCell;
import io.snowball.segmentation.rfm.RfmSettings;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The metric table. */
@ApplicationScoped
public class MetricSql {
    // An order may come before its customer; it is counted as soon as the customer is known. Rows that did not change
    // are not
    // written: an upsert of all would cost four times as much.
    /* language=PostgreSQL */
    private static final String RECOMPUTE = """
            insert into customer_metric as m
              (customer_id, orders_count, revenue, average_bill, first_order_at, last_order_at)
            select c.customer_id, count(o.order_id)::int, coalesce(sum(o.amount), 0)::bigint,
              coalesce(round(avg(o.amount)), 0)::bigint,
              coalesce(min(o.ordered_at), 'infinity'), coalesce(max(o.ordered_at), '-infinity')
            from customer_fact c
            left join order_fact o on o.customer_id = c.customer_id and o.counts
            where c.customer_id = any($1)
            group by c.customer_id
            on conflict (customer_id) do update
            set orders_count = excluded.orders_count, revenue = excluded.revenue, average_bill = excluded.average_bill,
              first_order_at = excluded.first_order_at, last_order_at = excluded.last_order_at
            where (m.orders_count, m.revenue, m.first_order_at, m.last_order_at)
              is distinct from (excluded.orders_count, excluded.revenue, excluded.first_order_at, excluded.last_order_at)
            """;

    /** Counts again what is known of these customers. */
    public Uni<Void> recompute(SqlConnection tx, UUID[] customerIds) {
        return tx.preparedQuery(RECOMPUTE)
                .execute(Params.of((Object) customerIds))
                .replaceWithVoid();
    }

    Uni<Optional<CustomerMetricsView>> find(SqlConnection tx, UUID customerId, RfmSettings settings, Instant now) {
        Binds binds = new Binds();
        String sql = """
                select m.customer_id, m.orders_count, m.revenue, m.average_bill,
                  nullif(m.first_order_at, 'infinity') as first_order_at,
                  nullif(m.last_order_at, '-infinity') as last_order_at, %s as cell
                from customer_metric m
                where m.customer_id = %s
                """.formatted(RfmCase.cellOf(settings, now, binds), binds.bind(customerId));
        return tx.preparedQuery(sql).execute(binds.tuple()).map(rows -> Rows.first(rows, row -> view(row, now)));
    }

    private static CustomerMetricsView view(Row row, Instant now) {
        Instant first = instant(row.getOffsetDateTime("first_order_at"));
        Instant last = instant(row.getOffsetDateTime("last_order_at"));
        String cell = row.getString("cell");
        return new CustomerMetricsView(
                row.getUUID("customer_id"),
                row.getInteger("orders_count"),
                new Money(row.getLong("revenue")),
                last == null ? null : new Money(row.getLong("average_bill")),
                first,
                last,
                daysSince(first, now),
                daysSince(last, now),
                cell == null ? null : RfmCell.valueOf(cell));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }

    private static @Nullable Long daysSince(@Nullable Instant at, Instant now) {
        return at == null ? null : Math.max(0, Duration.between(at, now).toDays());
    }
}
