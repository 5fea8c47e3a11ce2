package io.snowball.customer.product;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.product.ProductApi.ProductCategoryView;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.id.Ids;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The catalogue in SQL, whole batches at a time. */
@ApplicationScoped
class ProductSql {
    static final int MAX_CATEGORIES = 5000;

    // What is stored exactly so is not touched, and so not among the answers.
    /* language=PostgreSQL */
    private static final String STORE = """
            insert into product as p
              (id, sku, name, category_code, price, margin, replenishment_days, service_days, active, version, recorded_at)
            select s.id, s.sku, s.name, s.category_code, s.price, s.margin, s.replenishment_days, s.service_days, s.active, 1, $10
            from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::int[], $7::int[], $8::int[], $9::boolean[])
              as s (id, sku, name, category_code, price, margin, replenishment_days, service_days, active)
            where s.category_code is null or exists (select from product_category c where c.code = s.category_code)
            on conflict (sku) do update set
              name = excluded.name,
              category_code = excluded.category_code,
              price = excluded.price,
              margin = excluded.margin,
              replenishment_days = excluded.replenishment_days,
              service_days = excluded.service_days,
              active = excluded.active,
              version = p.version + 1,
              recorded_at = excluded.recorded_at
              where (p.name, p.category_code, p.price, p.margin, p.replenishment_days, p.service_days, p.active)
                is distinct from (excluded.name, excluded.category_code, excluded.price, excluded.margin,
                  excluded.replenishment_days, excluded.service_days, excluded.active)
            returning p.id, p.sku, p.version
            """;

    /* language=PostgreSQL */
    private static final String ANNOUNCE = """
            with recursive above as (
              select c.code, c.parent_code, array[c.code] as path from product_category c where c.parent_code is null
              union all
              select c.code, c.parent_code, a.path || c.code from product_category c join above a on a.code = c.parent_code
            )
            insert into feed_event (subject, type, occurred_at, data)
            select p.id, 'product.changed', $2, jsonb_strip_nulls(jsonb_build_object(
              'productId', p.id,
              'sku', p.sku,
              'category', p.category_code,
              'categoryPath', to_jsonb(a.path),
              'price', p.price,
              'margin', p.margin,
              'replenishmentDays', p.replenishment_days,
              'serviceDays', p.service_days,
              'active', p.active,
              'version', p.version))
            from product p
            left join above a on a.code = p.category_code
            where p.id = any($1)
            """;

    /* language=PostgreSQL */
    private static final String PRODUCT = """
            select id, sku, name, category_code, price, margin, replenishment_days, service_days, active, version
            from product
            """;

    private static final String GET = PRODUCT + "where id = $1";

    private static final String PAGE = PRODUCT + "where ($1::text is null or sku > $1)\norder by sku\nlimit $2";

    private static final String BY_SKU = PRODUCT + "where sku = any($1)";

    /* language=PostgreSQL */
    private static final String CATEGORIES =
            "select code, name, parent_code from product_category order by code limit " + MAX_CATEGORIES;

    /* language=PostgreSQL */
    private static final String STORE_CATEGORY = """
            insert into product_category as c (code, name, parent_code)
            values ($1, $2, $3)
            on conflict (code) do update set name = excluded.name, parent_code = excluded.parent_code
            """;

    // The lock keeps two moves from making a cycle together.
    /* language=PostgreSQL */
    private static final String LOCK_TREE = "lock table product_category in share row exclusive mode";

    // All products below a category get a new version: their path may be another one.
    /* language=PostgreSQL */
    private static final String TOUCH_BELOW = """
            with recursive below as (
              select c.code from product_category c where c.code = $1
              union
              select c.code from product_category c join below b on b.code = c.parent_code
            )
            update product p
            set version = p.version + 1
            where p.category_code in (select b.code from below b)
            returning p.id
            """;

    record Written(UUID id, String sku, int version) {}

    Uni<List<Written>> store(SqlConnection tx, List<ProductDraft> products, Instant now) {
        return tx.preparedQuery(STORE)
                .execute(Params.of(
                        Params.uuids(products, _ -> Ids.next()),
                        Params.texts(products, ProductDraft::sku),
                        Params.texts(products, ProductDraft::name),
                        Params.texts(products, ProductDraft::category),
                        Params.longs(products, ProductDraft::price),
                        Params.integers(products, ProductDraft::margin),
                        Params.integers(products, ProductDraft::replenishmentDays),
                        Params.integers(products, ProductDraft::serviceDays),
                        products.stream().map(ProductDraft::active).toArray(Boolean[]::new),
                        now.atOffset(ZoneOffset.UTC)))
                .map(rows -> Rows.list(
                        rows, row -> new Written(row.getUUID("id"), row.getString("sku"), row.getInteger("version"))));
    }

    Uni<Void> announce(SqlConnection tx, Collection<UUID> ids, Instant now) {
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(ANNOUNCE)
                        .execute(Params.of(ids.toArray(UUID[]::new), now.atOffset(ZoneOffset.UTC)))
                        .replaceWithVoid();
    }

    Uni<List<StoredProduct>> get(SqlClient client, UUID id) {
        return client.preparedQuery(GET).execute(Params.of(id)).map(rows -> Rows.list(rows, StoredProduct::of));
    }

    Uni<List<StoredProduct>> page(SqlClient client, @Nullable String after, int limit) {
        return client.preparedQuery(PAGE)
                .execute(Params.of(after, limit))
                .map(rows -> Rows.list(rows, StoredProduct::of));
    }

    Uni<List<StoredProduct>> bySku(SqlClient client, Collection<String> skus) {
        return client.preparedQuery(BY_SKU)
                .execute(Params.of((Object) skus.toArray(String[]::new)))
                .map(rows -> Rows.list(rows, StoredProduct::of));
    }

    Uni<List<ProductCategoryView>> categories(SqlClient client) {
        return client.preparedQuery(CATEGORIES)
                .execute()
                .map(rows -> Rows.list(
                        rows,
                        row -> new ProductCategoryView(
                                row.getString("code"), row.getString("name"), row.getString("parent_code"))));
    }

    Uni<Void> lockTree(SqlConnection tx) {
        return tx.query(LOCK_TREE).execute().replaceWithVoid();
    }

    Uni<Void> storeCategory(SqlConnection tx, ProductCategoryView category) {
        return tx.preparedQuery(STORE_CATEGORY)
                .execute(Params.of(category.code(), category.name(), category.parent()))
                .replaceWithVoid();
    }

    Uni<List<UUID>> touchBelow(SqlConnection tx, String category) {
        return tx.preparedQuery(TOUCH_BELOW)
                .execute(Params.of(category))
                .map(rows -> Rows.list(rows, row -> row.getUUID("id")));
    }

    static Map<String, StoredProduct> bySku(List<StoredProduct> products) {
        Map<String, StoredProduct> bySku = new HashMap<>();
        products.forEach(product -> bySku.put(product.product().sku(), product));
        return bySku;
    }
}
