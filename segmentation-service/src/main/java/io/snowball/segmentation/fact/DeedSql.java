package io.snowball.segmentation.fact;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** What customers did beside buying, and what the catalogue says of products. */
@ApplicationScoped
class DeedSql {
    // Names of types are texts of any length; fifty million events are kept with a number of two bytes.
    /* language=PostgreSQL */
    private static final String LEARN_TYPES = """
            insert into event_type (name)
            select distinct u.name from unnest($1::text[]) as u (name)
            where not exists (select from event_type t where t.name = u.name)
            on conflict do nothing
            """;

    /* language=PostgreSQL */
    private static final String INSERT_EVENTS = """
            insert into event_fact (customer_id, occurred_at, event_id, type_id, properties)
            select u.customer_id, u.occurred_at, u.event_id, t.id, u.properties::jsonb
            from unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::text[], $5::text[])
              as u (customer_id, occurred_at, event_id, name, properties)
            join event_type t on t.name = u.name
            where not exists (select from forgotten_customer g where g.customer_id = u.customer_id)
            on conflict do nothing
            returning customer_id
            """;

    /* language=PostgreSQL */
    private static final String UPSERT_PRODUCTS = """
            insert into product_fact as f (sku, category, replenishment_days, active, version)
            select u.sku, u.category, u.replenishment_days, u.active, u.version
            from unnest($1::text[], $2::text[], $3::int[], $4::boolean[], $5::bigint[])
              as u (sku, category, replenishment_days, active, version)
            on conflict (sku) do update
            set category = excluded.category, replenishment_days = excluded.replenishment_days, active = excluded.active,
              version = excluded.version
            where excluded.version > f.version
            """;

    private final MergeSql merges;

    DeedSql(MergeSql merges) {
        this.merges = merges;
    }

    /** @return whose events were not known */
    Uni<Set<UUID>> insertEvents(SqlConnection tx, Collection<Facts.Done> done) {
        return done.isEmpty()
                ? Uni.createFrom().item(Set.<UUID>of())
                : merges.owners(tx, MergeSql.Kind.EVENT, done, Facts.Done::id, Facts.Done::customerId)
                        .chain(owners -> insert(
                                tx, done.stream().map(one -> one.of(owners)).toList()));
    }

    private static Uni<Set<UUID>> insert(SqlConnection tx, Collection<Facts.Done> done) {
        String[] types = Params.texts(done, Facts.Done::type);
        return tx.preparedQuery(LEARN_TYPES)
                .execute(Params.of((Object) types))
                .chain(() -> tx.preparedQuery(INSERT_EVENTS)
                        .execute(Params.of(
                                Params.uuids(done, Facts.Done::customerId),
                                FactSql.times(done, Facts.Done::at),
                                Params.uuids(done, Facts.Done::id),
                                types,
                                Params.texts(done, Facts.Done::properties))))
                .map(rows -> new HashSet<>(Rows.list(rows, row -> row.getUUID("customer_id"))));
    }

    Uni<Void> upsertProducts(SqlConnection tx, Collection<Facts.Product> products) {
        return products.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(UPSERT_PRODUCTS)
                        .execute(Params.of(
                                Params.texts(products, Facts.Product::sku),
                                Params.texts(products, Facts.Product::category),
                                Params.integers(products, Facts.Product::replenishmentDays),
                                FactSql.flags(products, Facts.Product::active),
                                Params.longs(products, Facts.Product::version)))
                        .replaceWithVoid();
    }
}
