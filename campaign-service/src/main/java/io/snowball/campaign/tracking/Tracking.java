package io.snowball.campaign.tracking;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Counts opens and clicks. Who opened or clicked has got the message: one whose fate was unknown is SENT. */
@ApplicationScoped
class Tracking {
    // One statement: the counters, the event, and on the first of its kind the announcement. A click is also the first
    // open where pictures are not loaded. Bots click without end, so events are kept up to a number.
    /* language=PostgreSQL */
    private static final String HIT = """
            with hit as (
              update message
              set opens = opens + case when $2 = 'OPEN' then 1 else 0 end,
                clicks = clicks + case when $2 = 'CLICK' then 1 else 0 end,
                first_opened_at = coalesce(first_opened_at, $3),
                first_clicked_at = case when $2 = 'CLICK' then coalesce(first_clicked_at, $3) else first_clicked_at end,
                state = case when state = 'UNCERTAIN' then 'SENT' else state end,
                settled_at = case when state = 'UNCERTAIN' then $3 else settled_at end
              where id = $1 and state in ('CLAIMED', 'SENT', 'UNCERTAIN')
              returning id, campaign_id, customer_id, case when $2 = 'OPEN' then opens else clicks end as hits),
            noted as (
              insert into message_event (message_id, kind, at)
              select id, $2, $3 from hit where hits <= 20),
            told as (
              insert into feed_event (subject, type, occurred_at, data)
              select customer_id, 'message.changed', $3, jsonb_build_object(
                'messageId', id, 'campaignId', campaign_id, 'customerId', customer_id, 'channel', 'EMAIL',
                'state', $4::text, 'at', $5::text)
              from hit
              where hits = 1)
            select exists (select from hit) as found
            """;

    // The mail may be read before its window is settled.
    /* language=PostgreSQL */
    private static final String UNPACK = "select unpack_held_messages(array[$1::uuid])";

    private final Pool pool;
    private final Clock clock;

    Tracking(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    Uni<Void> opened(UUID messageId) {
        return hit(messageId, "OPEN", "OPENED");
    }

    Uni<Void> clicked(UUID messageId) {
        return hit(messageId, "CLICK", "CLICKED");
    }

    private Uni<Void> hit(UUID messageId, String kind, String state) {
        return hitRow(messageId, kind, state)
                .chain(found -> found
                        ? Uni.createFrom().voidItem()
                        : pool.preparedQuery(UNPACK)
                                .execute(Params.of(messageId))
                                .chain(() -> hitRow(messageId, kind, state))
                                .replaceWithVoid());
    }

    private Uni<Boolean> hitRow(UUID messageId, String kind, String state) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return pool.preparedQuery(HIT)
                .execute(Params.of(messageId, kind, now, state, now.toInstant().toString()))
                .map(rows -> rows.iterator().next().getBoolean("found"));
    }
}
