package io.snowball.campaign.report;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class ReportSql {
    /* language=PostgreSQL */
    private static final String CAMPAIGN = """
            select c.id, c.name, c.state, c.channel, c.attribution_days, k.sums::text as sums, k.kept_at
            from campaign c
            left join kept_report k on k.campaign_id = c.id
            where c.id = $1
            """;

    /* language=PostgreSQL */
    private static final String ENDS = """
            select state, reason, count(*) as messages, count(first_opened_at) as opened, count(first_clicked_at) as clicked,
              count(unsubscribed_at) as unsubscribed, count(bounced_at) as bounced, max(decided_at) as last_decided_at
            from message
            where campaign_id = $1
            group by state, reason
            union all
            select 'DUE', null, count(*), 0, 0, 0, 0, null from parcel_message where campaign_id = $1 having count(*) > 0
            """;

    /* language=PostgreSQL */
    private static final String COST = """
            with period as (
              select price, valid_from, lead(valid_from, 1, 'infinity') over (order by valid_from) as valid_until
              from tariff
              where channel = $2)
            select coalesce(sum(p.price), 0)::bigint as cost
            from message m
            join period p on m.handed_at >= p.valid_from and m.handed_at < p.valid_until
            where m.campaign_id = $1 and m.state = 'SENT'
            """;

    // Each customer's days begin when they were decided on, in both groups alike.
    /* language=PostgreSQL */
    private static final String GROUPS = """
            with bought as (
              select m.state = 'HELD_OUT' as control, m.customer_id, count(*) as orders, sum(o.amount) as revenue
              from message m
              join customer_order o on o.customer_id = m.customer_id
                and o.ordered_at >= m.decided_at and o.ordered_at < m.decided_at + make_interval(days => $2)
                and o.status in ('CREATED', 'PAID')
              where m.campaign_id = $1 and m.state in ('SENT', 'UNCERTAIN', 'HELD_OUT')
              group by 1, 2),
            people as (
              select state = 'HELD_OUT' as control, count(*) as customers
              from message
              where campaign_id = $1 and state in ('SENT', 'UNCERTAIN', 'HELD_OUT')
              group by 1)
            select p.control, p.customers, count(b.customer_id) as buyers, coalesce(sum(b.orders), 0)::bigint as orders,
              coalesce(sum(b.revenue), 0)::bigint as revenue,
              coalesce(sum(b.revenue::float8 * b.revenue::float8), 0)::float8 as revenue_squares
            from people p
            left join bought b on b.control = p.control
            group by p.control, p.customers
            """;

    private final Pool pool;

    ReportSql(Pool pool) {
        this.pool = pool;
    }

    /** @param sums as they were kept when the messages went; null where the messages are there */
    record About(
            UUID id,
            String name,
            String state,
            String channel,
            int attributionDays,
            @Nullable String sums,
            @Nullable Instant keptAt) {
        private static About of(Row row) {
            OffsetDateTime kept = row.getOffsetDateTime("kept_at");
            return new About(
                    row.getUUID("id"),
                    row.getString("name"),
                    row.getString("state"),
                    row.getString("channel"),
                    row.getInteger("attribution_days"),
                    row.getString("sums"),
                    kept == null ? null : kept.toInstant());
        }
    }

    /** How many messages ended in one state for one reason. */
    @RegisterForReflection
    record End(
            String state,
            @Nullable String reason,
            long messages,
            long opened,
            long clicked,
            long unsubscribed,
            long bounced,
            @Nullable Instant lastDecidedAt) {
        private static End of(Row row) {
            OffsetDateTime decided = row.getOffsetDateTime("last_decided_at");
            return new End(
                    row.getString("state"),
                    row.getString("reason"),
                    row.getLong("messages"),
                    row.getLong("opened"),
                    row.getLong("clicked"),
                    row.getLong("unsubscribed"),
                    row.getLong("bounced"),
                    decided == null ? null : decided.toInstant());
        }
    }

    @RegisterForReflection
    record Groups(Group treated, Group control) {}

    /**
     * All that a report is made of.
     *
     * @param cost in kopecks
     */
    @RegisterForReflection
    record Sums(List<End> ends, long cost, Groups groups) {}

    Uni<Optional<About>> about(UUID campaignId) {
        return pool.preparedQuery(CAMPAIGN).execute(Params.of(campaignId)).map(rows -> Rows.first(rows, About::of));
    }

    Uni<Sums> sums(About about) {
        return ends(about.id())
                .chain(ends -> cost(about.id(), about.channel())
                        .chain(cost -> groups(about.id(), about.attributionDays())
                                .map(groups -> new Sums(ends, cost, groups))));
    }

    private Uni<List<End>> ends(UUID campaignId) {
        return pool.preparedQuery(ENDS).execute(Params.of(campaignId)).map(rows -> Rows.list(rows, End::of));
    }

    private Uni<Long> cost(UUID campaignId, String channel) {
        return pool.preparedQuery(COST)
                .execute(Params.of(campaignId, channel))
                .map(rows -> rows.iterator().next().getLong("cost"));
    }

    private Uni<Groups> groups(UUID campaignId, int attributionDays) {
        return pool.preparedQuery(GROUPS)
                .execute(Params.of(campaignId, attributionDays))
                .map(rows -> {
                    Group treated = Group.NOBODY;
                    Group control = Group.NOBODY;
                    for (Row row : rows) {
                        if (row.getBoolean("control")) {
                            control = Group.of(row);
                        } else {
                            treated = Group.of(row);
                        }
                    }
                    return new Groups(treated, control);
                });
    }
}
