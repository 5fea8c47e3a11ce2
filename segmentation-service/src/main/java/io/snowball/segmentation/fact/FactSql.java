package io.snowball.segmentation.fact;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** The tables of facts; each statement takes a whole batch and answers whom it concerned. */
@ApplicationScoped
class FactSql {
    /* language=PostgreSQL */
    private static final String UPSERT_CUSTOMERS = """
            insert into customer_fact as f
              (customer_id, registered_at, has_email, has_phone, source, sex, language, time_zone)
            select u.customer_id, u.registered_at, u.has_email, u.has_phone, u.source, u.sex, u.language, u.time_zone
            from unnest($1::uuid[], $2::timestamptz[], $3::boolean[], $4::boolean[], $5::text[], $6::text[], $7::text[],
              $8::text[]) as u (customer_id, registered_at, has_email, has_phone, source, sex, language, time_zone)
            on conflict (customer_id) do update
            set registered_at = excluded.registered_at, has_email = excluded.has_email, has_phone = excluded.has_phone,
              source = excluded.source, sex = excluded.sex, language = excluded.language, time_zone = excluded.time_zone
            where (f.registered_at, f.has_email, f.has_phone, f.source, f.sex, f.language, f.time_zone)
              is distinct from (excluded.registered_at, excluded.has_email, excluded.has_phone, excluded.source,
                excluded.sex, excluded.language, excluded.time_zone)
            returning customer_id as was, customer_id as is_now
            """;

    // An order that moves to another customer concerns both.
    /* language=PostgreSQL */
    private static final String UPSERT_ORDERS = """
            insert into order_fact as f (order_id, customer_id, ordered_at, counts, amount, version)
            select u.order_id, u.customer_id, u.ordered_at, u.counts, u.amount, u.version
            from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::boolean[], $5::bigint[], $6::bigint[])
              as u (order_id, customer_id, ordered_at, counts, amount, version)
            on conflict (order_id) do update
            set customer_id = excluded.customer_id, ordered_at = excluded.ordered_at, counts = excluded.counts,
              amount = excluded.amount, version = excluded.version
            where excluded.version > f.version
            returning old.customer_id as was, new.customer_id as is_now
            """;

    Uni<Set<UUID>> upsertCustomers(SqlConnection tx, Collection<Facts.Customer> customers) {
        return tx.preparedQuery(UPSERT_CUSTOMERS)
                .execute(Params.of(
                        Params.uuids(customers, Facts.Customer::id),
                        times(customers, Facts.Customer::registeredAt),
                        flags(customers, Facts.Customer::hasEmail),
                        flags(customers, Facts.Customer::hasPhone),
                        Params.texts(customers, Facts.Customer::source),
                        Params.texts(customers, Facts.Customer::sex),
                        Params.texts(customers, Facts.Customer::language),
                        Params.texts(customers, Facts.Customer::timeZone)))
                .map(FactSql::concerned);
    }

    Uni<Set<UUID>> upsertOrders(SqlConnection tx, Collection<Facts.Order> orders) {
        return tx.preparedQuery(UPSERT_ORDERS)
                .execute(Params.of(
                        Params.uuids(orders, Facts.Order::id),
                        Params.uuids(orders, Facts.Order::customerId),
                        times(orders, Facts.Order::orderedAt),
                        flags(orders, Facts.Order::counts),
                        Params.longs(orders, Facts.Order::amount),
                        Params.longs(orders, Facts.Order::version)))
                .map(FactSql::concerned);
    }

    private static Set<UUID> concerned(RowSet<Row> rows) {
        Set<UUID> customers = new HashSet<>();
        for (Row row : rows) {
            UUID was = row.getUUID("was");
            if (was != null) {
                customers.add(was);
            }
            customers.add(row.getUUID("is_now"));
        }
        return customers;
    }

    private static <R> OffsetDateTime[] times(Collection<R> rows, Function<R, Instant> column) {
        return rows.stream()
                .map(row -> column.apply(row).atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
    }

    private static <R> Boolean[] flags(Collection<R> rows, Function<R, Boolean> column) {
        return rows.stream().map(column).toArray(Boolean[]::new);
    }
}
