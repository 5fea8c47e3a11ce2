package io.snowball.segmentation.segment;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;

/** Segments whose rule asks what a model foresaw: evaluated anew after a run, for it may have changed its mind of everybody. */
@ApplicationScoped
public class PredictedSegments {
    private final Pool pool;
    private final SegmentSql segments;
    private final Memberships memberships;

    PredictedSegments(Pool pool, SegmentSql segments, Memberships memberships) {
        this.pool = pool;
        this.segments = segments;
        this.memberships = memberships;
    }

    /** A transaction for each segment: a long one would hold back every reader of the feed. */
    public Uni<Void> refreshByPredictions() {
        return segments.graph(pool)
                .chain(graph -> Multi.createFrom()
                        .iterable(graph.lookingAtPredictions())
                        .call(segment -> pool.withTransaction(tx -> memberships.again(tx, segment.id())))
                        .collect()
                        .last())
                .replaceWithVoid();
    }
}
