package io.snowball.customer.order;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.order.OrderBatchSql.Numbered;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Why orders of a batch were not written, in SQL. Only ever asked for those few. */
@ApplicationScoped
class OrderExplanationSql {
    /* language=PostgreSQL */
    private static final String EXPLAIN = """
            with sent as materialized (
              select s.n, s.external_id, s.fingerprint,
                     case when s.customer_id is null
                       then (select i.customer_id from identity i where i.kind = 'EXTERNAL_ID' and i.key = s.customer_external_id
                               and i.system = '')
                       else coalesce(
                         (select c.id from customer c where c.id = s.customer_id),
                         (select a.customer_id from customer_alias a where a.id = s.customer_id)) end as customer_id
              from unnest($1::int[], $2::text[], $3::uuid[], $4::text[], $5::bigint[])
                as s (n, external_id, customer_id, customer_external_id, fingerprint)
            )
            select s.n, o.id, o.fingerprint = s.fingerprint as unchanged, s.customer_id is not null as customer_known,
                   o.customer_id = s.customer_id as same_customer
            from sent s
            left join orders o on o.external_id = s.external_id
            """;

    record Explanation(int n, @Nullable UUID id, boolean unchanged, boolean customerKnown, boolean sameCustomer) {}

    Uni<List<Explanation>> explain(SqlClient client, List<Numbered> orders) {
        return client.preparedQuery(EXPLAIN)
                .execute(Params.of(
                        Params.integers(orders, Numbered::n),
                        Params.texts(orders, order -> order.draft().externalId()),
                        Params.uuids(orders, order -> order.draft().customerId()),
                        Params.texts(orders, order -> order.draft().customerExternalId()),
                        Params.longs(orders, Numbered::fingerprint)))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Explanation(
                                row.getInteger("n"),
                                row.getUUID("id"),
                                isTrue(row, "unchanged"),
                                isTrue(row, "customer_known"),
                                isTrue(row, "same_customer"))));
    }

    private static boolean isTrue(Row row, String column) {
        return Boolean.TRUE.equals(row.getBoolean(column));
    }
}
