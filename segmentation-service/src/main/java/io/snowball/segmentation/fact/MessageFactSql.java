package io.snowball.segmentation.fact;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.segmentation.fact.MessageFacts.Message;
import io.snowball.segmentation.metric.EngagementSql.Told;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/** The table of messages. */
@ApplicationScoped
class MessageFactSql {
    // least() passes over nulls.
    /* language=PostgreSQL */
    private static final String UPSERT = """
            insert into message_fact as f
              (message_id, customer_id, campaign_id, channel, sent_at, opened_at, clicked_at, bounced)
            select u.message_id, u.customer_id, u.campaign_id, u.channel, u.sent_at, u.opened_at, u.clicked_at, u.bounced
            from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::timestamptz[],
              $7::timestamptz[], $8::boolean[])
              as u (message_id, customer_id, campaign_id, channel, sent_at, opened_at, clicked_at, bounced)
            where not exists (select from forgotten_customer g where g.customer_id = u.customer_id)
            on conflict (customer_id, message_id) do update
            set sent_at = least(f.sent_at, excluded.sent_at), opened_at = least(f.opened_at, excluded.opened_at),
              clicked_at = least(f.clicked_at, excluded.clicked_at), bounced = f.bounced or excluded.bounced
            returning new.customer_id, new.sent_at,
              old.message_id is null and new.opened_at is null and new.clicked_at is null and not new.bounced as only_sent
            """;

    private final MergeSql merges;

    MessageFactSql(MergeSql merges) {
        this.merges = merges;
    }

    /** @return what is new, but of whom we have to forget */
    Uni<List<Told>> upsert(SqlConnection tx, Collection<Message> messages) {
        return merges.owners(tx, MergeSql.Kind.MESSAGE, messages, Message::id, Message::customerId)
                .chain(owners ->
                        write(tx, messages.stream().map(one -> one.of(owners)).toList()));
    }

    private static Uni<List<Told>> write(SqlConnection tx, Collection<Message> messages) {
        return tx.preparedQuery(UPSERT)
                .execute(Params.of(
                        Params.uuids(messages, Message::id),
                        Params.uuids(messages, Message::customerId),
                        Params.uuids(messages, Message::campaignId),
                        Params.texts(messages, Message::channel),
                        FactSql.times(messages, Message::sentAt),
                        FactSql.times(messages, Message::openedAt),
                        FactSql.times(messages, Message::clickedAt),
                        FactSql.flags(messages, Message::bounced)))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Told(
                                row.getUUID("customer_id"),
                                row.getOffsetDateTime("sent_at"),
                                row.getBoolean("only_sent"))));
    }
}
