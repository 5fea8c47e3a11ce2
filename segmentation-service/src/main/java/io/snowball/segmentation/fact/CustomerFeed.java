package io.snowball.segmentation.fact;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.feed.FeedHandler;
import io.snowball.segmentation.metric.FavouriteSql;
import io.snowball.segmentation.metric.FeedbackSql;
import io.snowball.segmentation.metric.MetricSql;
import io.snowball.segmentation.metric.UnplacedSql;
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
    private final DeedSql deeds;
    private final AnswerSql answers;
    private final ReferralFactSql referrals;
    private final Merging merging;
    private final ForgetSql forgetting;
    private final MetricSql metrics;
    private final FavouriteSql favourites;
    private final FeedbackSql feedback;
    private final UnplacedSql unplaced;
    private final Memberships memberships;

    CustomerFeed(
            FactSql facts,
            DeedSql deeds,
            AnswerSql answers,
            ReferralFactSql referrals,
            Merging merging,
            ForgetSql forgetting,
            MetricSql metrics,
            FavouriteSql favourites,
            FeedbackSql feedback,
            UnplacedSql unplaced,
            Memberships memberships) {
        this.facts = facts;
        this.deeds = deeds;
        this.answers = answers;
        this.referrals = referrals;
        this.merging = merging;
        this.forgetting = forgetting;
        this.metrics = metrics;
        this.favourites = favourites;
        this.feedback = feedback;
        this.unplaced = unplaced;
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
                .chain(() -> merging.follow(tx, news.merges()))
                .invoke(dirty::addAll)
                .chain(() -> forget(tx, news.gone()))
                .chain(() -> follow(tx, dirty.toArray(UUID[]::new)))
                .chain(() -> facts.learnProducts(tx, news.orders()))
                .chain(learnt -> related(tx, learnt))
                .chain(() -> know(tx, news))
                .chain(() -> answers.upsert(tx, news.answers()))
                .chain(heard -> heard(tx, heard))
                .chain(() -> referrals.upsert(tx, news.referrals()));
    }

    /** What customers did, and what the catalogue says of products. */
    private Uni<Void> know(SqlConnection tx, Facts news) {
        return deeds.upsertProducts(tx, news.products())
                .chain(() -> deeds.insertEvents(tx, news.done()))
                .chain(dirty -> dirty.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : unplaced.note(tx, dirty)
                                .chain(() -> memberships.refreshByEvents(tx, dirty.toArray(UUID[]::new))));
    }

    private Uni<Void> heard(SqlConnection tx, Set<UUID> heard) {
        UUID[] customers = heard.toArray(UUID[]::new);
        return heard.isEmpty()
                ? Uni.createFrom().voidItem()
                : feedback.recompute(tx, customers)
                        .chain(() -> unplaced.note(tx, heard))
                        .chain(() -> memberships.refreshByFeedback(tx, customers));
    }

    private Uni<Void> forget(SqlConnection tx, Collection<Facts.Gone> gone) {
        return gone.isEmpty()
                ? Uni.createFrom().voidItem()
                : forgetting
                        .forget(tx, gone)
                        // The orders of who was merged come to the other record one by one.
                        .chain(() -> unplaced.note(
                                tx,
                                gone.stream()
                                        .filter(one -> !one.erased())
                                        .map(Facts.Gone::id)
                                        .toList()))
                        .chain(() -> memberships.forget(
                                tx, gone.stream().map(Facts.Gone::id).toArray(UUID[]::new)));
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
