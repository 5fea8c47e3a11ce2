package io.snowball.consent.access;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.access.AccessSql.Head;
import io.snowball.platform.access.AccessRecord;
import io.snowball.platform.access.AccessSink;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The one way into the log. Our own records come in here too, without the detour over HTTP. */
@ApplicationScoped
class AccessJournal implements AccessSink {
    private final Pool pool;
    private final AccessSql sql;
    private final Clock clock;

    AccessJournal(Pool pool, AccessSql sql, Clock clock) {
        this.pool = pool;
        this.sql = sql;
        this.clock = clock;
    }

    /** What came before already, by its id, is passed over: a relay that was killed brings it again. */
    @Override
    public Uni<Void> take(String source, List<AccessRecord> records) {
        if (records.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return pool.withTransaction(tx -> sql.lock(tx, source)
                .chain(head -> sql.known(tx, records).chain(known -> append(tx, head, fresh(records, known)))));
    }

    private static List<AccessRecord> fresh(List<AccessRecord> records, Set<UUID> known) {
        return records.stream().filter(one -> !known.contains(one.id())).toList();
    }

    private Uni<Void> append(SqlConnection tx, Head head, List<AccessRecord> records) {
        if (records.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<Link> links = new ArrayList<>(records.size());
        long sequence = head.sequence();
        String previous = head.hash();
        for (AccessRecord one : records) {
            Link link = Link.after(head.source(), ++sequence, one, now, previous);
            links.add(link);
            previous = link.hash();
        }
        return sql.insert(tx, links);
    }
}
