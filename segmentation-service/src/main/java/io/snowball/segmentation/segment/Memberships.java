package io.snowball.segmentation.segment;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.snowball.segmentation.rfm.RfmSettingsSql;
import io.snowball.segmentation.rule.Rule;
import io.snowball.segmentation.rule.RuleCompiler.Moment;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps who is in which segment true: after facts, after an edit, and by the clock. */
@ApplicationScoped
public class Memberships {
    private final MembershipSql sql;
    private final SegmentSql segments;
    private final RfmSettingsSql settings;
    private final Clock clock;

    Memberships(MembershipSql sql, SegmentSql segments, RfmSettingsSql settings, Clock clock) {
        this.sql = sql;
        this.segments = segments;
        this.settings = settings;
        this.clock = clock;
    }

    /** After the facts of these customers have changed, in the same transaction: all segments, these customers only. */
    public Uni<Void> refresh(SqlConnection tx, UUID[] customerIds) {
        return sql.lock(tx).chain(() -> segments.graph(tx)).chain(graph -> evaluate(tx, graph.ordered(), customerIds));
    }

    /** The same after news of messages to them: only segments that look at messages. */
    public Uni<Void> refreshByMessages(SqlConnection tx, UUID[] customerIds) {
        return refresh(tx, SegmentGraph::lookingAtMessages, customerIds);
    }

    /** The same after what they did was recorded: only segments that look at events. */
    public Uni<Void> refreshByEvents(SqlConnection tx, UUID[] customerIds) {
        return refresh(tx, SegmentGraph::lookingAtEvents, customerIds);
    }

    /** The same after what they said of the company was heard: only segments that look at it. */
    public Uni<Void> refreshByFeedback(SqlConnection tx, UUID[] customerIds) {
        return refresh(tx, SegmentGraph::lookingAtFeedback, customerIds);
    }

    /** The same after a consent inside another document was given or ended: only segments that look at it. */
    public Uni<Void> refreshByConsents(SqlConnection tx, UUID[] customerIds) {
        return refresh(tx, SegmentGraph::lookingAtConsents, customerIds);
    }

    /** Held until the transaction ends. */
    public Uni<Void> lock(SqlConnection tx) {
        return sql.lock(tx);
    }

    /** These customers are blocked: they leave whatever they are in, and lists remember them. The caller holds the lock. */
    public Uni<Void> withhold(SqlConnection tx, UUID[] customerIds) {
        return sql.withhold(tx, customerIds).chain(() -> sql.forget(tx, customerIds, clock.instant()));
    }

    /** They are blocked no longer, and have metrics again: back to their lists, and to whatever finds them. */
    public Uni<Void> giveBack(SqlConnection tx, UUID[] customerIds) {
        return sql.giveBack(tx, customerIds, clock.instant()).chain(() -> refresh(tx, customerIds));
    }

    /** These customers are no more: they leave whatever they are in, lists too. */
    public Uni<Void> forget(SqlConnection tx, UUID[] customerIds) {
        return sql.lock(tx).chain(() -> sql.forget(tx, customerIds, clock.instant()));
    }

    /** After these products were first sold in a category: whoever bought in it may belong now to segments that ask for relation. */
    public Uni<Void> refreshRelated(SqlConnection tx, Set<String> skus) {
        return refresh(tx, graph -> graph.relatedTo(skus), null);
    }

    /** Without the lock where no segment is concerned; chosen again once it is held, for rules may have been edited. */
    private Uni<Void> refresh(
            SqlConnection tx,
            Function<SegmentGraph, List<SegmentGraph.Node>> concerned,
            UUID @Nullable [] customerIds) {
        return segments.graph(tx)
                .map(concerned)
                .chain(nodes -> nodes.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : sql.lock(tx)
                                .chain(() -> segments.graph(tx))
                                .chain(graph -> evaluate(tx, concerned.apply(graph), customerIds)));
    }

    /** The same when an edge of a window has passed for them: only segments that time alone can change. */
    Uni<Void> refreshByClock(SqlConnection tx, UUID[] customerIds) {
        return sql.lock(tx)
                .chain(() -> segments.graph(tx))
                .chain(graph -> evaluate(tx, graph.followingTheClock(), customerIds));
    }

    /** After these customers have come or gone by hand, in the same transaction, which holds the lock: all that name the segment. */
    Uni<Void> refreshDependents(SqlConnection tx, UUID segmentId, UUID[] customerIds) {
        return segments.graph(tx).chain(graph -> evaluate(tx, graph.withDependents(Set.of(segmentId)), customerIds));
    }

    /** After the rule of this segment has been written, in the same transaction, which holds the lock: it and all that name it. */
    Uni<Void> refill(SqlConnection tx, UUID segmentId) {
        return segments.graph(tx).chain(graph -> evaluate(tx, graph.withDependents(Set.of(segmentId)), null));
    }

    /** By the rule that it has once the lock is held: it may have been edited or deleted since somebody thought of it. */
    Uni<Void> again(SqlConnection tx, UUID segmentId) {
        return sql.lock(tx).chain(() -> segments.graph(tx)).chain(graph -> evaluate(tx, graph.only(segmentId), null));
    }

    private Uni<Void> evaluate(SqlConnection tx, List<SegmentGraph.Node> nodes, UUID @Nullable [] among) {
        return moment(tx)
                .call(() -> among == null
                        ? MembershipSql.forMany(tx)
                        : Uni.createFrom().voidItem())
                .chain(moment -> Multi.createFrom()
                        .iterable(nodes)
                        // A list is what people made it.
                        .filter(segment -> !(segment.rule() instanceof Rule.Listed))
                        .call(segment -> sql.evaluate(tx, segment, moment, among))
                        .collect()
                        .last())
                .replaceWithVoid();
    }

    Uni<Moment> moment(SqlConnection tx) {
        return settings.current(tx).map(rfm -> new Moment(clock.instant(), rfm));
    }
}
