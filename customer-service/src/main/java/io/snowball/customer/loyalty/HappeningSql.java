package io.snowball.customer.loyalty;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** This service's own outbox, and how far the programme has read it, in SQL. */
@ApplicationScoped
class HappeningSql {
    /** So many are given points for at once, under the locks of their customers. */
    static final int PAGE = 500;

    /** Among so many of the outbox. */
    static final int SCAN = 10_000;

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

    // Our own outbox, as siblings see it: below the oldest running transaction nothing can be added any more. Of what
    // is there only
    // what a rule, a level, a referral or a payment with points asks for is handed on: a company's whole history,
    // imported, is
    // older than its programme. The page is read only as far as it takes to fill what is handed on.
    /* language=PostgreSQL */
    private static final String READ = """
            with page as materialized (
              select e.tx, e.position, e.type, e.subject, e.data ->> 'orderId' as order_id, e.data ->> 'eventId' as event_id,
                     e.data ->> 'type' as event_type, e.data ->> 'status' as status,
                     coalesce(e.data ->> 'orderedAt', e.data ->> 'occurredAt', e.data ->> 'registeredAt')::timestamptz as at
              from feed_event e
              where (e.tx, e.position) > ($1, $2)
                and e.tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
              order by e.tx, e.position
              limit %1$d
            ), asked as (
              select h.*
              from page h
              where case h.type
                when 'customer.changed' then
                  (select range_agg(tstzrange(r.valid_from, r.valid_to)) from loyalty_rule r where r.trigger = 'REGISTRATION') @> h.at
                when 'event.recorded' then
                  (select range_agg(tstzrange(r.valid_from, r.valid_to)) from loyalty_rule r where r.trigger = 'EVENT') @> h.at
                    and h.event_type in (select r.event_type from loyalty_rule r where r.trigger = 'EVENT')
                when 'order.changed' then
                  coalesce((select range_agg(tstzrange(r.valid_from, r.valid_to)) from loyalty_rule r where r.trigger = 'PURCHASE')
                      @> h.at, false)
                    or coalesce(h.at > (select $3::timestamptz - make_interval(days => max(l.window_days)) from loyalty_level l), false)
                    or (select exists (select from loyalty_accrual))
                      and exists (select from loyalty_accrual a where a.source = 'order/' || h.order_id)
                    or (select exists (select from referral))
                      and exists (select from referral f
                                  where f.customer_id = h.subject and (f.state = 'PENDING' or f.order_id = h.order_id::uuid))
                    or h.status in ('CANCELLED', 'RETURNED') and (select exists (select from points_redemption))
                      and exists (select from orders o
                                  join points_redemption d on d.order_id = o.external_id and d.state = 'CAPTURED'
                                  where o.id = h.order_id::uuid)
                else false
                end
              order by h.tx, h.position
              limit %2$d
            )
            select a.tx, a.position, a.type, a.subject, a.order_id, a.event_id, a.event_type, a.at, null::int as looked_at
            from asked a
            union all
            (select p.tx, p.position, null, null, null, null, null, null, (select count(*) from page)::int
             from page p
             where (select count(*) from asked) < %2$d
             order by p.tx desc, p.position desc
             limit 1)
            order by tx, position
            """.formatted(HappeningSql.SCAN, HappeningSql.PAGE);

    // Nothing hangs on what happens: there are no rules, no levels, nobody was invited, and there is nothing to give
    // back.
    /* language=PostgreSQL */
    private static final String IDLE = """
            select not exists (select from loyalty_rule) and not exists (select from loyalty_level)
              and not exists (select from points_redemption) and not exists (select from referral) as idle
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

    /** What was found, in order, and the place up to which that is all. */
    record Found(List<Happening> happenings, Position upTo, boolean isMore) {}

    /** Empty where nothing has happened. */
    Uni<Optional<Found>> read(SqlConnection tx, Position after, Instant now) {
        return tx.preparedQuery(READ)
                .execute(Params.of(after.tx(), after.position(), now.atOffset(ZoneOffset.UTC)))
                .map(HappeningSql::found);
    }

    private static Optional<Found> found(RowSet<Row> rows) {
        List<Happening> happenings = new ArrayList<>();
        @Nullable Position last = null;
        int lookedAt = 0;
        for (Row row : rows) {
            if (row.getInteger("looked_at") == null) {
                happenings.add(happening(row));
            } else {
                last = position(row);
                lookedAt = row.getInteger("looked_at");
            }
        }
        if (happenings.size() == PAGE) {
            return Optional.of(new Found(happenings, happenings.getLast().place(), true));
        }
        return last == null ? Optional.empty() : Optional.of(new Found(happenings, last, lookedAt == SCAN));
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
