package io.snowball.segmentation.erasure;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.erasure.Remains;
import io.snowball.segmentation.erasure.TraceApi.SegmentationTrace;
import io.snowball.segmentation.erasure.TraceApi.SegmentationTraces;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class Traces {
    private static final String COUNT = Remains.count(Trace.values());

    /* language=PostgreSQL */
    private static final String TOLD = """
            select not exists (
              select from unnest($1::uuid[]) as u (customer_id)
              where not exists (select from forgotten_customer f where f.customer_id = u.customer_id)) as told
            """;

    /** Whether they were told of first: what is deleted between the two questions is only found the next time. */
    Uni<SegmentationTraces> of(SqlClient client, List<UUID> customerIds) {
        UUID[] ids = customerIds.toArray(UUID[]::new);
        return client.preparedQuery(TOLD)
                .execute(Params.of((Object) ids))
                .map(rows -> rows.iterator().next().getBoolean("told"))
                .chain(told -> client.preparedQuery(COUNT)
                        .execute(Params.of((Object) ids))
                        .map(rows -> new SegmentationTraces(
                                told,
                                Rows.list(
                                        rows,
                                        row -> new SegmentationTrace(
                                                Trace.valueOf(row.getString("category")), row.getLong("found"))))));
    }
}
