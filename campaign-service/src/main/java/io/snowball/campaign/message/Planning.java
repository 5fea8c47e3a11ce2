package io.snowball.campaign.message;

import io.smallrye.mutiny.Uni;
import io.snowball.campaign.CampaignConfig;
import io.snowball.campaign.campaign.CampaignProgress;
import io.snowball.campaign.campaign.CampaignProgress.ToPlan;
import io.snowball.campaign.sibling.SegmentMembers;
import io.snowball.campaign.sibling.SegmentMembers.Page;
import io.snowball.platform.db.Params;
import io.snowball.platform.id.Ids;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Copies a segment's members into parcels of messages, a page and a transaction at a time: after a kill it goes on where it was. */
@ApplicationScoped
class Planning {
    // Whose other half was merged away after it was planned has a message already (see unpack_messages). Who was
    // forgotten after
    // the page was read is nobody: forgetting waits for a page that is being written, and this for it.
    /* language=PostgreSQL */
    private static final String INSERT = """
            insert into parcel (campaign_id, due_at, message_ids, customer_ids, control)
            select $1, $2, array_agg(x.id order by x.n), array_agg(x.customer_id order by x.n), array_agg(x.control order by x.n)
            from (
              select u.id, u.customer_id, u.control, row_number() over (order by u.customer_id) - 1 as n
              from unnest($3::uuid[], $4::uuid[], $5::boolean[]) as u (id, customer_id, control)
              where not exists (select from message m where m.customer_id = u.customer_id and m.campaign_id = $1)
                and not exists (select from forgotten_customer f where f.customer_id = u.customer_id)) x
            group by x.n / $6::int
            """;

    private final CampaignProgress progress;
    private final SegmentMembers members;
    private final Pool pool;
    private final CampaignConfig config;
    private final Clock clock;

    Planning(CampaignProgress progress, SegmentMembers members, Pool pool, CampaignConfig config, Clock clock) {
        this.progress = progress;
        this.members = members;
        this.pool = pool;
        this.config = config;
        this.clock = clock;
    }

    /** @return whether there was something to plan */
    Uni<Boolean> planPage() {
        return progress.nextToPlan()
                .chain(plan -> plan.isEmpty()
                        ? Uni.createFrom().item(false)
                        : planPage(plan.get()).replaceWith(true));
    }

    private Uni<Void> planPage(ToPlan plan) {
        return members.after(plan.segmentId(), plan.cursor(), config.plan().page())
                .onFailure()
                .call(failure -> progress.notice(plan.campaignId(), failure.getMessage() + "; planning waits for it"))
                .chain(page -> pool.withTransaction(tx -> store(tx, plan, page)));
    }

    private Uni<Void> store(SqlConnection tx, ToPlan plan, Page page) {
        return progress.advance(tx, plan, page.nextAfter(), page.customerIds().size())
                .chain(mine -> mine
                        ? insert(tx, plan, page.customerIds())
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> insert(SqlConnection tx, ToPlan plan, List<UUID> customerIds) {
        Instant now = clock.instant();
        Instant dueAt = plan.sendAt() == null || plan.sendAt().isBefore(now) ? now : plan.sendAt();
        return tx.preparedQuery(INSERT)
                .execute(Params.of(
                        plan.campaignId(),
                        OffsetDateTime.ofInstant(dueAt, ZoneOffset.UTC),
                        Params.uuids(customerIds, _ -> Ids.next()),
                        Params.uuids(customerIds, id -> id),
                        customerIds.stream().map(plan.control()::contains).toArray(Boolean[]::new),
                        config.dispatch().batch()))
                .replaceWithVoid();
    }
}
