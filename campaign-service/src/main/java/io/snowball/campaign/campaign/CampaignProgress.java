package io.snowball.campaign.campaign;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the planning and sending of messages tell their campaign. */
@ApplicationScoped
public class CampaignProgress {
    /* language=PostgreSQL */
    private static final String TO_PLAN = """
            select id, segment_id, salt, control_share, send_at, plan_cursor
            from campaign
            where state = 'PLANNING' and completed_at is null
            order by random()
            limit 1
            """;

    // Locks the campaign's row: of two planners with the same page one goes on, the other sees that the cursor has
    // moved.
    /* language=PostgreSQL */
    private static final String ADVANCE = """
            update campaign
            set plan_cursor = coalesce($3, plan_cursor), planned = planned + $4, notice = null,
              planned_at = case when $5 then $6::timestamptz end,
              state = case when $5 then 'RUNNING' else state end,
              version = version + case when $5 then 1 else 0 end
            where id = $1 and state = 'PLANNING' and plan_cursor is not distinct from $2
            """;

    /* language=PostgreSQL */
    private static final String NOTICE =
            "update campaign set notice = $2 where id = $1 and notice is distinct from $2 and completed_at is null";

    private final Pool pool;
    private final Clock clock;

    CampaignProgress(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** @param cursor the last member that is planned already; absent at the beginning */
    public record ToPlan(
            UUID campaignId,
            UUID segmentId,
            ControlGroup control,
            @Nullable Instant sendAt,
            @Nullable UUID cursor) {
        private static ToPlan of(Row row) {
            OffsetDateTime sendAt = row.getOffsetDateTime("send_at");
            return new ToPlan(
                    row.getUUID("id"),
                    row.getUUID("segment_id"),
                    new ControlGroup(row.getUUID("salt"), row.getDouble("control_share")),
                    sendAt == null ? null : sendAt.toInstant(),
                    row.getUUID("plan_cursor"));
        }
    }

    /** Some campaign whose members are to be copied; by chance, so that one that fails does not hold the others up. */
    public Uni<Optional<ToPlan>> nextToPlan() {
        return pool.preparedQuery(TO_PLAN).execute().map(rows -> Rows.first(rows, ToPlan::of));
    }

    /**
     * Notes a page of members as planned; the caller inserts them in the same transaction.
     *
     * @param next where the next page begins; absent after the last one, which sets the campaign running
     * @return whether the page is the caller's to insert: not where another planner was first or the campaign was paused
     */
    public Uni<Boolean> advance(SqlConnection tx, ToPlan plan, @Nullable UUID next, int members) {
        return tx.preparedQuery(ADVANCE)
                .execute(Params.of(
                        plan.campaignId(),
                        plan.cursor(),
                        next,
                        (long) members,
                        next == null,
                        OffsetDateTime.now(clock)))
                .map(rows -> rows.rowCount() == 1);
    }

    /** @param notice why nothing goes out; null where it does again */
    public Uni<Void> notice(UUID campaignId, @Nullable String notice) {
        return pool.preparedQuery(NOTICE).execute(Params.of(campaignId, notice)).replaceWithVoid();
    }
}
