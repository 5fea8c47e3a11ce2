package io.snowball.segmentation.rfm;

import io.snowball.segmentation.Binds;
import java.time.Instant;

/** Whose metrics a grid is made of: a table or a derived one with the columns of {@code customer_metric} that grids read. */
final class RfmPopulation {
    static final String NOW = "customer_metric";

    // The past is not kept: it is counted from the facts, seconds for millions of orders. Who came later is left out.
    /* language=PostgreSQL */
    private static final String BEFORE = """
            (select c.customer_id, count(o.order_id)::int as orders_count, coalesce(sum(o.amount), 0)::bigint as revenue,
               coalesce(min(o.ordered_at), 'infinity') as first_order_at,
               coalesce(max(o.ordered_at), '-infinity') as last_order_at
             from customer_fact c
             left join order_fact o on o.customer_id = c.customer_id and o.counts and o.ordered_at < %1$s
             where not exists (select from blocked_customer x where x.customer_id = c.customer_id)
             group by c.customer_id
             having count(o.order_id) > 0 or c.registered_at < %1$s)""";

    private RfmPopulation() {}

    static String before(Instant at, Binds binds) {
        return BEFORE.formatted(binds.bind(at));
    }
}
