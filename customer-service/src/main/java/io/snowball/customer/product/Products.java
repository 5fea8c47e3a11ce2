package io.snowball.customer.product;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.CleanText;
import io.snowball.customer.FieldErrors;
import io.snowball.customer.product.ProductApi.ProductCategoryData;
import io.snowball.customer.product.ProductApi.ProductCategoryView;
import io.snowball.customer.product.ProductApi.ProductData;
import io.snowball.customer.product.ProductApi.ProductOutcome;
import io.snowball.customer.product.ProductApi.ProductOutcomeStatus;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be done with the catalogue. */
@ApplicationScoped
class Products {
    private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,49}");

    private final ProductSql sql;
    private final Pool pool;
    private final Clock clock;

    Products(ProductSql sql, Pool pool, Clock clock) {
        this.sql = sql;
        this.pool = pool;
        this.clock = clock;
    }

    /** Of a product that comes twice the first is taken. */
    Uni<List<ProductOutcome>> write(List<ProductData> items) {
        Map<String, ProductDraft> drafts = new LinkedHashMap<>();
        ProductOutcome[] outcomes = new ProductOutcome[items.size()];
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] = read(items.get(i), drafts);
        }
        List<ProductDraft> batch = List.copyOf(drafts.values());
        return pool.withTransaction(tx -> sql.store(tx, batch, clock.instant()).call(written -> announce(tx, written)))
                .chain(written -> sql.bySku(pool, drafts.keySet())
                        .map(stored -> finish(outcomes, written, ProductSql.bySku(stored))));
    }

    private static ProductOutcome read(ProductData item, Map<String, ProductDraft> drafts) {
        try {
            ProductDraft draft = item.toDraft();
            return drafts.putIfAbsent(draft.sku(), draft) == null
                    ? new ProductOutcome(draft.sku(), ProductOutcomeStatus.ACCEPTED, null)
                    : new ProductOutcome(draft.sku(), ProductOutcomeStatus.REJECTED, "the product comes twice");
        } catch (IllegalArgumentException refused) {
            return new ProductOutcome(item.sku(), ProductOutcomeStatus.REJECTED, refused.getMessage());
        }
    }

    private Uni<Void> announce(SqlConnection tx, List<ProductSql.Written> written) {
        return sql.announce(tx, written.stream().map(ProductSql.Written::id).toList(), clock.instant());
    }

    private static List<ProductOutcome> finish(
            ProductOutcome[] read, List<ProductSql.Written> written, Map<String, StoredProduct> stored) {
        Map<String, Integer> versions = new HashMap<>();
        written.forEach(product -> versions.put(product.sku(), product.version()));
        List<ProductOutcome> outcomes = new ArrayList<>();
        for (ProductOutcome outcome : read) {
            outcomes.add(
                    outcome.outcome() == ProductOutcomeStatus.REJECTED
                            ? outcome
                            : outcome(outcome.sku(), versions.get(outcome.sku()), stored.get(outcome.sku())));
        }
        return outcomes;
    }

    /** What was not written is either stored so already, or names a category that is not there. */
    private static ProductOutcome outcome(String sku, @Nullable Integer version, @Nullable StoredProduct stored) {
        if (version != null) {
            return new ProductOutcome(
                    sku, version == 1 ? ProductOutcomeStatus.ACCEPTED : ProductOutcomeStatus.UPDATED, null);
        }
        return stored == null
                ? new ProductOutcome(sku, ProductOutcomeStatus.REJECTED, "there is no such category: create it first")
                : new ProductOutcome(sku, ProductOutcomeStatus.DUPLICATE, null);
    }

    Uni<StoredProduct> get(UUID id) {
        return sql.get(pool, id).map(found -> {
            if (found.isEmpty()) {
                throw CommonProblem.NOT_FOUND.with("There is no product with this id");
            }
            return found.getFirst();
        });
    }

    Uni<Keyset<StoredProduct>> list(@Nullable String cursor, int limit) {
        List<String> after = Cursor.decode(cursor, 1, "products");
        return sql.page(pool, after == null ? null : after.getFirst(), limit + 1)
                .map(rows -> Keyset.of(
                        rows, limit, product -> List.of(product.product().sku()), "products"));
    }

    Uni<List<ProductCategoryView>> categories() {
        return sql.categories(pool);
    }

    Uni<ProductCategoryView> storeCategory(String code, ProductCategoryData data) {
        FieldErrors errors = new FieldErrors();
        String name = errors.read("/name", () -> CleanText.required(data.name(), 200));
        if (!CODE.matcher(code).matches() || name == null) {
            errors.throwIfAny();
            throw ProblemException.invalidField(
                    "code", "invalid", "must be 1 to 50 lower-case letters, digits, - and _");
        }
        ProductCategoryView category = new ProductCategoryView(code, name, data.parent());
        return pool.withTransaction(tx -> sql.lockTree(tx)
                .chain(() -> sql.categories(tx))
                .chain(tree -> tree.contains(category) ? Uni.createFrom().voidItem() : change(tx, category, tree))
                .replaceWith(category));
    }

    private Uni<Void> change(SqlConnection tx, ProductCategoryView category, List<ProductCategoryView> tree) {
        check(category, tree);
        return sql.storeCategory(tx, category)
                .chain(() -> sql.touchBelow(tx, category.code()))
                .chain(below -> sql.announce(tx, below, clock.instant()));
    }

    private static void check(ProductCategoryView category, List<ProductCategoryView> tree) {
        Map<String, ProductCategoryView> byCode = new HashMap<>();
        tree.forEach(each -> byCode.put(each.code(), each));
        if (tree.size() >= ProductSql.MAX_CATEGORIES && !byCode.containsKey(category.code())) {
            throw CommonProblem.CONFLICT.with("There can be " + ProductSql.MAX_CATEGORIES + " categories");
        }
        String above = category.parent();
        while (above != null) {
            ProductCategoryView parent = byCode.get(above);
            if (parent == null) {
                throw ProblemException.invalidField("/parent", "unknown", "There is no such category");
            }
            if (above.equals(category.code())) {
                throw ProblemException.invalidField("/parent", "cycle", "A category can't be below itself");
            }
            above = parent.parent();
        }
    }
}
