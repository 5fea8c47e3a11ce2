package io.snowball.segmentation.segment;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.segmentation.Binds;
import io.snowball.segmentation.rule.RuleCompiler;
import io.snowball.segmentation.rule.RuleCompiler.Moment;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of memberships. It has no foreign key: whoever writes it or deletes a segment holds the lock. */
@ApplicationScoped
class MembershipSql {
    /** Any number will do as long as all writers of memberships use it. */
    static final long LOCK_KEY = 0x5e67_3e47L;

    /* language=PostgreSQL */
    private static final String LOCK = "select pg_advisory_xact_lock($1)";

    // Only differences are written, and announced by the same statement in bites of at most 1,000 customers: a segment
    // of a
    // million never has to fit into this process. Who is in it is read before anything is written, and compared as a
    // set: where
    // the table was empty when it was planned, a loop over it went on over all that the statement itself was writing.
    // In the
    // order of the key, which writes each of its pages once: half the time of a random one.
    /* language=PostgreSQL */
    @SuppressWarnings("InlineFormatString") // SQL stands above its method
    private static final String EVALUATE = """
            with matching as materialized (
            %1$s),
            here as materialized (
              select s.customer_id from segment_member s where s.segment_id = %2$s%4$s),
            gone as (
              delete from segment_member s
              using (select customer_id from here except select customer_id from matching) x
              where s.segment_id = %2$s and s.customer_id = x.customer_id
              returning s.customer_id),
            come as (
              insert into segment_member (segment_id, customer_id, entered_at)
              select %2$s, x.customer_id, %3$s
              from (select customer_id from matching except select customer_id from here) x
              order by x.customer_id
              returning customer_id),
            difference as (
              select 'segment.left' as type, customer_id from gone
              union all
              select 'segment.entered', customer_id from come),
            numbered as (
              select type, customer_id, (row_number() over () - 1) / 1000 as bite from difference),
            announced as (
              insert into feed_event (subject, type, occurred_at, data)
              select %2$s, type, %3$s,
                jsonb_build_object('segmentId', %2$s, 'customerIds', to_jsonb(array_agg(customer_id)))
              from numbered
              group by type, bite)
            update segment
            set customers_count = customers_count + (select count(*) from come) - (select count(*) from gone)
            where id = %2$s and exists (select from difference)
            """;

    /* language=PostgreSQL */
    private static final String EMPTY = """
            with gone as (
              delete from segment_member where segment_id = $1 returning customer_id),
            numbered as (
              select customer_id, (row_number() over (order by customer_id) - 1) / 1000 as bite from gone)
            insert into feed_event (subject, type, occurred_at, data)
            select $1, 'segment.left', $2,
              jsonb_build_object('segmentId', $1, 'customerIds', jsonb_agg(customer_id order by customer_id))
            from numbered
            group by bite
            """;

    // By segment, for the table is keyed by it.
    /* language=PostgreSQL */
    private static final String FORGET = """
            with gone as (
              delete from segment_member m
              using segment s
              where m.segment_id = s.id and m.customer_id = any($1)
              returning m.segment_id, m.customer_id),
            counted as (
              update segment s
              set customers_count = s.customers_count - g.n
              from (select segment_id, count(*) as n from gone group by segment_id) g
              where s.id = g.segment_id)
            insert into feed_event (subject, type, occurred_at, data)
            select segment_id, 'segment.left', $2,
              jsonb_build_object('segmentId', segment_id, 'customerIds', jsonb_agg(customer_id order by customer_id))
            from gone
            group by segment_id
            """;

    /* language=PostgreSQL */
    private static final String WITHHOLD = """
            insert into withheld_member (customer_id, segment_id, entered_at)
            select m.customer_id, m.segment_id, m.entered_at
            from segment s
            join segment_member m on m.segment_id = s.id
            where s.rule ->> 'type' = 'list' and m.customer_id = any($1)
            on conflict do nothing
            """;

    // Who has no metrics goes on waiting: a person may be blocked and merged at once.
    /* language=PostgreSQL */
    private static final String GIVE_BACK = """
            with withheld as (
              delete from withheld_member w
              using customer_metric m
              where w.customer_id = any($1) and m.customer_id = w.customer_id
              returning w.customer_id, w.segment_id, w.entered_at),
            come as (
              insert into segment_member (segment_id, customer_id, entered_at)
              select segment_id, customer_id, entered_at from withheld
              on conflict do nothing
              returning segment_id, customer_id),
            counted as (
              update segment s
              set customers_count = s.customers_count + c.n
              from (select segment_id, count(*) as n from come group by segment_id) c
              where s.id = c.segment_id)
            insert into feed_event (subject, type, occurred_at, data)
            select segment_id, 'segment.entered', $2,
              jsonb_build_object('segmentId', segment_id, 'customerIds', jsonb_agg(customer_id order by customer_id))
            from come
            group by segment_id
            """;

    /* language=PostgreSQL */
    private static final String DROP_WITHHELD =
            "delete from withheld_member where segment_id = $1 and customer_id = any($2)";

    /* language=PostgreSQL */
    private static final String MEMBERS = """
            select customer_id from segment_member
            where segment_id = $1 and ($2::uuid is null or customer_id > $2)
            order by customer_id
            limit $3
            """;

    /* language=PostgreSQL */
    private static final String UNKNOWN = """
            select u.customer_id
            from unnest($1::uuid[]) as u (customer_id)
            where not exists (select from customer_metric m where m.customer_id = u.customer_id)
            order by u.customer_id
            limit 1000
            """;

    // Nobody can estimate how many customers a count over a window leaves, and where one is expected and a thousand
    // come, a
    // loop over them looks through all of the other side each time: 20 s instead of 0.1. What a million customers
    // bought
    // does not go to the disk and back.
    private static final String FOR_MANY = "set local enable_nestloop = off; set local work_mem = '64MB'";

    /** For what is asked of many customers; until the transaction ends. */
    static Uni<Void> forMany(SqlConnection tx) {
        return tx.query(FOR_MANY).execute().replaceWithVoid();
    }

    /** Held until the transaction ends. */
    Uni<Void> lock(SqlConnection tx) {
        return tx.preparedQuery(LOCK).execute(Params.of(LOCK_KEY)).replaceWithVoid();
    }

    /** @param among only these customers, or null for all */
    Uni<Void> evaluate(SqlConnection tx, SegmentGraph.Node segment, Moment moment, UUID @Nullable [] among) {
        Binds binds = new Binds();
        String matching = RuleCompiler.customers(segment.rule(), moment, among, binds);
        return fill(tx, segment.id(), moment, among, matching, binds);
    }

    /** Of these customers exactly those that are to be in it are in it afterwards, as far as they are known here. */
    Uni<Void> put(SqlConnection tx, UUID segmentId, Moment moment, UUID[] in, UUID[] among) {
        Binds binds = new Binds();
        String matching =
                "select m.customer_id from customer_metric m where m.customer_id = any(" + binds.bind(in) + ")";
        return fill(tx, segmentId, moment, among, matching, binds);
    }

    Uni<Void> copy(SqlConnection tx, UUID fromId, UUID toId, Moment moment) {
        Binds binds = new Binds();
        String matching = "select m.customer_id from segment_member m where m.segment_id = " + binds.bind(fromId);
        return fill(tx, toId, moment, null, matching, binds);
    }

    private static Uni<Void> fill(
            SqlConnection tx, UUID segmentId, Moment moment, UUID @Nullable [] among, String matching, Binds binds) {
        String scope = among == null ? "" : " and s.customer_id = any(" + binds.bind(among) + ")";
        String sql = EVALUATE.formatted(matching, binds.bind(segmentId), binds.bind(moment.now()), scope);
        return tx.preparedQuery(sql).execute(binds.tuple()).replaceWithVoid();
    }

    Uni<List<UUID>> unknown(SqlConnection tx, UUID[] customerIds) {
        return tx.preparedQuery(UNKNOWN)
                .execute(Params.of((Object) customerIds))
                .map(rows -> Rows.list(rows, row -> row.getUUID("customer_id")));
    }

    Uni<Void> empty(SqlConnection tx, UUID segmentId, Moment moment) {
        return tx.preparedQuery(EMPTY)
                .execute(Params.of(segmentId, moment.now().atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** @param customerIds a batch of a feed at most */
    Uni<Void> forget(SqlConnection tx, UUID[] customerIds, Instant now) {
        return tx.preparedQuery(FORGET)
                .execute(Params.of(customerIds, now.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** Lists remember who of them was in them. */
    Uni<Void> withhold(SqlConnection tx, UUID[] customerIds) {
        return tx.preparedQuery(WITHHOLD)
                .execute(Params.of((Object) customerIds))
                .replaceWithVoid();
    }

    Uni<Void> giveBack(SqlConnection tx, UUID[] customerIds, Instant now) {
        return tx.preparedQuery(GIVE_BACK)
                .execute(Params.of(customerIds, now.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** They do not come back to this list. */
    Uni<Void> dropWithheld(SqlConnection tx, UUID segmentId, UUID[] customerIds) {
        return tx.preparedQuery(DROP_WITHHELD)
                .execute(Params.of(segmentId, customerIds))
                .replaceWithVoid();
    }

    Uni<List<UUID>> members(Pool pool, UUID segmentId, @Nullable UUID after, int limit) {
        return pool.preparedQuery(MEMBERS)
                .execute(Params.of(segmentId, after, limit))
                .map(rows -> Rows.list(rows, row -> row.getUUID("customer_id")));
    }
}
