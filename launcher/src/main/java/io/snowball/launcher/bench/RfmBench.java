package io.snowball.launcher.bench;

import io.snowball.launcher.installation.RunningSystem;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All metrics of all customers from the facts and the grid of cells over them, as the service does it, against what anybody would
 * write in SQL on the same tables: the same aggregates into a new table, and the cells counted from it.
 */
final class RfmBench {
    private static final int RUNS = 3;

    /** A customer in a thousand whose metrics are made wrong before each run: the recomputation has something to mend. */
    private static final String DISTURB =
            "update customer_metric set revenue = revenue + 1 where ('x' || right(customer_id::text, 3))::bit(12)::int = 7";

    private static final String WRONG = """
            select count(*) from customer_metric m
            where ('x' || right(customer_id::text, 3))::bit(12)::int = 7
              and revenue <> coalesce((select sum(amount) from order_fact o where o.counts and o.customer_id = m.customer_id), 0)
            """;

    private static final String REFERENCE = """
            create temporary table reference on commit drop as
            select c.customer_id, count(o.order_id) as orders, coalesce(sum(o.amount), 0)::bigint as revenue,
              avg(o.amount)::bigint as bill, min(o.ordered_at) as first_at, max(o.ordered_at) as last_at
            from customer_fact c
            left join order_fact o on o.customer_id = c.customer_id and o.counts
            group by c.customer_id
            """;

    private static final String REFERENCE_CELLS = """
            select case
                when orders = 0 then 'none'
                when orders >= 4 then case when last_at < now() - interval '181 days' then 'lost' when last_at < now() - interval '91 days'
                  then 'risk' when revenue >= 3000000 then 'vip' else 'loyal' end
                when orders >= 2 then case when last_at < now() - interval '181 days' then 'lost2' when last_at < now() - interval '91 days'
                  then 'risk2' else 'promising' end
                when last_at < now() - interval '181 days' then 'lost1'
                when last_at < now() - interval '91 days' then 'risk1'
                when first_at < now() - interval '31 days' then 'newcomer'
                else 'first' end as cell, count(*), sum(orders), sum(revenue)
            from reference group by 1
            """;

    private final RunningSystem system;
    private final SegmentationBase base;

    RfmBench(RunningSystem system, SegmentationBase base) {
        this.system = system;
        this.base = base;
    }

    Measurement run(Connection database) throws SQLException {
        SegmentationCalls calls = new SegmentationCalls(
                system.endpoints().service("segmentation"), system.credentials().internalKey());
        double[] ours = new double[RUNS];
        double[] cells = new double[RUNS];
        double[] theirs = new double[RUNS];
        long mended = 0;
        long wrong = 0;
        try (Statement sql = database.createStatement()) {
            for (int run = 0; run < RUNS; run++) {
                sql.execute(DISTURB);
                long began = System.nanoTime();
                mended = calls.post("/api/v1/customer-metrics/recomputations", "")
                        .path("customersCorrected")
                        .asLong();
                long recomputed = System.nanoTime();
                calls.get("/api/v1/rfm");
                ours[run] = seconds(began);
                cells[run] = seconds(recomputed);
                wrong += count(sql, WRONG);
                theirs[run] = reference(database, sql);
            }
        }
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("seconds", median(ours));
        more.put("cellsSeconds", median(cells));
        more.put("referenceSeconds", median(theirs));
        more.put("customers", base.customers());
        more.put("orders", base.orders());
        more.put("customersCorrected", mended);
        more.put("customersLeftWrong", wrong);
        return Measurement.of(
                "rfm",
                "customers/s",
                base.customers() / median(ours),
                base.customers() / median(theirs),
                "hand-written SQL: the same aggregates into a new table, and its cells counted",
                more);
    }

    private static double reference(Connection database, Statement sql) throws SQLException {
        database.setAutoCommit(false);
        long began = System.nanoTime();
        sql.execute("set local work_mem = '256MB'");
        sql.execute(REFERENCE);
        sql.execute(REFERENCE_CELLS);
        database.commit();
        double seconds = seconds(began);
        database.setAutoCommit(true);
        return seconds;
    }

    private static long count(Statement sql, String query) throws SQLException {
        try (ResultSet rows = sql.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    static double seconds(long began) {
        return Math.round((System.nanoTime() - began) / 1e6) / 1000.0;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
