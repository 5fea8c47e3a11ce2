package io.snowball.campaign.message;

import io.snowball.campaign.Fixtures;
import io.snowball.campaign.message.Batch.Source;
import io.snowball.campaign.sibling.ConsentDecisions.Subject;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Drives planning and dispatch step by step, for one campaign at a time. */
@ApplicationScoped
class DispatchFixture {
    private final Planning planning;
    private final QueueSql queue;
    private final Dispatch dispatch;
    private final Leases leases;
    private final Recovery recovery;
    private final Pool pool;

    DispatchFixture(Planning planning, QueueSql queue, Dispatch dispatch, Leases leases, Recovery recovery, Pool pool) {
        this.planning = planning;
        this.queue = queue;
        this.dispatch = dispatch;
        this.leases = leases;
        this.recovery = recovery;
        this.pool = pool;
    }

    /** Launched, planned, running. */
    UUID running(UUID segment, String purpose, double controlShare) {
        UUID campaign = Fixtures.launched(segment, purpose, controlShare);
        plan();
        return campaign;
    }

    void plan() {
        while (planning.planPage().await().indefinitely()) {
            // until all are planned
        }
    }

    UUID lease() {
        return leases.take().await().indefinitely();
    }

    Batch claim(UUID lease, UUID campaign) {
        return queue.claim(lease, source(campaign), 500, 5).await().indefinitely();
    }

    /** One batch, from the claim to the end. */
    void dispatch(UUID campaign) {
        run(claim(lease(), campaign));
    }

    void run(Batch batch) {
        dispatch.run(batch, () -> false).await().indefinitely();
    }

    void runStopping(Batch batch) {
        dispatch.run(batch, () -> true).await().indefinitely();
    }

    /** As if the dispatcher had been dead for ten seconds. */
    void die(UUID lease) {
        pool.preparedQuery("update dispatch_lease set renewed_at = renewed_at - interval '11 seconds' where id = $1")
                .execute(Params.of(lease))
                .await()
                .indefinitely();
        recover();
    }

    void recover() {
        recovery.recover().await().indefinitely();
    }

    /** For what picks a campaign itself: those of other tests are left in all states. */
    void pauseOthers(UUID campaign) {
        pool.preparedQuery("update campaign set state = 'PAUSED' where state = 'RUNNING' and id <> $1")
                .execute(Params.of(campaign))
                .await()
                .indefinitely();
    }

    /** A dispatcher's step, with this campaign as the only one that runs. */
    boolean next(UUID campaign) {
        pauseOthers(campaign);
        return leases.take()
                .chain(lease -> dispatch.next(lease, () -> false))
                .await()
                .indefinitely();
    }

    void free(UUID lease) {
        queue.free(lease).await().indefinitely();
    }

    void finish() {
        recovery.finish().await().indefinitely();
    }

    Source source(UUID campaign) {
        return pool.preparedQuery("""
                        select id, name, template_id, template_version, purpose, channel, message_class, notice
                        from campaign where id = $1""")
                .execute(Params.of(campaign))
                .map(rows -> Source.of(rows.iterator().next()))
                .await()
                .indefinitely();
    }

    Subject subject(UUID campaign) {
        return source(campaign).subject();
    }

    /** Messages by state, with the reason where there is one: {@code SUPPRESSED NO_CONSENT=50}. */
    Map<String, Long> states(UUID campaign) {
        Map<String, Long> states = new TreeMap<>();
        pool.preparedQuery("""
                        select concat_ws(' ', state, reason) as state, count(*) as messages
                        from (
                          select state, reason from message where campaign_id = $1
                          union all
                          select case when lease is null then 'DUE' else 'CLAIMED' end, null
                          from parcel_message where campaign_id = $1) as m
                        group by 1""")
                .execute(Params.of(campaign))
                .await()
                .indefinitely()
                .forEach(row -> states.put(row.getString("state"), row.getLong("messages")));
        return states;
    }

    List<UUID> messages(UUID campaign) {
        return pool.preparedQuery("""
                        select id from message where campaign_id = $1
                        union all
                        select id from parcel_message where campaign_id = $1
                        order by id""")
                .execute(Params.of(campaign))
                .map(rows -> Rows.list(rows, row -> row.getUUID("id")))
                .await()
                .indefinitely();
    }

    /** Messages that the feed says were sent, each with its customer. */
    long announcedSent(UUID campaign) {
        return pool.preparedQuery("""
                        select count(*) as events
                        from feed_event e, jsonb_array_elements_text(e.data -> 'messageIds') with ordinality as m (id, n)
                        join message on message.id = m.id::uuid
                        where e.type = 'messages.sent' and e.subject = $1
                          and e.data -> 'customerIds' ->> (m.n - 1)::int = message.customer_id::text""")
                .execute(Params.of(campaign))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong("events");
    }
}
