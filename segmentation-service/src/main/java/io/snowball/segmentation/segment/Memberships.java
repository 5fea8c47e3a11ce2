package io.snowball.segmentation.segment;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.snowball.segmentation.rfm.RfmSettingsSql;
import io.snowball.segmentation.rule.RuleCompiler.Moment;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps who is in which segment true: after facts, after an edit, and by the clock. */
@ApplicationScoped
public class Memberships {
    private final Pool pool;
    private final MembershipSql sql;
    private final SegmentSql segments;
    private final RfmSettingsSql settings;
    private final Clock clock;

    Memberships(Pool pool, MembershipSql sql, SegmentSql segments, RfmSettingsSql settings, Clock clock) {
        this.pool = pool;
        this.sql = sql;
        this.segments = segments;
        this.settings = settings;
        this.clock = clock;
    }

    /** After the facts of these customers have changed, in the same transaction: all segments, these customers only. */
    public Uni<Void> refresh(SqlConnection tx, UUID[] customerIds) {
        return sql.lock(tx).chain(() -> segments.graph(tx)).chain(graph -> evaluate(tx, graph.ordered(), customerIds));
    }

    /** After the rule of this segment has been written, in the same transaction, which holds the lock: it and all that name it. */
    Uni<Void> refill(SqlConnection tx, UUID segmentId) {
        return segments.graph(tx).chain(graph -> evaluate(tx, graph.withDependents(Set.of(segmentId)), null));
    }

    /**
     * What time alone has changed. A transaction for each segment: a long one would hold back every reader of the feed. Replicas
     * may do it at the same time; the later one finds nothing to change.
     */
    Uni<Void> followTheClock() {
        return segments.graph(pool)
                .chain(graph -> Multi.createFrom()
                        .iterable(graph.followingTheClock())
                        .call(segment -> pool.withTransaction(tx -> again(tx, segment.id())))
                        .collect()
                        .last())
                .replaceWithVoid();
    }

    /** By the rule that it has once the lock is held: it may have been edited or deleted since the list was made. */
    private Uni<Void> again(SqlConnection tx, UUID segmentId) {
        return sql.lock(tx)
                .chain(() -> segments.find(tx, segmentId))
                .map(found -> found.map(s ->
                                List.of(new SegmentGraph.Node(s.id(), s.draft().rule())))
                        .orElse(List.of()))
                .chain(nodes -> evaluate(tx, nodes, null));
    }

    private Uni<Void> evaluate(SqlConnection tx, List<SegmentGraph.Node> nodes, UUID @Nullable [] among) {
        return moment(tx)
                .chain(moment -> Multi.createFrom()
                        .iterable(nodes)
                        .call(segment -> sql.evaluate(tx, segment, moment, among))
                        .collect()
                        .last())
                .replaceWithVoid();
    }

    Uni<Moment> moment(SqlConnection tx) {
        return settings.current(tx).map(rfm -> new Moment(clock.instant(), rfm));
    }
}
