package io.snowball.segmentation.erosion;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.segmentation.report.Period;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tables of the experiment, and the one statement that reads it from the facts. */
@ApplicationScoped
class ErosionSql {
    /* language=PostgreSQL */
    private static final String FIND =
            "select salt, share, rest_days, cycle_days, response_days, started_at, redrawn from rest_group";

    /* language=PostgreSQL */
    private static final String START = """
            insert into rest_group (salt, share, rest_days, cycle_days, response_days, started_at, redrawn)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict do nothing
            """;

    /* language=PostgreSQL */
    private static final String CLAIM = """
            update erosion_run set claimed_until = $1::timestamptz + interval '30 minutes'
            where claimed_until <= $1 and computed_at <= $1::timestamptz - interval '1 day'
            """;

    /* language=PostgreSQL */
    private static final String DONE = "update erosion_run set computed_at = $1, claimed_until = '-infinity'";

    /* language=PostgreSQL */
    private static final String COMPUTED_AT = "select nullif(computed_at, '-infinity') as computed_at from erosion_run";

    // Only cycles that are over, with the time to respond. unanswered counts, at each message, those before it since
    // the last
    // that was answered; taken at a customer's first message of the cycle it is what it was before this cycle's rest or
    // contacts changed
    // anything, and so the same in both arms. Of a group that is not redrawn only the first message of the experiment
    // will do: later who rests has fewer. A redrawn customer may be in both arms, which are summed up as if they were
    // others: that makes intervals wider rather than narrower.
    // $1 now, then the group as in FIND, $9 and $10: only cycles that begin and end between; null for all.
    /* language=PostgreSQL */
    private static final String ARMS = """
            with cycle as (
              select n, $7::timestamptz + make_interval(hours => 24 * $5 * n) as starts,
                $7::timestamptz + make_interval(hours => 24 * ($5 * n + $4)) as probes_from,
                $7::timestamptz + make_interval(hours => 24 * $5 * (n + 1)) as ends,
                coalesce($7::timestamptz + make_interval(hours => 24 * $5 * n) >= $9::timestamptz, true)
                  and coalesce($7::timestamptz + make_interval(hours => 24 * $5 * (n + 1)) <= $10::timestamptz, true) as asked
              from generate_series(0, 1000) n
              where $7::timestamptz + make_interval(hours => 24 * ($5 * (n + 1) + $6)) <= $1),
            followed as (
              select m.customer_id, m.message_id, m.sent_at, m.opened_at,
                count(m.opened_at) over (
                  partition by m.customer_id order by m.sent_at, m.message_id rows between unbounded preceding and 1 preceding)
                  as answers
              from message_fact m
              where not m.bounced and m.sent_at < (select max(ends) from cycle)),
            counted as (
              select f.*, row_number() over (
                partition by f.customer_id, f.answers order by f.sent_at, f.message_id) - 1 as unanswered
              from followed f),
            placed as (
              select x.customer_id, x.sent_at, x.opened_at, c.n, c.asked, x.sent_at < c.probes_from as in_rest,
                first_value(x.unanswered) over (
                  partition by x.customer_id, case when $8::boolean then c.n else 0 end order by x.sent_at, x.message_id) as before,
                row_number() over (
                  partition by x.customer_id, c.n, x.sent_at < c.probes_from order by x.sent_at, x.message_id) as place_in_half
              from counted x
              join cycle c on x.sent_at >= c.starts and x.sent_at < c.ends),
            probe as (
              select customer_id, n, least(10, min(before)) as stratum,
                ('x' || left(encode(sha256(convert_to(
                  $2 || case when $8::boolean then n || ':' else '' end || customer_id::text, 'UTF8')), 'hex'), 8))::bit(32)::bigint
                  < $3::float8 * 4294967296 as resting,
                count(*) filter (where in_rest) as contacts,
                min(sent_at) filter (where not in_rest) as sent_at,
                min(opened_at) filter (where not in_rest and place_in_half = 1) as opened_at
              from placed
              where asked
              group by customer_id, n
              having count(*) filter (where not in_rest) > 0),
            judged as (
              select p.customer_id, p.stratum, p.resting, p.contacts, a.response, a.yes, case when a.yes then b.amount else 0 end as paid
              from probe p
              cross join lateral (
                select count(*) as orders, coalesce(sum(o.amount), 0) as amount
                from order_fact o
                where o.customer_id = p.customer_id and o.counts
                  and o.ordered_at >= p.sent_at and o.ordered_at < p.sent_at + make_interval(hours => 24 * $6)) b
              cross join lateral (values
                ('ORDERED', b.orders > 0),
                ('ANSWERED', coalesce(p.opened_at < p.sent_at + make_interval(hours => 24 * $6), false))) as a (response, yes)),
            customer as (
              select response, coalesce(stratum, -1) as stratum, resting, customer_id, count(*)::float8 as p,
                count(*) filter (where yes)::float8 as r, sum(contacts)::float8 as c, sum(paid)::float8 as paid
              from judged
              group by grouping sets ((response, stratum, resting, customer_id), (response, resting, customer_id)))
            select response, stratum, resting, count(*) as customers, sum(p) as p, sum(r) as r, sum(c) as c,
              sum(p * p) as pp, sum(r * r) as rr, sum(c * c) as cc, sum(p * r) as pr, sum(p * c) as pc, sum(r * c) as rc,
              sum(paid) as worth
            from customer
            group by response, stratum, resting
            """;

    // Nothing is written before all is summed up: the feeds' readers wait for transactions that write.
    /* language=PostgreSQL */
    private static final String MEASURE = "merge into erosion_sums t using (" + ARMS + """
            ) s
            on t.response = s.response and t.stratum = s.stratum and t.resting = s.resting
            when matched then update set customers = s.customers, p = s.p, r = s.r, c = s.c, pp = s.pp, rr = s.rr, cc = s.cc,
              pr = s.pr, pc = s.pc, rc = s.rc, worth = s.worth
            when not matched then insert (response, stratum, resting, customers, p, r, c, pp, rr, cc, pr, pc, rc, worth)
              values (s.response, s.stratum, s.resting, s.customers, s.p, s.r, s.c, s.pp, s.rr, s.cc, s.pr, s.pc, s.rc, s.worth)
            when not matched by source then delete
            """;

    /* language=PostgreSQL */
    private static final String SUMS = """
            select stratum, resting, customers, p, r, c, pp, rr, cc, pr, pc, rc, worth
            from erosion_sums
            where response = $1
            order by stratum, resting
            limit 100
            """;

    private static final String OF_PERIOD = """
            select s.stratum, s.resting, s.customers, s.p, s.r, s.c, s.pp, s.rr, s.cc, s.pr, s.pc, s.rc, s.worth
            from (""" + "\n" + ARMS + """
            ) s
            where s.response = $11
            order by s.stratum, s.resting
            limit 100
            """;

    /* language=PostgreSQL */
    private static final String CONTACTS = """
            select u.customer_id, coalesce(e.unanswered, 0) as unanswered, nullif(m.average_bill, 0) as average_bill
            from unnest($1::uuid[]) with ordinality as u (customer_id, place)
            left join customer_engagement e on e.customer_id = u.customer_id
            left join customer_metric m on m.customer_id = u.customer_id
            order by u.place
            """;

    // Grouped as prices are: by stratum. The sum of average bills is what their prices add up by.
    /* language=PostgreSQL */
    private static final String SEGMENT_CONTACTS = """
            select least(10, coalesce(e.unanswered, 0)) as unanswered, count(*) as customers,
              count(*) filter (where m.average_bill > 0) as buyers, coalesce(sum(m.average_bill), 0)::bigint as bills
            from segment_member s
            left join customer_engagement e on e.customer_id = s.customer_id
            left join customer_metric m on m.customer_id = s.customer_id
            where s.segment_id = $1
            group by 1
            order by 1
            """;

    /* language=PostgreSQL */
    private static final String SEGMENT = "select id from segment where id = $1";

    /** One arm of one stratum. */
    record Arm(int stratum, boolean resting, ErosionSums sums) {}

    record Contact(
            UUID customerId, int unanswered, @Nullable Long averageBill) {}

    record Contacts(int unanswered, long customers, long buyers, long bills) {}

    Uni<Optional<RestGroup>> find(SqlClient client) {
        return client.preparedQuery(FIND).execute().map(rows -> Rows.first(rows, ErosionSql::group));
    }

    /** Does nothing where there is one already. */
    Uni<Void> start(SqlClient client, RestGroup group) {
        return client.preparedQuery(START)
                .execute(Params.of(
                        group.salt(),
                        group.share(),
                        group.restDays(),
                        group.cycleDays(),
                        group.responseDays(),
                        utc(group.startedAt()),
                        group.redrawn()))
                .replaceWithVoid();
    }

    /** @return false where another replica does it, or it was done within a day */
    Uni<Boolean> claim(SqlClient client, Instant now) {
        return client.preparedQuery(CLAIM).execute(Params.of(utc(now))).map(rows -> rows.rowCount() == 1);
    }

    Uni<Void> measure(SqlConnection tx, RestGroup group, Instant now) {
        return tx.preparedQuery(MEASURE)
                .execute(Params.of(
                        utc(now),
                        group.salt(),
                        group.share(),
                        group.restDays(),
                        group.cycleDays(),
                        group.responseDays(),
                        utc(group.startedAt()),
                        group.redrawn(),
                        null,
                        null))
                .chain(() -> tx.preparedQuery(DONE).execute(Params.of(utc(now))))
                .replaceWithVoid();
    }

    Uni<Optional<Instant>> computedAt(SqlClient client) {
        return client.preparedQuery(COMPUTED_AT)
                .execute()
                .map(rows -> Optional.ofNullable(rows.iterator().next().getOffsetDateTime("computed_at"))
                        .map(OffsetDateTime::toInstant));
    }

    Uni<List<Arm>> sums(SqlClient client, String response) {
        return client.preparedQuery(SUMS).execute(Params.of(response)).map(ErosionSql::arms);
    }

    /** Of the cycles that begin and end in a period. */
    Uni<List<Arm>> sums(SqlClient client, RestGroup group, Instant now, Period period, String response) {
        return client.preparedQuery(OF_PERIOD)
                .execute(Params.of(
                        utc(now),
                        group.salt(),
                        group.share(),
                        group.restDays(),
                        group.cycleDays(),
                        group.responseDays(),
                        utc(group.startedAt()),
                        group.redrawn(),
                        period.start(),
                        period.end(),
                        response))
                .map(ErosionSql::arms);
    }

    private static List<Arm> arms(RowSet<Row> rows) {
        return Rows.list(rows, row -> new Arm(row.getInteger("stratum"), row.getBoolean("resting"), sums(row)));
    }

    /** In the order of the ids. */
    Uni<List<Contact>> contacts(SqlClient client, UUID[] customerIds) {
        return client.preparedQuery(CONTACTS)
                .execute(Params.of((Object) customerIds))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Contact(
                                row.getUUID("customer_id"),
                                row.getInteger("unanswered"),
                                row.getLong("average_bill"))));
    }

    Uni<Boolean> isSegment(SqlClient client, UUID segmentId) {
        return client.preparedQuery(SEGMENT).execute(Params.of(segmentId)).map(rows -> rows.size() == 1);
    }

    Uni<List<Contacts>> contacts(SqlClient client, UUID segmentId) {
        return client.preparedQuery(SEGMENT_CONTACTS)
                .execute(Params.of(segmentId))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Contacts(
                                row.getInteger("unanswered"),
                                row.getLong("customers"),
                                row.getLong("buyers"),
                                row.getLong("bills"))));
    }

    private static RestGroup group(Row row) {
        return new RestGroup(
                row.getString("salt"),
                row.getDouble("share"),
                row.getInteger("rest_days"),
                row.getInteger("cycle_days"),
                row.getInteger("response_days"),
                row.getOffsetDateTime("started_at").toInstant(),
                row.getBoolean("redrawn"));
    }

    private static ErosionSums sums(Row row) {
        return new ErosionSums(
                row.getLong("customers"),
                row.getDouble("p"),
                row.getDouble("r"),
                row.getDouble("c"),
                row.getDouble("pp"),
                row.getDouble("rr"),
                row.getDouble("cc"),
                row.getDouble("pr"),
                row.getDouble("pc"),
                row.getDouble("rc"),
                row.getDouble("worth"));
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
