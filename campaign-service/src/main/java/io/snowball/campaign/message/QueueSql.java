package io.snowball.campaign.message;

import io.smallrye.mutiny.Uni;
import io.snowball.campaign.message.Batch.Claimed;
import io.snowball.campaign.message.Batch.Source;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/**
 * What waits, and how dispatchers take it and give it back. Most of it lies in parcels; what is tried again, or was taken out because
 * something happened to its customer, is a row of its own.
 */
@ApplicationScoped
class QueueSql {
    // By chance among the campaigns that have something due: each gets its share, and none has to be remembered.
    /* language=PostgreSQL */
    private static final String PICK = """
            select c.id, c.name, c.template_id, c.template_version, c.purpose, c.channel, c.message_class, c.notice
            from campaign c
            where c.state = 'RUNNING' and c.completed_at is null
              and (exists (select from parcel p where p.campaign_id = c.id and p.lease is null and p.due_at <= $1)
                or exists (select from message m where m.campaign_id = c.id and m.queued and m.due_at <= $1))
            order by random()
            limit 1
            """;

    // The lease's row is held, so that nobody can declare it dead between our looking and our claiming; and it says
    // what it holds, which with its parcels is all that is known of it after a crash. Rows go first: they are few, and
    // have waited.
    /* language=PostgreSQL */
    private static final String CLAIM = """
            with mine as (
              select id from dispatch_lease where id = $4 for no key update),
            due as (
              select id from message
              where campaign_id = $1 and queued and due_at <= $2 and exists (select from mine)
              order by due_at
              limit $3
              for update skip locked),
            parcels as (
              select id from parcel
              where campaign_id = $1 and lease is null and due_at <= $2 and exists (select from mine) and not exists (select from due)
              order by due_at, id
              limit $5
              for update skip locked),
            claimed as (
              update message m
              set state = 'CLAIMED', lease = $4
              from due
              where m.id = due.id
              returning m.id, m.customer_id, m.control, m.attempts),
            taken as (
              update parcel p
              set lease = $4
              from parcels
              where p.id = parcels.id
              returning p.message_ids, p.customer_ids, p.control),
            noted as (
              update dispatch_lease
              set campaign_id = $1, claimed = coalesce((select array_agg(id) from claimed), '{}')
              where id = $4 and (exists (select from claimed) or exists (select from taken)))
            select id, customer_id, control, attempts from claimed
            union all
            select e.id, e.customer_id, e.control, 0
            from taken t
            cross join lateral unnest(t.message_ids, t.customer_ids, t.control) as e (id, customer_id, control)
            """;

    /* language=PostgreSQL */
    private static final String LOCK_LEASE = "select id from dispatch_lease where id = $1 for no key update";

    // A statement of its own before what looks at messages: what is looked at is then younger than the lock.
    /* language=PostgreSQL */
    static final String LOCK_PARCELS = "select id from parcel where lease = any($1) order by id for update";

    /* language=PostgreSQL */
    private static final String RELEASE = """
            update message
            set state = 'DUE', lease = null, due_at = greatest(due_at, $3)
            where id = any($2) and lease = $1 and state = 'CLAIMED'
            """;

    // What has not become a row waits again, in a parcel that is smaller now; one that is empty goes.
    /* language=PostgreSQL */
    static final String REPACK = """
            with rest as (
              select p.id, array_agg(e.id order by e.n) as message_ids, array_agg(e.customer_id order by e.n) as customer_ids,
                array_agg(e.control order by e.n) as control
              from parcel p
              cross join lateral unnest(p.message_ids, p.customer_ids, p.control) with ordinality as e (id, customer_id, control, n)
              where p.lease = any($1) and not exists (select from message m where m.id = e.id)
              group by p.id),
            emptied as (
              delete from parcel p where p.lease = any($1) and not exists (select from rest r where r.id = p.id))
            update parcel p
            set lease = null, due_at = greatest(p.due_at, $2), message_ids = r.message_ids, customer_ids = r.customer_ids,
              control = r.control
            from rest r
            where p.id = r.id
            """;

    // A parcel goes only when all of it has become rows, whatever we believe.
    /* language=PostgreSQL */
    private static final String FREE = """
            with over as (
              delete from parcel p
              where p.lease = $1
                and cardinality(p.message_ids) = (select count(*) from message m where m.id = any(p.message_ids)))
            update dispatch_lease set campaign_id = null, claimed = null where id = $1
            """;

    private final Pool pool;
    private final Clock clock;

    QueueSql(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    Uni<Optional<Source>> pick() {
        return pool.preparedQuery(PICK)
                .execute(Params.of(OffsetDateTime.now(clock)))
                .map(rows -> Rows.first(rows, Source::of));
    }

    /** Either so many single messages at most, or so many parcels. */
    Uni<Batch> claim(UUID lease, Source source, int messages, int parcels) {
        return pool.preparedQuery(CLAIM)
                .execute(Params.of(source.campaignId(), OffsetDateTime.now(clock), messages, lease, parcels))
                .map(rows -> new Batch(lease, source, Rows.list(rows, Claimed::of)));
    }

    /** Gives back what is not over, if it is still ours. */
    Uni<Void> release(UUID lease, Collection<Claimed> messages, Instant dueAt) {
        OffsetDateTime due = OffsetDateTime.ofInstant(dueAt, ZoneOffset.UTC);
        return pool.withTransaction(tx -> tx.preparedQuery(LOCK_LEASE)
                .execute(Params.of(lease))
                .chain(found -> found.size() == 0
                        ? Uni.createFrom().voidItem()
                        : release(tx, lease, Params.uuids(messages, Claimed::id), due)));
    }

    private static Uni<Void> release(SqlConnection tx, UUID lease, UUID[] messages, OffsetDateTime dueAt) {
        Object leases = new UUID[] {lease};
        return tx.preparedQuery(LOCK_PARCELS)
                .execute(Params.of(leases))
                .chain(() -> tx.preparedQuery(RELEASE).execute(Params.of(lease, messages, dueAt)))
                .chain(() -> tx.preparedQuery(REPACK).execute(Params.of(leases, dueAt)))
                .replaceWithVoid();
    }

    /** After a batch, of which nothing is claimed any more: a campaign is not over while a lease holds something of it. */
    Uni<Void> free(UUID lease) {
        return pool.preparedQuery(FREE).execute(Params.of(lease)).replaceWithVoid();
    }
}
