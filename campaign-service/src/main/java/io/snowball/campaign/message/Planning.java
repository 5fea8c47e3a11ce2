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

/** Copies a segment's members into messages, a page and a transaction at a time: after a kill it goes on where it was. */
@ApplicationScoped
class Planning {
    /* language=PostgreSQL */
    private static final String INSERT = """
            insert into message (id, campaign_id, customer_id, control, state, due_at)
            select x.id, $1, x.customer_id, x.control, 'DUE', $2
            from unnest($3::uuid[], $4::uuid[], $5::boolean[]) as x (id, customer_id, control)
            on conflict (customer_id, campaign_id) do nothing
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
                        customerIds.stream().map(plan.control()::contains).toArray(Boolean[]::new)))
                .replaceWithVoid();
    }
}
