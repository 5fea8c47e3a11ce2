package io.snowball.customer.loyalty;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** This service's own outbox, and how far the programme has read it, in SQL. */
@ApplicationScoped
class HappeningSql {
    static final int PAGE = 500;

    /* language=PostgreSQL */
    private static final String START =
            "insert into feed_cursor (feed, last_event_id, moved_at) values ('loyalty', '0-0', $1) on conflict do nothing";

    // Replicas take turns here.
    /* language=PostgreSQL */
    private static final String CURSOR = """
            select split_part(last_event_id, '-', 1)::bigint as tx, split_part(last_event_id, '-', 2)::bigint as position
            from feed_cursor
            where feed = 'loyalty'
            for update
            """;

    /* language=PostgreSQL */
    private static final String MOVE =
            "update feed_cursor set last_event_id = $1 || '-' || $2, moved_at = $3 where feed = 'loyalty'";

    // Our own outbox, as siblings see it: below the oldest running transaction nothing can be added any more.
    /* language=PostgreSQL */
    private static final String READ = """
            select e.tx, e.position, e.type, e.subject, e.data ->> 'orderId' as order_id, e.data ->> 'eventId' as event_id,
                   e.data ->> 'type' as event_type, coalesce(e.data ->> 'occurredAt', e.data ->> 'registeredAt')::timestamptz as at
            from feed_event e
            where (e.tx, e.position) > ($1, $2)
              and e.tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
            order by e.tx, e.position
            limit $3
            """;

    // Nothing hangs on what happens: there are no rules, no levels, and nothing to give back.
    /* language=PostgreSQL */
    private static final String IDLE = """
            select not exists (select from loyalty_rule) and not exists (select from loyalty_level)
              and not exists (select from points_redemption) as idle
            """;

    /* language=PostgreSQL */
    private static final String LATEST = """
            select e.tx, e.position
            from feed_event e
            where (e.tx, e.position) > ($1, $2)
              and e.tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
            order by e.tx desc, e.position desc
            limit 1
            """;

    record Position(long tx, long position) {}

    /** An event of the outbox. */
    record Happening(
            Position place,
            String type,
            UUID subject,
            @Nullable UUID orderId,
            @Nullable UUID eventId,
            @Nullable String eventType,
            @Nullable Instant at) {}

    Uni<Position> cursor(SqlConnection tx, Instant now) {
        return tx.preparedQuery(START)
                .execute(Params.of(now.atOffset(ZoneOffset.UTC)))
                .chain(() -> tx.preparedQuery(CURSOR).execute())
                .map(rows -> position(rows.iterator().next()));
    }

    Uni<Void> move(SqlConnection tx, Position to, Instant now) {
        return tx.preparedQuery(MOVE)
                .execute(
                        Params.of(String.valueOf(to.tx()), String.valueOf(to.position()), now.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    Uni<List<Happening>> read(SqlConnection tx, Position after) {
        return tx.preparedQuery(READ)
                .execute(Params.of(after.tx(), after.position(), PAGE))
                .map(rows -> Rows.list(rows, HappeningSql::happening));
    }

    Uni<Boolean> isIdle(SqlConnection tx) {
        return tx.preparedQuery(IDLE)
                .execute()
                .map(rows -> rows.iterator().next().getBoolean("idle"));
    }

    Uni<List<Position>> latest(SqlConnection tx, Position after) {
        return tx.preparedQuery(LATEST)
                .execute(Params.of(after.tx(), after.position()))
                .map(rows -> Rows.list(rows, HappeningSql::position));
    }

    private static Position position(Row row) {
        return new Position(row.getLong("tx"), row.getLong("position"));
    }

    private static Happening happening(Row row) {
        var at = row.getOffsetDateTime("at");
        return new Happening(
                position(row),
                row.getString("type"),
                row.getUUID("subject"),
                uuid(row.getString("order_id")),
                uuid(row.getString("event_id")),
                row.getString("event_type"),
                at == null ? null : at.toInstant());
    }

    private static @Nullable UUID uuid(@Nullable String text) {
        return text == null ? null : UUID.fromString(text);
    }
}
