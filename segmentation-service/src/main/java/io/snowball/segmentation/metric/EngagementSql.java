package io.snowball.segmentation.metric;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.segmentation.metric.MetricApi.ChannelEngagement;
import io.snowball.segmentation.metric.MetricApi.Engagement;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** How customers answer what is sent to them. A message that bounced was never received and does not count. */
@ApplicationScoped
public class EngagementSql {
    // Unanswered in a row: sent after the newest message that was opened or clicked. The channel is the one with the
    // largest share of opened messages, of equals the one with more messages.
    /* language=PostgreSQL */
    private static final String RECOMPUTE = """
            insert into customer_engagement as e
              (customer_id, last_sent_at, last_answered_at, sent, opened, clicked, unanswered, channel)
            select d.customer_id, coalesce(max(m.sent_at), '-infinity'),
              coalesce(max(greatest(m.opened_at, m.clicked_at)), '-infinity'),
              count(m.message_id), count(m.opened_at), count(m.clicked_at),
              count(m.message_id) filter (where m.sent_at > coalesce(m.answered, '-infinity')),
              (select b.channel
               from message_fact b
               where b.customer_id = d.customer_id and not b.bounced
               group by b.channel
               having count(b.opened_at) > 0
               order by count(b.opened_at)::numeric / count(*) desc, count(*) desc, b.channel
               limit 1)
            from unnest($1::uuid[]) as d (customer_id)
            left join lateral (
              select f.message_id, f.sent_at, f.opened_at, f.clicked_at,
                max(f.sent_at) filter (where f.opened_at is not null) over () as answered
              from message_fact f
              where f.customer_id = d.customer_id and not f.bounced) m on true
            group by d.customer_id
            on conflict (customer_id) do update
            set last_sent_at = excluded.last_sent_at, last_answered_at = excluded.last_answered_at, sent = excluded.sent,
              opened = excluded.opened, clicked = excluded.clicked, unanswered = excluded.unanswered,
              channel = excluded.channel
            where (e.last_sent_at, e.last_answered_at, e.sent, e.opened, e.clicked, e.unanswered, e.channel)
              is distinct from (excluded.last_sent_at, excluded.last_answered_at, excluded.sent, excluded.opened,
                excluded.clicked, excluded.unanswered, excluded.channel)
            """;

    // Most news is of messages just sent, and most people answer none: theirs is counted on. Who has no row has got
    // nothing before. Whoever has answered is counted anew, for what was sent last need not be the newest.
    /* language=PostgreSQL */
    private static final String COUNT_ON = """
            with sent as (
              select u.customer_id, count(*)::int as messages, max(u.sent_at) as last_sent_at
              from unnest($1::uuid[], $2::timestamptz[]) as u (customer_id, sent_at)
              group by u.customer_id),
            counted as (
              insert into customer_engagement as e
                (customer_id, last_sent_at, last_answered_at, sent, opened, clicked, unanswered)
              select customer_id, last_sent_at, '-infinity', messages, 0, 0, messages from sent
              on conflict (customer_id) do update
              set last_sent_at = greatest(e.last_sent_at, excluded.last_sent_at), sent = e.sent + excluded.sent,
                unanswered = e.unanswered + excluded.sent
              where e.opened = 0 and e.clicked = 0
              returning customer_id)
            select customer_id from sent except select customer_id from counted
            """;

    /* language=PostgreSQL */
    private static final String FIND = """
            select sent, opened, clicked, unanswered, channel, nullif(last_sent_at, '-infinity') as last_sent_at,
              nullif(last_answered_at, '-infinity') as last_answered_at
            from customer_engagement
            where customer_id = $1
            """;

    /* language=PostgreSQL */
    private static final String CHANNELS = """
            select channel, count(*) as sent, count(opened_at) as opened, count(clicked_at) as clicked
            from message_fact
            where customer_id = $1 and not bounced
            group by channel
            order by count(opened_at)::numeric / count(*) desc, count(*) desc, channel
            limit 50
            """;

    /**
     * What is new of a message.
     *
     * @param onlySent whether it was not heard of before, and is known to be sent and nothing else
     */
    public record Told(UUID customerId, OffsetDateTime sentAt, boolean onlySent) {}

    /** Brings up to date what is counted of these customers; the messages themselves are stored already. */
    public Uni<Void> follow(SqlConnection tx, List<Told> told) {
        List<Told> sent = told.stream().filter(Told::onlySent).toList();
        Set<UUID> again = new HashSet<>();
        told.stream().filter(one -> !one.onlySent()).forEach(one -> again.add(one.customerId()));
        return (sent.isEmpty() ? Uni.createFrom().voidItem() : countOn(tx, sent).invoke(again::addAll))
                .chain(() -> again.isEmpty() ? Uni.createFrom().voidItem() : recompute(tx, again.toArray(UUID[]::new)));
    }

    /** @return whom it can't be done for */
    private static Uni<List<UUID>> countOn(SqlConnection tx, List<Told> sent) {
        return tx.preparedQuery(COUNT_ON)
                .execute(Params.of(
                        Params.uuids(sent, Told::customerId),
                        sent.stream().map(Told::sentAt).toArray(OffsetDateTime[]::new)))
                .map(rows -> Rows.list(rows, row -> row.getUUID("customer_id")));
    }

    /** Counts again what became of the messages to these customers. */
    public Uni<Void> recompute(SqlConnection tx, UUID[] customerIds) {
        return tx.preparedQuery(RECOMPUTE)
                .execute(Params.of((Object) customerIds))
                .replaceWithVoid();
    }

    Uni<Engagement> find(SqlConnection tx, UUID customerId) {
        return tx.preparedQuery(FIND)
                .execute(Params.of(customerId))
                .map(rows -> Rows.first(rows, EngagementSql::engagement))
                .chain(found -> channels(tx, customerId)
                        .map(channels -> found.orElse(Engagement.NONE).by(channels)));
    }

    private static Uni<List<ChannelEngagement>> channels(SqlConnection tx, UUID customerId) {
        return tx.preparedQuery(CHANNELS)
                .execute(Params.of(customerId))
                .map(rows -> Rows.list(
                        rows,
                        row -> new ChannelEngagement(
                                row.getString("channel"),
                                row.getInteger("sent"),
                                row.getInteger("opened"),
                                row.getInteger("clicked"))));
    }

    private static Engagement engagement(Row row) {
        return new Engagement(
                row.getInteger("sent"),
                row.getInteger("opened"),
                row.getInteger("clicked"),
                row.getInteger("unanswered"),
                row.getString("channel"),
                Optional.ofNullable(row.getOffsetDateTime("last_sent_at"))
                        .map(OffsetDateTime::toInstant)
                        .orElse(null),
                Optional.ofNullable(row.getOffsetDateTime("last_answered_at"))
                        .map(OffsetDateTime::toInstant)
                        .orElse(null),
                List.of());
    }
}
