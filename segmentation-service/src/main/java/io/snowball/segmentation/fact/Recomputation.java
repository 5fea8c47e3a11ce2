package io.snowball.segmentation.fact;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.snowball.segmentation.metric.MetricSql;
import io.snowball.segmentation.segment.Memberships;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Counts all metrics again from the facts. They follow every fact by themselves: this is for after a restored backup, and for who
 * wants to know. Finding who differs only reads; those few are put right as a batch of the feed would, with their segments.
 */
@ApplicationScoped
class Recomputation {
    private static final int AT_ONCE = 200_000;
    private static final int PAGE = 5000;

    private final Pool pool;
    private final RecomputationSql sql;
    private final CustomerFeed feed;
    private final MetricSql metrics;
    private final Memberships memberships;
    private final Clock clock;

    Recomputation(
            Pool pool,
            RecomputationSql sql,
            CustomerFeed feed,
            MetricSql metrics,
            Memberships memberships,
            Clock clock) {
        this.pool = pool;
        this.sql = sql;
        this.feed = feed;
        this.metrics = metrics;
        this.memberships = memberships;
        this.clock = clock;
    }

    /** @return how many customers were put right; ask again where it is {@link #AT_ONCE} */
    Uni<RecomputationResult> run() {
        Instant began = clock.instant();
        return pool.withTransaction(tx -> sql.different(tx, AT_ONCE))
                .call(this::correct)
                .map(different -> new RecomputationResult(
                        different.size(),
                        different.size() < AT_ONCE,
                        Duration.between(began, clock.instant()).toMillis()));
    }

    private Uni<Void> correct(List<UUID> different) {
        return Multi.createFrom()
                .iterable(pages(different))
                .call(page -> pool.withTransaction(tx -> sql.holdFeed(tx, feed.name())
                        .chain(() -> memberships.lock(tx))
                        .chain(() -> metrics.recompute(tx, page))
                        .chain(() -> memberships.refresh(tx, page))))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static List<UUID[]> pages(List<UUID> customers) {
        List<UUID[]> pages = new ArrayList<>();
        for (int from = 0; from < customers.size(); from += PAGE) {
            pages.add(customers
                    .subList(from, Math.min(from + PAGE, customers.size()))
                    .toArray(UUID[]::new));
        }
        return pages;
    }
}
