package io.snowball.segmentation.fact;

import io.snowball.platform.feed.FeedEvent;
import io.snowball.segmentation.metric.EngagementSql;
import io.snowball.segmentation.metric.FavouriteSql;
import io.snowball.segmentation.metric.FeedbackSql;
import io.snowball.segmentation.metric.MetricSql;
import io.snowball.segmentation.metric.UnplacedSql;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Facts and metrics as the feeds keep them, without an application around. */
public final class PlainFacts {
    private final Pool pool;
    private final FactSql facts = new FactSql();
    private final DeedSql deeds = new DeedSql(new MergeSql());
    private final MessageFactSql messages = new MessageFactSql(new MergeSql());
    private final AnswerSql answers = new AnswerSql(new MergeSql());
    private final FeedbackSql feedback = new FeedbackSql();
    private final UnplacedSql unplaced = new UnplacedSql();
    private final MetricSql metrics = new MetricSql(unplaced);
    private final FavouriteSql favourites = new FavouriteSql();
    private final EngagementSql engagement = new EngagementSql();

    public PlainFacts(Pool pool) {
        this.pool = pool;
    }

    public void apply(List<FeedEvent> customerEvents, List<FeedEvent> campaignEvents) {
        Facts news = Facts.of(customerEvents);
        pool.withTransaction(tx -> facts.upsertCustomers(tx, news.customers())
                        .chain(customers -> metrics.recompute(tx, ids(customers)))
                        .chain(() -> facts.upsertOrders(tx, news.orders()))
                        .chain(customers -> metrics.recompute(tx, ids(customers))
                                .chain(() -> favourites.recompute(tx, ids(customers))))
                        .chain(() -> facts.learnProducts(tx, news.orders()))
                        .chain(() -> deeds.insertEvents(tx, news.done()))
                        .chain(() -> answers.upsert(tx, news.answers()))
                        .chain(customers -> feedback.recompute(tx, ids(customers)))
                        .chain(() -> apply(tx, campaignEvents)))
                .await()
                .indefinitely();
    }

    private io.smallrye.mutiny.Uni<Void> apply(SqlConnection tx, List<FeedEvent> campaignEvents) {
        return messages.upsert(tx, MessageFacts.of(campaignEvents).messages())
                .chain(told -> engagement.follow(tx, told));
    }

    private static UUID[] ids(Set<UUID> customers) {
        return customers.toArray(UUID[]::new);
    }
}
