package io.snowball.segmentation.recommendation;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.segmentation.recommendation.RecommendationApi.CustomerRecommendations;
import io.snowball.segmentation.recommendation.RecommendationApi.ProductRelations;
import io.snowball.segmentation.recommendation.RecommendationApi.SegmentRecommendations;
import io.snowball.segmentation.recommendation.RecommendationSettings.Versioned;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reading recommendations, and their settings. */
@ApplicationScoped
class Recommendations {
    private final Pool pool;
    private final RecommendationSql sql;
    private final RecommendationModelSql model;
    private final Clock clock;

    Recommendations(Pool pool, RecommendationSql sql, RecommendationModelSql model, Clock clock) {
        this.pool = pool;
        this.sql = sql;
        this.model = model;
        this.clock = clock;
    }

    Uni<CustomerRecommendations> of(UUID customer, int products) {
        return sql.isCustomer(pool, customer)
                .invoke(Recommendations::checkCustomer)
                .chain(() -> of(List.of(customer), products))
                .map(List::getFirst);
    }

    /** Of many, who is not known here has nothing to be offered. */
    Uni<List<CustomerRecommendations>> of(List<UUID> customers, int products) {
        return sql.offers(pool, customers.stream().distinct().toList(), clock.instant(), products);
    }

    Uni<SegmentRecommendations> ofSegment(UUID segment, @Nullable UUID after, int limit, int products) {
        return sql.isSegment(pool, segment)
                .invoke(Recommendations::checkSegment)
                .chain(() -> sql.members(pool, segment, after, limit + 1))
                .chain(found -> page(found, limit, products));
    }

    private Uni<SegmentRecommendations> page(List<UUID> found, int limit, int products) {
        List<UUID> customers = found.subList(0, Math.min(limit, found.size()));
        UUID next = found.size() > limit ? customers.getLast() : null;
        return of(customers, products).map(items -> new SegmentRecommendations(items, next));
    }

    private static void checkCustomer(boolean exists) {
        if (!exists) {
            throw CommonProblem.NOT_FOUND.with("No customer with this id is known here");
        }
    }

    private static void checkSegment(boolean exists) {
        if (!exists) {
            throw CommonProblem.NOT_FOUND.with("There is no segment with this id");
        }
    }

    Uni<ProductRelations> relations(String sku, int limit) {
        return sql.relations(pool, sku, limit);
    }

    Uni<Versioned> settings() {
        return model.settings(pool);
    }

    Uni<Versioned> replace(RecommendationSettings wanted, int version) {
        return model.replace(pool, wanted, version)
                .map(replaced -> replaced.orElseThrow(
                        () -> CommonProblem.STALE_VERSION.with("Read the settings again and repeat the change")));
    }
}
