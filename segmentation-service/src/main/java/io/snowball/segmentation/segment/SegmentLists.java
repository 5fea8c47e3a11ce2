package io.snowball.segmentation.segment;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.id.Ids;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.problem.Constraints;
import io.snowball.platform.problem.ProblemException;
import io.snowball.segmentation.rule.Rule;
import io.snowball.segmentation.segment.SegmentApi.ChangeMembers;
import io.snowball.segmentation.segment.SegmentApi.CreateSnapshot;
import io.snowball.segmentation.segment.SegmentApi.MembersChanged;
import io.snowball.segmentation.segment.SegmentApi.SegmentView;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Segments without a rule: lists that people keep, and snapshots, which are lists made of who is in a segment now. */
@ApplicationScoped
class SegmentLists {
    private final Pool pool;
    private final SegmentSql sql;
    private final MembershipSql members;
    private final Memberships memberships;
    private final Idempotency idempotency;
    private final Clock clock;

    SegmentLists(
            Pool pool,
            SegmentSql sql,
            MembershipSql members,
            Memberships memberships,
            Idempotency idempotency,
            Clock clock) {
        this.pool = pool;
        this.sql = sql;
        this.members = members;
        this.memberships = memberships;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    /** The wanted state of these customers; saying it twice does no harm. */
    private record Wanted(Set<UUID> in, Set<UUID> among) {
        static Wanted of(ChangeMembers body) {
            Set<UUID> in = new HashSet<>(orNone(body.add()));
            Set<UUID> all = new HashSet<>(orNone(body.remove()));
            if (in.stream().anyMatch(all::contains)) {
                throw ProblemException.invalidField(
                        "/remove", "contradiction", "A customer can't be added and removed at once");
            }
            all.addAll(in);
            return new Wanted(in, all);
        }

        Set<UUID> out() {
            Set<UUID> out = new HashSet<>(among);
            out.removeAll(in);
            return out;
        }

        private static List<UUID> orNone(@Nullable List<UUID> ids) {
            return ids == null ? List.of() : ids;
        }
    }

    Uni<MembersChanged> change(UUID id, ChangeMembers body) {
        Wanted wanted = Wanted.of(body);
        return pool.withTransaction(tx -> members.lock(tx)
                .chain(() -> known(tx, id))
                .invoke(SegmentLists::checkList)
                .chain(() -> memberships.moment(tx))
                .chain(moment -> members.put(tx, id, moment, array(wanted.in()), array(wanted.among())))
                // Who is blocked and taken off the list does not come back to it.
                .chain(() -> members.dropWithheld(tx, id, array(wanted.out())))
                .chain(() -> memberships.refreshDependents(tx, id, array(wanted.among())))
                .chain(() -> changed(tx, id, wanted)));
    }

    private Uni<MembersChanged> changed(SqlConnection tx, UUID id, Wanted wanted) {
        return known(tx, id)
                .chain(segment -> members.unknown(tx, array(wanted.in()))
                        .map(unknown -> new MembersChanged(segment.customers(), unknown)));
    }

    Uni<RestResponse<SegmentView>> snapshot(UUID id, @Nullable UUID key, CreateSnapshot body) {
        SegmentDraft draft = new SegmentDraft(body.name(), body.description(), new Rule.Listed());
        UUID copy = Ids.next();
        return idempotency
                .once(
                        "createSegmentSnapshot/" + id,
                        key,
                        body,
                        SegmentView.class,
                        tx -> members.lock(tx)
                                .chain(() -> known(tx, id))
                                .chain(() -> sql.graph(tx))
                                .invoke(graph -> Segments.checkNew(graph, draft))
                                .chain(() -> copied(tx, id, copy, draft))
                                .map(segment -> Reply.created("/api/v1/segments/" + copy, SegmentView.of(segment))))
                .onFailure()
                .transform(Constraints.to(SegmentProblem.NAME_TAKEN));
    }

    private Uni<Segment> copied(SqlConnection tx, UUID from, UUID to, SegmentDraft draft) {
        return sql.insert(tx, to, draft, clock.instant())
                .chain(() -> memberships.moment(tx))
                .chain(moment -> members.copy(tx, from, to, moment))
                .chain(() -> known(tx, to));
    }

    private Uni<Segment> known(SqlConnection tx, UUID id) {
        return sql.find(tx, id).map(SegmentLists::orUnknown);
    }

    private static UUID[] array(Set<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }

    private static Segment orUnknown(Optional<Segment> found) {
        return found.orElseThrow(Segments::unknown);
    }

    private static void checkList(Segment segment) {
        if (!(segment.draft().rule() instanceof Rule.Listed)) {
            throw SegmentProblem.NOT_A_LIST.with("Change its rule, or take a snapshot and change that");
        }
    }
}
