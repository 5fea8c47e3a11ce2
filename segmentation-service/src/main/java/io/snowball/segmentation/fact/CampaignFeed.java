package io.snowball.segmentation.fact;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.feed.FeedHandler;
import io.snowball.segmentation.metric.EngagementSql;
import io.snowball.segmentation.metric.EngagementSql.Told;
import io.snowball.segmentation.metric.UnplacedSql;
import io.snowball.segmentation.segment.Memberships;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What became of messages, and what follows from it, in the transaction that moves the cursor. */
@ApplicationScoped
class CampaignFeed implements FeedHandler {
    private final MessageFactSql facts;
    private final EngagementSql engagement;
    private final UnplacedSql unplaced;
    private final Memberships memberships;

    CampaignFeed(MessageFactSql facts, EngagementSql engagement, UnplacedSql unplaced, Memberships memberships) {
        this.facts = facts;
        this.engagement = engagement;
        this.unplaced = unplaced;
        this.memberships = memberships;
    }

    @Override
    public String source() {
        return "campaign";
    }

    /** One event tells of a whole window of messages, a hundred as a rule. */
    @Override
    public int page() {
        return 50;
    }

    @Override
    public Uni<Void> apply(SqlConnection tx, List<FeedEvent> batch) {
        MessageFacts news = MessageFacts.of(batch);
        return news.messages().isEmpty()
                ? Uni.createFrom().voidItem()
                : facts.upsert(tx, news.messages()).chain(told -> follow(tx, told));
    }

    /** Rarely is anybody written to of whom we have not heard: only then the lock is needed. */
    private Uni<Void> place(SqlConnection tx, Collection<UUID> dirty) {
        return unplaced.areAllPlaced(tx, dirty)
                .chain(all ->
                        all ? Uni.createFrom().voidItem() : memberships.lock(tx).chain(() -> unplaced.note(tx, dirty)));
    }

    private Uni<Void> follow(SqlConnection tx, List<Told> told) {
        Set<UUID> dirty = told.stream().map(Told::customerId).collect(Collectors.toSet());
        return place(tx, dirty)
                .chain(() -> engagement.follow(tx, told))
                .chain(() -> memberships.refreshByMessages(tx, dirty.toArray(UUID[]::new)));
    }
}
