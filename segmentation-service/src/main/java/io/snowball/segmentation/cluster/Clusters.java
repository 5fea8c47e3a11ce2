package io.snowball.segmentation.cluster;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.segmentation.cluster.ClusterApi.ClusterReport;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads buyers and groups them off the event loop: a second of computing at the most. */
@ApplicationScoped
class Clusters {
    static final int BUYERS_PER_GROUP_MIN = 30;
    private static final int GROUPED_MAX = 20_000;

    // $1 now, $2 one in how many by a hash of the id, $3 source or null.
    /* language=PostgreSQL */
    private static final String SAMPLE = """
            select greatest(0, floor(extract(epoch from $1::timestamptz - m.last_order_at) / 86400))::bigint as days,
              m.orders_count, m.revenue, m.average_bill
            from customer_metric m
            join customer_fact c on c.customer_id = m.customer_id
            where m.orders_count > 0 and ($3::text is null or c.source = $3)
              and mod(hashtextextended(m.customer_id::text, 0) & 9223372036854775807, $2) = 0
            order by m.customer_id
            limit $4
            """;

    /* language=PostgreSQL */
    private static final String COUNT = """
            select count(*) as buyers
            from customer_metric m
            join customer_fact c on c.customer_id = m.customer_id
            where m.orders_count > 0 and ($1::text is null or c.source = $1)
            """;

    private final Pool pool;
    private final Vertx vertx;
    private final Clock clock;

    Clusters(Pool pool, Vertx vertx, Clock clock) {
        this.pool = pool;
        this.vertx = vertx;
        this.clock = clock;
    }

    Uni<ClusterReport> report(int groups, @Nullable String source) {
        Instant now = clock.instant();
        return count(pool, source)
                .chain(buyers -> sample(pool, source, now, buyers)
                        .invoke(sample -> check(sample.size(), groups))
                        .chain(sample ->
                                vertx.executeBlocking(() -> Grouped.report(now, buyers, sample, groups), false)));
    }

    private static Uni<Long> count(SqlClient client, @Nullable String source) {
        return client.preparedQuery(COUNT)
                .execute(Params.of(source))
                .map(rows -> rows.iterator().next().getLong("buyers"));
    }

    private static Uni<List<Buyer>> sample(SqlClient client, @Nullable String source, Instant now, long buyers) {
        long oneIn = Math.max(1, buyers / GROUPED_MAX);
        return client.preparedQuery(SAMPLE)
                .execute(Params.of(now.atOffset(ZoneOffset.UTC), oneIn, source, 2 * GROUPED_MAX))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Buyer(
                                row.getLong("days"),
                                row.getInteger("orders_count"),
                                row.getLong("revenue"),
                                row.getLong("average_bill"))));
    }

    private static void check(int buyers, int groups) {
        if (buyers < groups * BUYERS_PER_GROUP_MIN) {
            throw ClusterProblem.TOO_LITTLE_DATA.with("%d buyers are needed for %d groups, there are %d"
                    .formatted(groups * BUYERS_PER_GROUP_MIN, groups, buyers));
        }
    }
}
