package io.snowball.campaign.retention;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.snowball.campaign.CampaignConfig;
import io.snowball.campaign.report.KeptReports;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.UUID;
import java.util.function.Supplier;

/** Lets go what has been kept long enough. Any replica, any number of times; what a crash cut off is gone on with. */
@ApplicationScoped
class SendLogWorker {
    private final SendLogSql sql;
    private final KeptReports reports;
    private final Period kept;
    private final Clock clock;

    SendLogWorker(SendLogSql sql, KeptReports reports, CampaignConfig config, Clock clock) {
        this.sql = sql;
        this.reports = reports;
        this.kept = config.retention().sendLog();
        this.clock = clock;
        if (kept.isNegative() || kept.isZero()) {
            throw new IllegalArgumentException(
                    "CAMPAIGN_RETENTION_SEND_LOG must be a term such as P3Y: the send log is the proof of what was sent");
        }
    }

    @Scheduled(
            every = "${campaign.retention.every:6h}",
            delayed = "11m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> keepHouse() {
        OffsetDateTime now = OffsetDateTime.now(clock);
        OffsetDateTime until = now.minus(kept);
        return sql.due(until, now)
                .chain(campaigns -> Multi.createFrom()
                        .iterable(campaigns)
                        .onItem()
                        .transformToUniAndConcatenate(campaign -> purge(campaign, until, now))
                        .collect()
                        .last())
                .chain(() -> untilNoneIsLeft(() -> sql.confirmationMails(until, now)))
                .chain(() -> untilNoneIsLeft(() -> sql.orders(until, now)));
    }

    private Uni<Void> purge(UUID campaign, OffsetDateTime until, OffsetDateTime now) {
        return reports.keep(campaign)
                .chain(() -> sql.begin(campaign, until, now))
                .chain(() -> untilNoneIsLeft(() -> sql.bite(campaign)))
                .chain(() -> sql.end(campaign, now))
                .invoke(ended -> ended.forEach(
                        rows -> Log.infof("The send log of a campaign has left, campaign=%s rows=%d", campaign, rows)))
                .replaceWithVoid();
    }

    private static Uni<Void> untilNoneIsLeft(Supplier<Uni<Boolean>> bite) {
        return bite.get()
                .chain(more -> more ? untilNoneIsLeft(bite) : Uni.createFrom().voidItem());
    }
}
