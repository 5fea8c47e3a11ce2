package io.snowball.segmentation.fact;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.feed.FeedHandler;
import io.snowball.segmentation.metric.MetricSql;
import io.snowball.segmentation.segment.Memberships;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Facts first, then what follows from them for the customers that changed, all in the transaction that moves the cursor. */
@ApplicationScoped
class CustomerFeed implements FeedHandler {
    private final FactSql facts;
    private final MetricSql metrics;
    private final Memberships memberships;

    CustomerFeed(FactSql facts, MetricSql metrics, Memberships memberships) {
        this.facts = facts;
        this.metrics = metrics;
        this.memberships = memberships;
    }

    @Override
    public String source() {
        return "customer";
    }

    @Override
    public Uni<Void> apply(SqlConnection tx, List<FeedEvent> batch) {
        Facts news = Facts.of(batch);
        Set<UUID> dirty = new HashSet<>();
        return facts.upsertCustomers(tx, news.customers())
                .invoke(dirty::addAll)
                .chain(() -> facts.upsertOrders(tx, news.orders()))
                .invoke(dirty::addAll)
                .chain(() -> follow(tx, dirty.toArray(UUID[]::new)));
    }

    private Uni<Void> follow(SqlConnection tx, UUID[] dirty) {
        if (dirty.length == 0) {
            return Uni.createFrom().voidItem();
        }
        return metrics.recompute(tx, dirty).chain(() -> memberships.refresh(tx, dirty));
    }
}
