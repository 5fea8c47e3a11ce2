package io.snowball.segmentation.fact;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.snowball.segmentation.metric.EngagementSql;
import io.snowball.segmentation.metric.FeedbackSql;
import io.snowball.segmentation.metric.MetricSql;
import io.snowball.segmentation.segment.MergedLists;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Two records that were one person, or were not after all; one after the other, for one merge may take further what another brought. */
@ApplicationScoped
class Merging {
    private final MergeSql sql;
    private final MetricSql metrics;
    private final EngagementSql engagement;
    private final FeedbackSql feedback;
    private final MergedLists lists;

    Merging(MergeSql sql, MetricSql metrics, EngagementSql engagement, FeedbackSql feedback, MergedLists lists) {
        this.sql = sql;
        this.metrics = metrics;
        this.engagement = engagement;
        this.feedback = feedback;
        this.lists = lists;
    }

    /** @return whose facts have changed by it; the caller counts again what follows from their orders */
    Uni<Set<UUID>> follow(SqlConnection tx, List<Facts.Merge> merges) {
        Set<UUID> concerned = new HashSet<>();
        for (Facts.Merge merge : merges) {
            concerned.add(merge.from());
            concerned.add(merge.to());
        }
        return merges.isEmpty()
                ? Uni.createFrom().item(concerned)
                : Multi.createFrom()
                        .iterable(merges)
                        .call(merge -> merge.undone() ? undo(tx, merge) : merge(tx, merge))
                        .collect()
                        .last()
                        .chain(() -> engagement.recompute(tx, concerned.toArray(UUID[]::new)))
                        .chain(() -> feedback.recompute(tx, concerned.toArray(UUID[]::new)))
                        .replaceWith(concerned);
    }

    private Uni<Void> merge(SqlConnection tx, Facts.Merge merge) {
        return sql.merge(tx, merge.id(), merge.from(), merge.to())
                .chain(() -> lists.carryOver(tx, merge.id(), merge.from(), merge.to()));
    }

    private Uni<Void> undo(SqlConnection tx, Facts.Merge merge) {
        return sql.undo(tx, merge.id())
                // Lists take nobody who has no metrics: those who are blocked have none.
                .chain(() -> metrics.recompute(tx, new UUID[] {merge.from()}))
                .chain(() -> lists.takeBack(tx, merge.id(), merge.from(), merge.to()));
    }
}
