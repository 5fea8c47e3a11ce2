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
import java.util.List;
import java.util.Optional;
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
