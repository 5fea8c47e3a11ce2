package io.snowball.campaign.message;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.id.Ids;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who dispatches, for others to see. Times are the database's own: replicas would have to agree on a clock otherwise, and a lease
 * declared dead by a fast one would cost messages their certainty.
 */
@ApplicationScoped
class Leases {
    /* language=PostgreSQL */
    private static final String TAKE = "insert into dispatch_lease (id, renewed_at) values ($1, clock_timestamp())";

    /* language=PostgreSQL */
    private static final String RENEW = """
            update dispatch_lease set renewed_at = clock_timestamp()
            where id = any($1)
            returning id
            """;

    /* language=PostgreSQL */
    private static final String GIVE_UP = "update dispatch_lease set renewed_at = '-infinity' where id = $1";

    private final Pool pool;
    private final Set<UUID> held = ConcurrentHashMap.newKeySet();

    Leases(Pool pool) {
        this.pool = pool;
    }

    Uni<UUID> take() {
        UUID lease = Ids.next();
        return pool.preparedQuery(TAKE)
                .execute(Params.of(lease))
                .invoke(() -> held.add(lease))
                .replaceWith(lease);
    }

    boolean isHeld(UUID lease) {
        return held.contains(lease);
    }

    /** After a failure nobody knows what this lease still holds; recovery finds out, at once. */
    Uni<Void> giveUp(UUID lease) {
        held.remove(lease);
        return pool.preparedQuery(GIVE_UP).execute(Params.of(lease)).replaceWithVoid();
    }

    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> renew() {
        if (held.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Set<UUID> asked = Set.copyOf(held);
        return pool.preparedQuery(RENEW)
                .execute(Params.of((Object) asked.toArray(UUID[]::new)))
                .invoke(rows -> {
                    Set<UUID> lost = new HashSet<>(asked);
                    Rows.list(rows, row -> row.getUUID("id")).forEach(lost::remove);
                    if (held.removeAll(lost)) {
                        Log.warnf("Leases of dispatchers were declared dead: %d", lost.size());
                    }
                })
                .replaceWithVoid();
    }
}
