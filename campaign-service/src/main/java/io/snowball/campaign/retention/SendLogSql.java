package io.snowball.campaign.retention;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.id.Ids;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** A statement and a commit for each bite: a long transaction would hold every feed back. */
@ApplicationScoped
class SendLogSql {
    private static final int BITE = 5_000;

    // A campaign that never handed anything over counts from its end. Attribution is waited for, so that no order is
    // missing
    // in the sums. One that was begun is gone on with.
    /* language=PostgreSQL */
    private static final String DUE = """
            select c.id
            from campaign c
            left join send_log_purge p on p.campaign_id = c.id
            where c.completed_at is not null and c.launched_at < $1 and p.purged_at is null
              and (p.id is not null
                or coalesce((select max(m.handed_at) from message m where m.campaign_id = c.id), c.completed_at)
                  < least($1::timestamptz, $2::timestamptz - make_interval(days => c.attribution_days)))
            order by c.id
            limit 1000
            """;

    /* language=PostgreSQL */
    private static final String BEGIN = """
            insert into send_log_purge (id, what, campaign_id, until, rows_removed, began_at)
            values ($1, 'CAMPAIGN', $2, $3, 0, $4)
            on conflict (campaign_id) do nothing
            """;

    // Whoever locks some of them at this moment is not waited for: they come in a later bite.
    /* language=PostgreSQL */
    private static final String BITE_OFF = """
            with doomed as (
              select id from message where campaign_id = $1 limit $2 for update skip locked),
            events as (
              delete from message_event where message_id in (select id from doomed) returning 1),
            moves as (
              delete from message_move where message_id in (select id from doomed) returning 1),
            gone as (
              delete from message where id in (select id from doomed) returning 1)
            update send_log_purge
            set rows_removed = rows_removed
              + (select count(*) from gone) + (select count(*) from events) + (select count(*) from moves)
            where campaign_id = $1 and exists (select from gone)
            """;

    /* language=PostgreSQL */
    private static final String END = """
            update send_log_purge
            set purged_at = $2
            where campaign_id = $1 and purged_at is null and not exists (select from message where campaign_id = $1)
            returning rows_removed
            """;

    /* language=PostgreSQL */
    private static final String CONFIRMATION_MAILS = """
            with gone as (
              delete from confirmation_mail
              where record_id in (
                select record_id from confirmation_mail
                where settled_at is not null and coalesce(handed_at, settled_at) < $1
                limit $4
                for update skip locked)
              returning 1)
            insert into send_log_purge (id, what, until, rows_removed, began_at, purged_at)
            select $2, 'CONFIRMATION_MAILS', $1, count(*), $3, $3 from gone having count(*) > 0
            """;

    // A report counts an order for a message that was decided on before it. What is told of such an order later comes
    // back as a
    // copy, and goes with the next round.
    /* language=PostgreSQL */
    private static final String ORDERS = """
            with gone as (
              delete from customer_order
              where order_id in (
                select o.order_id from customer_order o
                where o.ordered_at < $1
                  and not exists (select from message m where m.customer_id = o.customer_id and m.decided_at <= o.ordered_at)
                limit $4
                for update skip locked)
              returning 1)
            insert into send_log_purge (id, what, until, rows_removed, began_at, purged_at)
            select $2, 'ORDERS', $1, count(*), $3, $3 from gone having count(*) > 0
            """;

    private final Pool pool;

    SendLogSql(Pool pool) {
        this.pool = pool;
    }

    Uni<List<UUID>> due(OffsetDateTime until, OffsetDateTime now) {
        return pool.preparedQuery(DUE)
                .execute(Params.of(until, now))
                .map(rows -> Rows.list(rows, row -> row.getUUID("id")));
    }

    Uni<Void> begin(UUID campaignId, OffsetDateTime until, OffsetDateTime now) {
        return pool.preparedQuery(BEGIN)
                .execute(Params.of(Ids.next(), campaignId, until, now))
                .replaceWithVoid();
    }

    /** @return whether anything was there to take */
    Uni<Boolean> bite(UUID campaignId) {
        return pool.preparedQuery(BITE_OFF).execute(Params.of(campaignId, BITE)).map(rows -> rows.rowCount() == 1);
    }

    /** @return how many rows it was, where none is left; else nothing */
    Uni<List<Long>> end(UUID campaignId, OffsetDateTime now) {
        return pool.preparedQuery(END)
                .execute(Params.of(campaignId, now))
                .map(rows -> Rows.list(rows, row -> row.getLong("rows_removed")));
    }

    /** @return whether there were any */
    Uni<Boolean> orders(OffsetDateTime until, OffsetDateTime now) {
        return pool.preparedQuery(ORDERS)
                .execute(Params.of(until, Ids.next(), now, BITE))
                .map(rows -> rows.rowCount() == 1);
    }

    /** @return whether there were any */
    Uni<Boolean> confirmationMails(OffsetDateTime until, OffsetDateTime now) {
        return pool.preparedQuery(CONFIRMATION_MAILS)
                .execute(Params.of(until, Ids.next(), now, BITE))
                .map(rows -> rows.rowCount() == 1);
    }
}
