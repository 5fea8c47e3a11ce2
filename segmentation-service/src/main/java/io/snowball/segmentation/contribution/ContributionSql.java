package io.snowball.segmentation.contribution;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.segmentation.contribution.ContributionApi.Basis;
import io.snowball.segmentation.report.Period;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Orders beside messages. */
@ApplicationScoped
class ContributionSql {
    // Of a customer there are few messages, found by the table's key. A click without an open counts as one.
    /* language=PostgreSQL */
    @SuppressWarnings("InlineFormatString") // SQL stands above its method
    private static final String SHARE = """
            select f.channel, count(*) as orders, sum(o.amount)::bigint as revenue
            from order_fact o
            left join lateral (
              select m.channel
              from message_fact m
              where m.customer_id = o.customer_id and not m.bounced
                and %1$s <= o.ordered_at and %1$s > o.ordered_at - make_interval(days => $3)
              order by %1$s desc, m.message_id desc
              limit 1) f on true
            where o.counts and o.ordered_at >= $1 and o.ordered_at < $2
            group by f.channel
            limit 100
            """;

    /* language=PostgreSQL */
    private static final String MESSAGES = """
            select channel, count(*) as sent, count(*) filter (where not bounced) as delivered,
              count(*) filter (where not bounced and opened_at is not null) as opened
            from message_fact
            where sent_at >= $1 and sent_at < $2
            group by channel
            limit 100
            """;

    /* language=PostgreSQL */
    private static final String REVENUE = """
            select coalesce(sum(amount), 0)::bigint as revenue
            from order_fact
            where counts and ordered_at >= $1 and ordered_at < $2
            """;

    /* language=PostgreSQL */
    private static final String RECIPIENTS = """
            select count(*) as received, count(*) filter (where f.opened_at is null) as unanswered,
              avg(e.unanswered) filter (where f.opened_at is null)::float8 as in_a_row
            from message_fact f
            left join customer_engagement e on e.customer_id = f.customer_id
            where f.campaign_id = $1 and not f.bounced
            """;

    /** @param channel null for orders that follow no message */
    record Followed(@Nullable String channel, long orders, long revenue) {}

    record Sent(String channel, long sent, long delivered, long opened) {}

    record Recipients(
            long received, long unanswered, @Nullable Double inARow) {}

    Uni<List<Followed>> followed(SqlClient client, Period period, Basis basis, int attributionDays) {
        String at = switch (basis) {
            case SENT -> "m.sent_at";
            case OPENED -> "m.opened_at";
            case CLICKED -> "m.clicked_at";
        };
        return client.preparedQuery(SHARE.formatted(at))
                .execute(Params.of(period.start(), period.end(), attributionDays))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Followed(row.getString("channel"), row.getLong("orders"), row.getLong("revenue"))));
    }

    Uni<List<Sent>> sent(SqlClient client, Period period) {
        return client.preparedQuery(MESSAGES)
                .execute(Params.of(period.start(), period.end()))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Sent(
                                row.getString("channel"),
                                row.getLong("sent"),
                                row.getLong("delivered"),
                                row.getLong("opened"))));
    }

    Uni<Long> revenue(SqlClient client, Period period) {
        return client.preparedQuery(REVENUE)
                .execute(Params.of(period.start(), period.end()))
                .map(rows -> rows.iterator().next().getLong("revenue"));
    }

    Uni<Recipients> recipients(SqlClient client, UUID campaignId) {
        return client.preparedQuery(RECIPIENTS)
                .execute(Params.of(campaignId))
                .map(rows -> recipients(rows.iterator().next()));
    }

    private static Recipients recipients(Row row) {
        return new Recipients(row.getLong("received"), row.getLong("unanswered"), row.getDouble("in_a_row"));
    }
}
