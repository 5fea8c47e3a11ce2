package io.snowball.consent.access;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.calendar.Deadlines;
import io.snowball.consent.calendar.TermCode;
import io.snowball.platform.db.Params;
import io.snowball.platform.id.Ids;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * What has been kept as long as its rule in {@code legal_term} says leaves, with a record of it (requirement r31): the access log,
 * closed subject requests with their papers, notices to recipients that were acknowledged, incidents whose result was sent. Acts of
 * destruction and events of the ledger have workers of their own.
 */
@ApplicationScoped
class RetentionWorker {
    /* language=PostgreSQL */
    private static final String REQUESTS = """
            with gone as (delete from subject_request where closed_at < $1 returning id)
            insert into retention_purge (id, what, source, until, rows_removed, purged_at)
            select $2, 'SUBJECT_REQUESTS', 'consent', $1, count(*), $3 from gone having count(*) > 0
            """;

    // One that nobody acknowledged is a duty that is still open, however old.
    /* language=PostgreSQL */
    private static final String NOTICES = """
            with gone as (delete from recipient_notice where acknowledged_at < $1 returning id)
            insert into retention_purge (id, what, source, until, rows_removed, purged_at)
            select $2, 'RECIPIENT_NOTICES', 'consent', $1, count(*), $3 from gone having count(*) > 0
            """;

    /* language=PostgreSQL */
    private static final String INCIDENTS = """
            with gone as (delete from incident where result_sent_at < $1 returning id)
            insert into retention_purge (id, what, source, until, rows_removed, purged_at)
            select $2, 'INCIDENTS', 'consent', $1, count(*), $3 from gone having count(*) > 0
            """;

    /* language=PostgreSQL */
    private static final String ACCESSES = "select purge_access_record($1, $2, $3, $4) as removed";

    private final Pool pool;
    private final AccessSql sql;
    private final Deadlines deadlines;
    private final Clock clock;

    RetentionWorker(Pool pool, AccessSql sql, Deadlines deadlines, Clock clock) {
        this.pool = pool;
        this.sql = sql;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    @Scheduled(
            every = "${retention.every:6h}",
            delayed = "7m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> keepHouse() {
        return pool.withTransaction(tx -> leave(tx, TermCode.REQUEST_KEPT, REQUESTS))
                .chain(() -> pool.withTransaction(tx -> leave(tx, TermCode.REQUEST_KEPT, NOTICES)))
                .chain(() -> pool.withTransaction(tx -> leave(tx, TermCode.INCIDENT_KEPT, INCIDENTS)))
                .chain(() -> sql.sources(pool))
                .chain(sources -> Multi.createFrom()
                        .iterable(sources)
                        .onItem()
                        .transformToUniAndConcatenate(source -> pool.withTransaction(tx -> leave(tx, source)))
                        .collect()
                        .last()
                        .replaceWithVoid());
    }

    private Uni<Void> leave(SqlConnection tx, TermCode term, String statement) {
        return until(tx, term)
                .chain(until -> tx.preparedQuery(statement)
                        .execute(Params.of(AccessSql.utc(until), Ids.next(), OffsetDateTime.now(clock))))
                .replaceWithVoid();
    }

    private Uni<Void> leave(SqlConnection tx, String source) {
        UUID id = Ids.next();
        return until(tx, TermCode.ACCESS_LOG_KEPT)
                .chain(until -> tx.preparedQuery(ACCESSES)
                        .execute(Params.of(id, source, AccessSql.utc(until), OffsetDateTime.now(clock))))
                .map(rows -> rows.iterator().next().getLong("removed"))
                .invoke(removed -> {
                    if (removed > 0) {
                        Log.infof(
                                "Records of the access log have left, source=%s records=%d purge=%s",
                                source, removed, id);
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Instant> until(SqlConnection tx, TermCode term) {
        return deadlines.keptSince(tx, term, clock.instant());
    }
}
