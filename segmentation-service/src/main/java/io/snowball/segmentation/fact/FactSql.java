package io.snowball.segmentation.fact;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of facts; each statement takes a whole batch and answers whom it concerned. */
@ApplicationScoped
class FactSql {
    /* language=PostgreSQL */
    private static final String UPSERT_CUSTOMERS = """
            insert into customer_fact as f
              (customer_id, registered_at, has_email, has_phone, source, sex, language, time_zone, profile)
            select u.customer_id, u.registered_at, u.has_email, u.has_phone, u.source, u.sex, u.language, u.time_zone,
              u.profile::jsonb
            from unnest($1::uuid[], $2::timestamptz[], $3::boolean[], $4::boolean[], $5::text[], $6::text[], $7::text[],
              $8::text[], $9::text[])
              as u (customer_id, registered_at, has_email, has_phone, source, sex, language, time_zone, profile)
            where not exists (select from forgotten_customer g where g.customer_id = u.customer_id)
            on conflict (customer_id) do update
            set registered_at = excluded.registered_at, has_email = excluded.has_email, has_phone = excluded.has_phone,
              source = excluded.source, sex = excluded.sex, language = excluded.language, time_zone = excluded.time_zone,
              profile = excluded.profile
            where (f.registered_at, f.has_email, f.has_phone, f.source, f.sex, f.language, f.time_zone, f.profile)
              is distinct from (excluded.registered_at, excluded.has_email, excluded.has_phone, excluded.source,
                excluded.sex, excluded.language, excluded.time_zone, excluded.profile)
            returning customer_id
            """;

    // An order that moves to another customer concerns both.
    /* language=PostgreSQL */
    private static final String UPSERT_ORDERS = """
            insert into order_fact as f (order_id, customer_id, ordered_at, counts, amount, returned, version)
            select u.order_id, u.customer_id, u.ordered_at, u.counts, u.amount, u.returned, u.version
            from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::boolean[], $5::bigint[], $6::bigint[], $7::bigint[])
              as u (order_id, customer_id, ordered_at, counts, amount, returned, version)
            where not exists (select from forgotten_customer g where g.customer_id = u.customer_id)
            on conflict (order_id) do update
            set customer_id = excluded.customer_id, ordered_at = excluded.ordered_at, counts = excluded.counts,
              amount = excluded.amount, returned = excluded.returned, version = excluded.version
            where excluded.version > f.version
            returning old.customer_id as was, new.customer_id as is_now, order_id
            """;

    /* language=PostgreSQL */
    private static final String DELETE_LINES = """
            delete from order_line_fact l
            using unnest($1::uuid[], $2::uuid[]) as u (customer_id, order_id)
            where l.customer_id = u.customer_id and l.order_id = u.order_id
            """;

    /* language=PostgreSQL */
    private static final String DELETE_RETURNED = """
            delete from returned_line_fact l
            using unnest($1::uuid[], $2::uuid[]) as u (customer_id, order_id)
            where l.customer_id = u.customer_id and l.order_id = u.order_id
            """;

    /* language=PostgreSQL */
    private static final String INSERT_RETURNED = """
            insert into returned_line_fact (customer_id, order_id, sku)
            select u.customer_id, u.order_id, u.sku from unnest($1::uuid[], $2::uuid[], $3::text[]) as u (customer_id, order_id, sku)
            """;

    /** A product that came back with its order. */
    private record Returned(UUID customerId, UUID orderId, String sku) {}

    /* language=PostgreSQL */
    private static final String INSERT_LINES = """
            insert into order_line_fact (customer_id, order_id, position, sku, category, quantity, amount, ordered_at)
            select u.customer_id, u.order_id, u.position, u.sku, u.category, u.quantity, u.amount, u.ordered_at
            from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::text[], $6::int[], $7::bigint[], $8::timestamptz[])
              as u (customer_id, order_id, position, sku, category, quantity, amount, ordered_at)
            """;

    /* language=PostgreSQL */
    private static final String LEARN_PRODUCTS = """
            insert into product_category (sku, category)
            select distinct u.sku, u.category
            from unnest($1::text[], $2::text[]) as u (sku, category)
            where u.category is not null
            on conflict do nothing
            returning sku
            """;

    /** @param was null for an order that was not known, or a customer before */
    private record Changed(@Nullable UUID was, UUID isNow, UUID orderId) {}

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
                        Params.texts(customers, Facts.Customer::timeZone),
                        Params.texts(customers, Facts.Customer::profile)))
                .map(rows -> new HashSet<>(Rows.list(rows, row -> row.getUUID("customer_id"))));
    }

    /** Orders that are newer than what is known, and their lines. */
    Uni<Set<UUID>> upsertOrders(SqlConnection tx, Collection<Facts.Order> orders) {
        return tx.preparedQuery(UPSERT_ORDERS)
                .execute(Params.of(
                        Params.uuids(orders, Facts.Order::id),
                        Params.uuids(orders, Facts.Order::customerId),
                        times(orders, Facts.Order::orderedAt),
                        flags(orders, Facts.Order::counts),
                        Params.longs(orders, Facts.Order::amount),
                        Params.longs(orders, Facts.Order::returned),
                        Params.longs(orders, Facts.Order::version)))
                .map(rows -> Rows.list(
                        rows, row -> new Changed(row.getUUID("was"), row.getUUID("is_now"), row.getUUID("order_id"))))
                .call(changed -> deleteLines(tx, changed))
                .call(changed -> insertLines(tx, changed, orders))
                .call(changed -> insertReturned(tx, changed, orders))
                .map(FactSql::concerned);
    }

    /** @return the products that were sold in a category for the first time */
    Uni<Set<String>> learnProducts(SqlConnection tx, Collection<Facts.Order> orders) {
        List<Facts.Line> lines =
                orders.stream().flatMap(order -> order.lines().stream()).toList();
        return tx.preparedQuery(LEARN_PRODUCTS)
                .execute(Params.of(Params.texts(lines, Facts.Line::sku), Params.texts(lines, Facts.Line::category)))
                .map(rows -> new HashSet<>(Rows.list(rows, row -> row.getString("sku"))));
    }

    private static Uni<Void> deleteLines(SqlConnection tx, List<Changed> changed) {
        List<Changed> known =
                changed.stream().filter(order -> order.was() != null).toList();
        return known.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(DELETE_LINES)
                        .execute(Params.of(Params.uuids(known, Changed::was), Params.uuids(known, Changed::orderId)))
                        .chain(() -> tx.preparedQuery(DELETE_RETURNED)
                                .execute(Params.of(
                                        Params.uuids(known, Changed::was), Params.uuids(known, Changed::orderId))))
                        .replaceWithVoid();
    }

    private static Uni<Void> insertReturned(SqlConnection tx, List<Changed> changed, Collection<Facts.Order> orders) {
        Set<UUID> ids = changed.stream().map(Changed::orderId).collect(Collectors.toSet());
        List<Returned> returned = orders.stream()
                .filter(order -> ids.contains(order.id()))
                .flatMap(order ->
                        order.returnedSkus().stream().map(sku -> new Returned(order.customerId(), order.id(), sku)))
                .toList();
        return returned.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(INSERT_RETURNED)
                        .execute(Params.of(
                                Params.uuids(returned, Returned::customerId),
                                Params.uuids(returned, Returned::orderId),
                                Params.texts(returned, Returned::sku)))
                        .replaceWithVoid();
    }

    private static Uni<Void> insertLines(SqlConnection tx, List<Changed> changed, Collection<Facts.Order> orders) {
        Set<UUID> ids = changed.stream().map(Changed::orderId).collect(Collectors.toSet());
        List<Facts.Line> lines = orders.stream()
                .filter(order -> ids.contains(order.id()))
                .flatMap(order -> order.lines().stream())
                .toList();
        return lines.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(INSERT_LINES)
                        .execute(Params.of(
                                Params.uuids(lines, Facts.Line::customerId),
                                Params.uuids(lines, Facts.Line::orderId),
                                Params.integers(lines, Facts.Line::position),
                                Params.texts(lines, Facts.Line::sku),
                                Params.texts(lines, Facts.Line::category),
                                Params.integers(lines, Facts.Line::quantity),
                                Params.longs(lines, Facts.Line::amount),
                                times(lines, Facts.Line::orderedAt)))
                        .replaceWithVoid();
    }

    private static Set<UUID> concerned(List<Changed> changed) {
        Set<UUID> customers = new HashSet<>();
        for (Changed order : changed) {
            if (order.was() != null) {
                customers.add(order.was());
            }
            customers.add(order.isNow());
        }
        return customers;
    }

    static <R> OffsetDateTime[] times(Collection<R> rows, Function<R, @Nullable Instant> column) {
        return rows.stream().map(row -> utc(column.apply(row))).toArray(OffsetDateTime[]::new);
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    static <R> Boolean[] flags(Collection<R> rows, Function<R, Boolean> column) {
        return rows.stream().map(column).toArray(Boolean[]::new);
    }
}
