package io.snowball.segmentation.segment;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.id.Ids;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.Constraints;
import io.snowball.platform.problem.ProblemException;
import io.snowball.segmentation.IdCursor;
import io.snowball.segmentation.rule.Rule;
import io.snowball.segmentation.rule.RuleCheck;
import io.snowball.segmentation.rule.RuleCompiler.Moment;
import io.snowball.segmentation.segment.SegmentApi.PreviewSegment;
import io.snowball.segmentation.segment.SegmentApi.SegmentBody;
import io.snowball.segmentation.segment.SegmentApi.SegmentMembers;
import io.snowball.segmentation.segment.SegmentApi.SegmentPreview;
import io.snowball.segmentation.segment.SegmentApi.SegmentView;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What people do with segments. Each edit takes the membership lock first, then decides, then fills the segment. */
@ApplicationScoped
class Segments {
    /** Every batch of facts looks at all of them. */
    static final int MAX = 1000;

    private final Pool pool;
    private final SegmentSql sql;
    private final MembershipSql members;
    private final Memberships memberships;
    private final PreviewSample sample;
    private final Idempotency idempotency;
    private final Clock clock;

    Segments(
            Pool pool,
            SegmentSql sql,
            MembershipSql members,
            Memberships memberships,
            PreviewSample sample,
            Idempotency idempotency,
            Clock clock) {
        this.pool = pool;
        this.sql = sql;
        this.members = members;
        this.memberships = memberships;
        this.sample = sample;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    Uni<RestResponse<SegmentView>> create(@Nullable UUID key, SegmentBody body) {
        SegmentDraft draft = body.toDraft();
        UUID id = Ids.next();
        return idempotency
                .once(
                        "createSegment",
                        key,
                        body,
                        SegmentView.class,
                        tx -> locked(tx)
                                .invoke(graph -> checkNew(graph, draft))
                                .chain(() -> sql.insert(tx, id, draft, clock.instant()))
                                .chain(() -> filled(tx, id))
                                .map(segment -> Reply.created("/api/v1/segments/" + id, SegmentView.of(segment))))
                .onFailure()
                .transform(Constraints.to(SegmentProblem.NAME_TAKEN));
    }

    Uni<Segment> replace(UUID id, int version, SegmentDraft draft) {
        return pool.withTransaction(tx -> locked(tx)
                        .invoke(graph -> checkKnown(graph, id, draft.rule()))
                        .chain(() -> sql.replace(tx, id, version, draft, clock.instant()))
                        .invoke(Segments::checkReplaced)
                        .chain(() -> filled(tx, id)))
                .onFailure()
                .transform(Constraints.to(SegmentProblem.NAME_TAKEN));
    }

    Uni<Void> delete(UUID id, boolean evenIfUsed) {
        return pool.withTransaction(tx -> locked(tx)
                .invoke(graph -> checkUnnamed(graph, id))
                .chain(() -> sql.find(tx, id))
                .invoke(found -> checkUnused(found.orElseThrow(Segments::unknown), evenIfUsed))
                .chain(() -> memberships.moment(tx))
                .chain(moment -> members.empty(tx, id, moment))
                .chain(() -> sql.delete(tx, id)));
    }

    Uni<Segment> get(UUID id) {
        return sql.find(pool, id).map(found -> found.orElseThrow(Segments::unknown));
    }

    Uni<Keyset<Segment>> list(@Nullable String cursor, int limit) {
        return sql.list(pool, IdCursor.after(cursor, "segments"), limit + 1)
                .map(rows -> IdCursor.page(rows, limit, Segment::id, "segments"));
    }

    /** @param bySibling who will do something with them */
    Uni<SegmentMembers> members(UUID id, @Nullable UUID after, int limit, boolean bySibling) {
        return get(id).call(() -> bySibling
                        ? sql.read(pool, id, clock.instant())
                        : Uni.createFrom().voidItem())
                .chain(() -> members.members(pool, id, after, limit + 1))
                .map(found -> SegmentMembers.of(found, limit));
    }

    Uni<SegmentPreview> preview(PreviewSegment body) {
        RuleCheck.check(body.rule(), "/rule");
        UUID id = body.segmentId();
        return pool.withTransaction(tx -> sql.graph(tx)
                .invoke(graph -> checkPreview(graph, body))
                .call(() -> MembershipSql.forMany(tx))
                .chain(() -> memberships.moment(tx))
                .chain(moment -> id == null ? preview(tx, body, moment) : sql.preview(tx, body.rule(), moment, id)));
    }

    private Uni<SegmentPreview> preview(SqlConnection tx, PreviewSegment body, Moment moment) {
        return sample.current(tx).chain(found -> {
            if (found.isEmpty()) {
                return sql.preview(tx, body.rule(), moment);
            }
            return body.wantsExact()
                    ? sql.preview(tx, body.rule(), moment, found.get().some())
                    : sql.preview(tx, body.rule(), moment, found.get());
        });
    }

    private static void checkPreview(SegmentGraph graph, PreviewSegment body) {
        if (body.segmentId() == null) {
            checkNamed(graph, body.rule());
        } else {
            checkKnown(graph, body.segmentId(), body.rule());
        }
    }

    private Uni<SegmentGraph> locked(SqlConnection tx) {
        return members.lock(tx).chain(() -> sql.graph(tx));
    }

    private Uni<Segment> filled(SqlConnection tx, UUID id) {
        return memberships
                .refill(tx, id)
                .chain(() -> sql.find(tx, id))
                .map(found -> found.orElseThrow(Segments::unknown));
    }

    static void checkNew(SegmentGraph graph, SegmentDraft draft) {
        if (graph.size() >= MAX) {
            throw SegmentProblem.TOO_MANY.with("Delete segments that nobody uses: " + MAX + " are allowed");
        }
        checkNamed(graph, draft.rule());
    }

    private static void checkKnown(SegmentGraph graph, UUID id, Rule rule) {
        if (!graph.contains(id)) {
            throw unknown();
        }
        checkNamed(graph, rule);
        if (graph.wouldCircle(id, rule)) {
            throw SegmentProblem.CIRCLE.with("Name in the rule only segments that do not depend on this one");
        }
    }

    private static void checkNamed(SegmentGraph graph, Rule rule) {
        if (!rule.namedSegments().stream().allMatch(graph::contains)) {
            throw ProblemException.invalidField(
                    "/rule", "unknown-segment", "The rule names a segment that does not exist");
        }
    }

    private static void checkReplaced(boolean replaced) {
        if (!replaced) {
            throw CommonProblem.STALE_VERSION.with("Read the segment again and repeat the change");
        }
    }

    private static void checkUnnamed(SegmentGraph graph, UUID id) {
        if (!graph.contains(id)) {
            throw unknown();
        }
        List<SegmentGraph.Node> naming = graph.naming(id);
        if (!naming.isEmpty()) {
            throw SegmentProblem.IN_USE.with("Take it first out of the rules of: "
                    + naming.stream().limit(10).map(SegmentGraph.Node::name).collect(Collectors.joining(", ")));
        }
    }

    private static void checkUnused(Segment segment, boolean evenIfUsed) {
        if (segment.readAt() != null && !evenIfUsed) {
            throw SegmentProblem.USED.with("A campaign asked who is in it at " + segment.readAt()
                    + ": if it is not needed any more, delete it with evenIfUsed=true");
        }
    }

    static ProblemException unknown() {
        return CommonProblem.NOT_FOUND.with("There is no segment with this id");
    }
}
