package io.snowball.segmentation.fact;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.feed.FeedHandler;
import io.snowball.segmentation.metric.MetricSql;
import io.snowball.segmentation.metric.UnplacedSql;
import io.snowball.segmentation.segment.Memberships;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** Who is blocked is nowhere until they are not any more; who is to be destroyed is gone at once. Of consents only those to ask for anew. */
@ApplicationScoped
class ConsentFeed implements FeedHandler {
    private final BlockSql blocks;
    private final ForgetSql forgetting;
    private final LegacyConsentSql consents;
    private final MetricSql metrics;
    private final UnplacedSql unplaced;
    private final Memberships memberships;
    private final Clock clock;

    ConsentFeed(
            BlockSql blocks,
            ForgetSql forgetting,
            LegacyConsentSql consents,
            MetricSql metrics,
            UnplacedSql unplaced,
            Memberships memberships,
            Clock clock) {
        this.blocks = blocks;
        this.forgetting = forgetting;
        this.consents = consents;
        this.metrics = metrics;
        this.unplaced = unplaced;
        this.memberships = memberships;
        this.clock = clock;
    }

    @Override
    public String source() {
        return "consent";
    }

    @Override
    public Uni<Void> apply(SqlConnection tx, List<FeedEvent> batch) {
        ConsentNews news = ConsentNews.of(batch);
        return people(tx, news).chain(() -> note(tx, news.consents()));
    }

    private Uni<Void> note(SqlConnection tx, List<LegacyConsentSql.Told> told) {
        return told.isEmpty()
                ? Uni.createFrom().voidItem()
                : consents.put(tx, told)
                        .chain(changed -> changed.isEmpty()
                                ? Uni.createFrom().voidItem()
                                : memberships.refreshByConsents(tx, changed.toArray(UUID[]::new)));
    }

    private Uni<Void> people(SqlConnection tx, ConsentNews news) {
        // Most of this feed is about consents: they must not take the lock.
        return news.isOfConsentsOnly()
                ? Uni.createFrom().voidItem()
                : memberships
                        .lock(tx)
                        .chain(() -> block(tx, news.blocked().toArray(UUID[]::new)))
                        .chain(() -> unblock(tx, news.unblocked().toArray(UUID[]::new)))
                        .chain(() -> forget(tx, news.destroyed()));
    }

    private Uni<Void> block(SqlConnection tx, UUID[] customers) {
        return customers.length == 0
                ? Uni.createFrom().voidItem()
                : memberships
                        .withhold(tx, customers)
                        .chain(() -> blocks.block(tx, customers, clock.instant()))
                        .chain(() -> unplaced.note(tx, List.of(customers)));
    }

    private Uni<Void> unblock(SqlConnection tx, UUID[] customers) {
        return customers.length == 0
                ? Uni.createFrom().voidItem()
                : blocks.unblock(tx, customers)
                        .chain(() -> metrics.recompute(tx, customers))
                        .chain(() -> memberships.giveBack(tx, customers));
    }

    private Uni<Void> forget(SqlConnection tx, List<Facts.Gone> destroyed) {
        return destroyed.isEmpty()
                ? Uni.createFrom().voidItem()
                : forgetting
                        .forget(tx, destroyed)
                        .chain(() -> memberships.forget(
                                tx, destroyed.stream().map(Facts.Gone::id).toArray(UUID[]::new)));
    }
}
