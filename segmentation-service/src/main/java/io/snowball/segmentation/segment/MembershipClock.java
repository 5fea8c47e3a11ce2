package io.snowball.segmentation.segment;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.snowball.segmentation.rfm.RfmSettings;
import io.snowball.segmentation.rfm.RfmSettingsSql;
import io.snowball.segmentation.rule.ClockEdges;
import io.snowball.segmentation.rule.ClockEdges.Passed;
import io.snowball.segmentation.segment.ClockSql.State;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Windows pass although nothing happens. Looks only at customers with a fact for which the edge of a window has passed since the
 * last time; at the whole base after a long pause, and when the thresholds of the grid have changed. Replicas may do it at the same
 * time; the later one finds nothing to change.
 */
@ApplicationScoped
class MembershipClock {
    /** More customers at once would hold the lock, and with it the feeds, too long: orders waited 2.4 s behind 5,000. */
    static final int PAGE = 500;

    private static final Duration PAUSE_MAX = Duration.ofDays(8);

    /** Edges are looked at again for so long: clocks of replicas differ. A clock that was set back further starts anew. */
    private static final Duration OVERLAP = Duration.ofSeconds(30);

    private final Pool pool;
    private final ClockSql sql;
    private final SegmentSql segments;
    private final Memberships memberships;
    private final RfmSettingsSql settings;
    private final Clock clock;

    MembershipClock(
            Pool pool,
            ClockSql sql,
            SegmentSql segments,
            Memberships memberships,
            RfmSettingsSql settings,
            Clock clock) {
        this.pool = pool;
        this.sql = sql;
        this.segments = segments;
        this.memberships = memberships;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(every = "{segmentation.membership.every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return settings.versioned(pool).chain(rfm -> follow(new State(clock.instant(), rfm.version()), rfm.settings()));
    }

    private Uni<Void> follow(State now, RfmSettings rfm) {
        return sql.find(pool)
                .chain(was -> was.isPresent() && isNear(was.get(), now)
                        ? customersOfEdgesBetween(was.get(), now, rfm)
                        : wholeBase())
                .chain(() -> sql.save(pool, now));
    }

    private static boolean isNear(State was, State now) {
        return was.rfmVersion() == now.rfmVersion()
                && now.at().isAfter(was.at().minus(OVERLAP))
                && now.at().isBefore(was.at().plus(PAUSE_MAX));
    }

    private Uni<Void> customersOfEdgesBetween(State was, State now, RfmSettings rfm) {
        return segments.graph(pool).chain(graph -> {
            Instant from = was.at().minus(OVERLAP);
            Set<Passed> passed = new HashSet<>();
            graph.ordered().forEach(node -> passed.addAll(ClockEdges.passed(node.rule(), rfm, from, now.at())));
            return passed.isEmpty() ? Uni.createFrom().voidItem() : pages(passed, null);
        });
    }

    private Uni<Void> pages(Set<Passed> passed, @Nullable UUID after) {
        return sql.customers(pool, passed, after, PAGE)
                .chain(ids -> ids.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : pool.withTransaction(tx -> memberships.refreshByClock(tx, ids.toArray(UUID[]::new)))
                                .chain(() -> pages(passed, ids.getLast())));
    }

    /** A transaction for each segment: a long one would hold back every reader of the feed. */
    private Uni<Void> wholeBase() {
        return segments.graph(pool)
                .chain(graph -> Multi.createFrom()
                        .iterable(graph.followingTheClock())
                        .call(segment -> pool.withTransaction(tx -> memberships.again(tx, segment.id())))
                        .collect()
                        .last())
                .replaceWithVoid();
    }
}
