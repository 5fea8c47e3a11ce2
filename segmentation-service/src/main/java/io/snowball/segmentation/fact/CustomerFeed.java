package io.snowball.segmentation.fact;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.feed.FeedHandler;
import io.snowball.segmentation.metric.EngagementSql;
import io.snowball.segmentation.metric.FavouriteSql;
import io.snowball.segmentation.metric.MetricSql;
import io.snowball.segmentation.segment.Memberships;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Facts first, then what follows from them for the customers that changed, all in the transaction that moves the cursor. */
@ApplicationScoped
class CustomerFeed implements FeedHandler {
    private final FactSql facts;
    private final ForgetSql forgetting;
    private final EngagementSql engagement;
    private final MetricSql metrics;
    private final FavouriteSql favourites;
    private final Memberships memberships;

    CustomerFeed(
            FactSql facts,
            ForgetSql forgetting,
            EngagementSql engagement,
            MetricSql metrics,
            FavouriteSql favourites,
            Memberships memberships) {
        this.facts = facts;
        this.forgetting = forgetting;
        this.engagement = engagement;
        this.metrics = metrics;
        this.favourites = favourites;
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
        // First of all: who is blocked meanwhile must not be counted again by one who does not know of it yet.
        return memberships
                .lock(tx)
                .chain(() -> facts.upsertCustomers(tx, news.customers()))
                .invoke(dirty::addAll)
                .chain(() -> facts.upsertOrders(tx, news.orders()))
                .invoke(dirty::addAll)
                .chain(() -> forget(tx, news.gone()))
                .invoke(dirty::addAll)
                .chain(() -> follow(tx, dirty.toArray(UUID[]::new)))
                .chain(() -> facts.learnProducts(tx, news.orders()))
                .chain(learnt -> related(tx, learnt));
    }

    /** @return whose facts have changed by it: who got the messages of somebody who was the same person */
    private Uni<Set<UUID>> forget(SqlConnection tx, Collection<Facts.Gone> gone) {
        if (gone.isEmpty()) {
            return Uni.createFrom().item(Set.<UUID>of());
        }
        return forgetting
                .moveMessages(tx, gone)
                .call(receivers -> engagement.recompute(tx, receivers.toArray(UUID[]::new)))
                .call(() -> forgetting.forget(tx, gone))
                .call(() ->
                        memberships.forget(tx, gone.stream().map(Facts.Gone::id).toArray(UUID[]::new)));
    }

    private Uni<Void> related(SqlConnection tx, Set<String> learnt) {
        return learnt.isEmpty() ? Uni.createFrom().voidItem() : memberships.refreshRelated(tx, learnt);
    }

    private Uni<Void> follow(SqlConnection tx, UUID[] dirty) {
        if (dirty.length == 0) {
            return Uni.createFrom().voidItem();
        }
        return metrics.recompute(tx, dirty)
                .chain(() -> favourites.recompute(tx, dirty))
                .chain(() -> memberships.refresh(tx, dirty));
    }
}
