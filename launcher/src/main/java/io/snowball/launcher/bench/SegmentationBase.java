package io.snowball.launcher.bench;

import io.snowball.launcher.installation.Progress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Facts of a shop, made by the database itself in segmentation's tables, as the feed would have left them. Three years of orders in
 * the order of their time; three customers in five buy once, the rest by a power law; six lines for five orders; a year of events;
 * five messages a customer. Loaded once for each size: who measures again finds it.
 *
 * @param customers how many; {@code orders} and {@code events} are whole multiples of it
 */
record SegmentationBase(long customers, long orders, long events) {
    /** All times are before it; the services' clock is at most some hours after. */
    private static final String NOW = "date_trunc('minute', now())";

    private static final String CUSTOMER = "('01900000-0000-7000-8000-' || lpad(to_hex(%s::bigint), 12, '0'))::uuid";

    /** In which its keys and indexes are made again after the rows are in: by far the faster way. */
    private static final List<String> TABLES = List.of(
            "customer_fact",
            "order_fact",
            "order_line_fact",
            "event_fact",
            "message_fact",
            "customer_metric",
            "customer_engagement");

    static String customer(String number) {
        return CUSTOMER.formatted(number);
    }

    boolean isLoaded(Statement sql) throws SQLException {
        try (ResultSet table = sql.executeQuery("select to_regclass('bench_base') is not null")) {
            table.next();
            return table.getBoolean(1);
        }
    }

    void load(Connection database, Progress progress) throws SQLException {
        try (Statement sql = database.createStatement()) {
            if (isLoaded(sql)) {
                return;
            }
            sql.execute("set synchronous_commit = off");
            sql.execute("set maintenance_work_mem = '768MB'");
            sql.execute("set work_mem = '256MB'");
            List<String> again = new ArrayList<>();
            for (String table : TABLES) {
                sql.execute("truncate " + table + " cascade");
                again.addAll(stripped(sql, table));
            }
            timed(progress, "customers", () -> customers(sql));
            timed(progress, "orders", () -> orders(sql));
            timed(progress, "lines", () -> lines(sql));
            timed(progress, "events", () -> events(sql));
            timed(progress, "messages", () -> messages(sql));
            timed(progress, "metrics", () -> metrics(sql));
            timed(progress, "indexes", () -> {
                for (String definition : again) {
                    sql.execute(definition);
                }
            });
            timed(progress, "statistics", () -> {
                for (String table : TABLES) {
                    sql.execute("vacuum (analyze) " + table);
                }
            });
            sql.execute("create table bench_base as select " + customers + " as customers");
        }
    }

    private interface Step {
        void run() throws SQLException;
    }

    private static void timed(Progress progress, String what, Step step) throws SQLException {
        long began = System.nanoTime();
        step.run();
        progress.done(what, Duration.ofNanos(System.nanoTime() - began), "loaded");
    }

    /** @return what makes its keys and indexes again */
    private static List<String> stripped(Statement sql, String table) throws SQLException {
        List<String> again = new ArrayList<>();
        List<String> drops = new ArrayList<>();
        try (ResultSet keys = sql.executeQuery(
                "select conname, pg_get_constraintdef(oid) from pg_constraint where contype = 'p' and conrelid = '"
                        + table + "'::regclass")) {
            while (keys.next()) {
                drops.add("alter table " + table + " drop constraint " + keys.getString(1));
                again.add("alter table " + table + " add constraint " + keys.getString(1) + " " + keys.getString(2));
            }
        }
        for (String drop : drops) {
            sql.execute(drop);
        }
        drops.clear();
        try (ResultSet indexes =
                sql.executeQuery("select indexname, indexdef from pg_indexes where tablename = '" + table + "'")) {
            while (indexes.next()) {
                drops.add("drop index " + indexes.getString(1));
                again.add(indexes.getString(2));
            }
        }
        for (String drop : drops) {
            sql.execute(drop);
        }
        return again;
    }

    private void customers(Statement sql) throws SQLException {
        sql.execute("""
                insert into customer_fact (customer_id, registered_at, has_email, has_phone, source, sex, language, time_zone)
                select %s, %s - interval '1095 days' * (1 - n::float8 / %d), n %% 10 < 8, n %% 10 > 3,
                  (array['website', 'shop', 'app', 'marketplace'])[1 + n %% 4], (array['FEMALE', 'MALE'])[1 + n / 4 %% 2], 'ru',
                  (array['Europe/Moscow', 'Asia/Omsk', 'Asia/Yekaterinburg', null])[1 + n / 8 %% 4]
                from generate_series(0::bigint, %d - 1) n
                """.formatted(customer("n"), NOW, customers, customers));
    }

    /** Every so many-th order is the first of a new customer; the others go to those two in five who come back. */
    private void orders(Statement sql) throws SQLException {
        long each = orders / customers;
        sql.execute("select setseed(0.42)");
        sql.execute("""
                insert into order_fact (order_id, customer_id, ordered_at, counts, amount, version, returned)
                select ('01910000-0000-7000-8000-' || lpad(to_hex(o), 12, '0'))::uuid,
                  %s,
                  %s - interval '1095 days' * (1 - o::float8 / %d), o %% 20 <> 7, (500 + 200000 * power(random(), 3))::bigint * 10, 1,
                  case when o %% 40 = 7 then 10000 else 0 end
                from (
                  select o, case when o %% %d = 0 then o / %d
                    else floor(power(random(), 1.5) * (o / %d / 5 * 2))::bigint end as k
                  from generate_series(0::bigint, %d - 1) o) x
                """.formatted(
                        customer("case when o %% " + each + " = 0 then k else k / 2 * 5 + k %% 2 end"),
                        NOW,
                        orders,
                        each,
                        each,
                        each,
                        orders)
                .replace("%%", "%"));
    }

    private static void lines(Statement sql) throws SQLException {
        sql.execute("""
                insert into order_line_fact (customer_id, order_id, position, sku, category, quantity, amount, ordered_at)
                select x.customer_id, x.order_id, x.l, 'SKU-' || x.s, 'CAT-' || x.s % 40, 1, x.amount, x.ordered_at
                from (
                  select o.customer_id, o.order_id, o.ordered_at, o.amount, l, floor(5000 * power(random(), 3))::int as s
                  from order_fact o
                  cross join lateral generate_series(0, case when o.amount / 10 % 5 = 0 then 1 else 0 end) l
                  where o.counts) x
                """);
        sql.execute("""
                insert into product_category (sku, category)
                select 'SKU-' || s, 'CAT-' || s % 40 from generate_series(0, 5000) s
                on conflict do nothing
                """);
    }

    private void events(Statement sql) throws SQLException {
        sql.execute("""
                insert into event_type (name) values ('PAGE_VIEWED'), ('PRODUCT_VIEWED'), ('CATEGORY_VIEWED'), ('SEARCHED'),
                  ('ADDED_TO_CART'), ('REMOVED_FROM_CART'), ('CHECKOUT_BEGUN'), ('APP_OPENED')
                on conflict do nothing
                """);
        sql.execute("""
                insert into event_fact (customer_id, event_id, occurred_at, type_id)
                select %s, ('01920000-0000-7000-8000-' || lpad(to_hex(e), 12, '0'))::uuid,
                  %s - interval '365 days' * (1 - e::float8 / %d), t.ids[1 + floor(8 * power(random(), 3))::int]
                from generate_series(0::bigint, %d - 1) e
                cross join (select array_agg(id order by id) as ids from event_type) t
                """.formatted(customer("floor(power(random(), 2) * " + customers + ")"), NOW, events, events));
    }

    private void messages(Statement sql) throws SQLException {
        sql.execute("""
                insert into message_fact (customer_id, message_id, campaign_id, channel, sent_at, opened_at, clicked_at, bounced)
                select %s, ('01930000-0000-7000-8000-' || lpad(to_hex(m * %d + n), 12, '0'))::uuid,
                  '01940000-0000-7000-8000-000000000001', 'EMAIL', %s - interval '30 days' * (5 - m) + interval '1 hour',
                  case when random() < case when n %% 10 = 0 then 0.9 else 0.12 end then %s - interval '30 days' * (5 - m) + interval '9 hours' end, null, false
                from generate_series(0, 4) m
                cross join generate_series(0::bigint, %d - 1) n
                """.formatted(customer("n"), customers, NOW, NOW, customers));
    }

    private static void metrics(Statement sql) throws SQLException {
        sql.execute("""
                insert into customer_metric
                  (customer_id, orders_count, revenue, average_bill, first_order_at, last_order_at, returns_count, returned_amount,
                   favourite_hour)
                with bought as (
                  select customer_id, count(*)::int as n, sum(amount)::bigint as revenue, round(avg(amount))::bigint as bill,
                    min(ordered_at) as first_at, max(ordered_at) as last_at
                  from order_fact where counts group by customer_id),
                hours as (
                  select distinct on (customer_id) customer_id, hour
                  from (
                    select o.customer_id, extract(hour from o.ordered_at at time zone coalesce(c.time_zone, 'Europe/Moscow')) as hour,
                      count(*) as n
                    from order_fact o join customer_fact c on c.customer_id = o.customer_id
                    where o.counts
                    group by 1, 2) h
                  order by customer_id, n desc, hour),
                back as (
                  select customer_id, count(*)::int as n, sum(returned)::bigint as amount
                  from order_fact where returned > 0 group by customer_id)
                select c.customer_id, coalesce(b.n, 0), coalesce(b.revenue, 0), coalesce(b.bill, 0),
                  coalesce(b.first_at, 'infinity'), coalesce(b.last_at, '-infinity'), coalesce(r.n, 0), coalesce(r.amount, 0),
                  coalesce(h.hour, -1)
                from customer_fact c
                left join bought b on b.customer_id = c.customer_id
                left join hours h on h.customer_id = c.customer_id
                left join back r on r.customer_id = c.customer_id
                """);
        sql.execute("""
                insert into customer_engagement
                  (customer_id, last_sent_at, last_answered_at, sent, opened, clicked, unanswered)
                select f.customer_id, max(f.sent_at), coalesce(max(f.opened_at), '-infinity'), count(*), count(f.opened_at), 0,
                  count(*) filter (where f.sent_at > coalesce(f.answered, '-infinity'))
                from (
                  select customer_id, sent_at, opened_at,
                    max(sent_at) filter (where opened_at is not null) over (partition by customer_id) as answered
                  from message_fact) f
                group by f.customer_id
                """);
    }
}
