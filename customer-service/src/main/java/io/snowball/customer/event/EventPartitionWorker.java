package io.snowball.customer.event;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a partition of events ready for each month, and deletes what is older than its type is kept. What comes for months before
 * the first partition goes into the default one.
 */
@ApplicationScoped
class EventPartitionWorker {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int MONTHS_AHEAD = 2;
    private static final int BITE = 5_000;

    /* language=PostgreSQL */
    private static final String LOCK = "select pg_advisory_xact_lock(hashtext('event partitions'))";

    /* language=PostgreSQL */
    private static final String FORGET = """
            delete from event e
            using (
              select o.external_id, o.occurred_at
              from event_type t
              cross join lateral (
                select x.external_id, x.occurred_at
                from event x
                where x.type = t.name and x.occurred_at < $1::timestamptz - make_interval(days => t.retention_days)
                limit $2) o
              limit $2) old
            where e.external_id = old.external_id and e.occurred_at = old.occurred_at
            """;

    private final Pool pool;
    private final Clock clock;

    EventPartitionWorker(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        prepare().await().atMost(PATIENCE);
    }

    @Scheduled(every = "12h", delayed = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> prepare() {
        YearMonth now = YearMonth.now(clock.withZone(ZoneOffset.UTC));
        List<String> statements = new ArrayList<>();
        for (int i = -1; i <= MONTHS_AHEAD; i++) {
            statements.add(partition(now.plusMonths(i)));
        }
        return pool.withTransaction(tx -> tx.query(LOCK).execute().chain(() -> create(tx, statements)));
    }

    /** In small bites, so that no transaction is long: a long one holds every feed back. */
    @Scheduled(every = "1m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> forgetOld() {
        return pool.preparedQuery(FORGET)
                .execute(Params.of(OffsetDateTime.now(clock), BITE))
                .chain(rows -> rows.rowCount() < BITE ? Uni.createFrom().voidItem() : forgetOld());
    }

    private static Uni<Void> create(SqlConnection tx, List<String> statements) {
        Uni<Void> done = Uni.createFrom().voidItem();
        for (String statement : statements) {
            done = done.chain(() -> tx.query(statement).execute()).replaceWithVoid();
        }
        return done;
    }

    private static String partition(YearMonth month) {
        return "create table if not exists event_%d_%02d partition of event for values from ('%s-01 00:00:00+00') to ('%s-01 00:00:00+00')"
                .formatted(month.getYear(), month.getMonthValue(), month, month.plusMonths(1));
    }
}
