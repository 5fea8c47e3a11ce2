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

/** Who is blocked is nowhere until they are not any more; who is to be destroyed is gone at once. */
@ApplicationScoped
class ConsentFeed implements FeedHandler {
    private final BlockSql blocks;
    private final ForgetSql forgetting;
    private final MetricSql metrics;
    private final UnplacedSql unplaced;
    private final Memberships memberships;
    private final Clock clock;

    ConsentFeed(
            BlockSql blocks,
            ForgetSql forgetting,
            MetricSql metrics,
            UnplacedSql unplaced,
            Memberships memberships,
            Clock clock) {
        this.blocks = blocks;
        this.forgetting = forgetting;
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
        // Most of this feed is about consents, and they are no business of ours.
        return news.isEmpty()
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
