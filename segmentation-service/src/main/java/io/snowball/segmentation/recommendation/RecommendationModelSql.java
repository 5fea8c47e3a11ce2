package io.snowball.segmentation.recommendation;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.segmentation.recommendation.RecommendationSettings.Versioned;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * What products have to do with each other, computed from the lines of orders, and the settings of it. Each statement sums up before
 * it writes its first row, and is a transaction of its own: the feed's readers wait for transactions that have written.
 */
@ApplicationScoped
class RecommendationModelSql {
    /* language=PostgreSQL */
    private static final String CLAIM = """
            update recommendation_model set claimed_until = $1::timestamptz + interval '1 hour'
            where claimed_until <= $1 and computed_at <= $1::timestamptz - interval '1 day'
            returning generation + 1 as next
            """;

    // $1 generation, $2 orders from then on, $3 how many make a relation. An order of more than fifty products is a
    // wholesaler's: it
    // would make thousands of pairs and say nothing. Fifty partners a product are kept.
    /* language=PostgreSQL */
    private static final String PAIRS = """
            insert into product_pair (generation, sku, other_sku, orders, confidence, lift)
            with basket as materialized (
              select distinct customer_id, order_id, sku from order_line_fact where ordered_at >= $2),
            alone as materialized (
              select sku, count(*)::float8 as n from basket group by sku),
            several as materialized (
              select order_id, array_agg(sku) as skus from basket group by order_id having count(*) between 2 and 50),
            pair as (
              select a.sku, b.sku as other_sku, count(*) as n
              from several s
              cross join lateral unnest(s.skus) as a (sku)
              cross join lateral unnest(s.skus) as b (sku)
              where a.sku <> b.sku
              group by a.sku, b.sku
              having count(*) >= $3),
            ranked as (
              select p.*, row_number() over (partition by p.sku order by p.n desc, p.other_sku) as place
              from pair p)
            select $1::int, r.sku, r.other_sku, r.n, r.n / a.n,
              r.n / a.n / (o.n / (select count(distinct order_id) from basket))
            from ranked r
            join alone a on a.sku = r.sku
            join alone o on o.sku = r.other_sku
            where r.place <= 50
            """;

    // The same product in two lines of an order is one purchase.
    /* language=PostgreSQL */
    private static final String RHYTHMS = """
            insert into product_rhythm (generation, sku, buyers, repeat_buyers, interval_days)
            with bought as (
              select distinct customer_id, sku, order_id, ordered_at from order_line_fact where ordered_at >= $2),
            gap as (
              select customer_id, sku, extract(epoch from ordered_at - lag(ordered_at) over (
                partition by customer_id, sku order by ordered_at, order_id)) / 86400 as days
              from bought),
            customer as (
              select sku, customer_id, array_agg(days) filter (where days is not null) as gaps
              from gap
              group by sku, customer_id),
            counted as (
              select sku, count(*) as buyers, count(gaps) as repeat_buyers
              from customer
              group by sku
              having count(*) >= $3),
            middle as (
              select sku, percentile_cont(0.5) within group (order by days) as days
              from gap
              where days is not null
              group by sku)
            select $1::int, c.sku, c.buyers, c.repeat_buyers, case when c.repeat_buyers >= $3 then m.days end
            from counted c
            left join middle m on m.sku = c.sku
            """;

    // The way through the categories: what came first in each, and what came next after it. Categories of one order
    // come together.
    /* language=PostgreSQL */
    private static final String WAYS = """
            insert into category_next (generation, category, next_category, customers, share)
            with entered as (
              select customer_id, category, min(ordered_at) as at
              from order_line_fact
              where category is not null and ordered_at >= $2
              group by customer_id, category),
            step as materialized (
              select customer_id, category, dense_rank() over (partition by customer_id order by at) as place
              from entered),
            move as (
              select a.category, b.category as next_category, count(*) as n
              from step a
              join step b on b.customer_id = a.customer_id and b.place = a.place + 1
              group by a.category, b.category
              having count(*) >= $3),
            came as (
              select category, count(*)::float8 as n from step group by category)
            select $1::int, m.category, m.next_category, m.n, m.n / c.n
            from move m
            join came c on c.category = m.category
            """;

    /* language=PostgreSQL */
    private static final String TOPS = """
            insert into category_top (generation, category, sku, share)
            with buyer as materialized (
              select distinct category, sku, customer_id
              from order_line_fact
              where category is not null and ordered_at >= $2),
            everybody as (
              select category, count(distinct customer_id)::float8 as n from buyer group by category),
            product as (
              select category, sku, count(*) as n from buyer group by category, sku having count(*) >= $3),
            ranked as (
              select p.*, row_number() over (partition by p.category order by p.n desc, p.sku) as place
              from product p)
            select $1::int, r.category, r.sku, r.n / e.n
            from ranked r
            join everybody e on e.category = r.category
            where r.place <= 20
            """;

    /** From now on readers see this generation. */
    /* language=PostgreSQL */
    private static final String PUBLISH = """
            update recommendation_model
            set generation = $1, computed_at = $2, claimed_until = '-infinity'
            where generation < $1
            """;

    private static final List<String> TABLES =
            List.of("product_pair", "product_rhythm", "category_next", "category_top");

    private static final String SETTINGS = """
            quiet_days, lead_days, window_days, support_min, excluded_categories, excluded_skus, version
            """;

    /* language=PostgreSQL */
    private static final String READ_SETTINGS = "select " + SETTINGS + " from recommendation_settings";

    /* language=PostgreSQL */
    private static final String REPLACE_SETTINGS = """
            update recommendation_settings
            set quiet_days = $1, lead_days = $2, window_days = $3, support_min = $4, excluded_categories = $5,
              excluded_skus = $6, version = version + 1
            where version = $7
            returning\s""" + SETTINGS;

    /** @return the number of the generation to make; empty where another replica makes it, or the last is not a day old */
    Uni<Optional<Integer>> claim(SqlClient client, Instant now) {
        return client.preparedQuery(CLAIM)
                .execute(Params.of(utc(now)))
                .map(rows -> Rows.first(rows, row -> row.getInteger("next")));
    }

    Uni<Void> compute(SqlClient client, int generation, RecommendationSettings settings, Instant now) {
        OffsetDateTime from = utc(now.minusSeconds(86_400L * settings.windowDays()));
        // What a computation that died has left.
        return forget(client, " >= ", generation)
                .chain(() -> fill(client, PAIRS, generation, from, settings))
                .chain(() -> fill(client, RHYTHMS, generation, from, settings))
                .chain(() -> fill(client, WAYS, generation, from, settings))
                .chain(() -> fill(client, TOPS, generation, from, settings))
                .chain(() -> client.preparedQuery(PUBLISH).execute(Params.of(generation, utc(now))))
                .chain(() -> forget(client, " < ", generation));
    }

    private static Uni<Void> fill(
            SqlClient client, String statement, int generation, OffsetDateTime from, RecommendationSettings settings) {
        return client.preparedQuery(statement)
                .execute(Params.of(generation, from, settings.supportMin()))
                .replaceWithVoid();
    }

    private static Uni<Void> forget(SqlClient client, String which, int generation) {
        Uni<Void> done = Uni.createFrom().voidItem();
        for (String table : TABLES) {
            done = done.chain(() -> client.preparedQuery("delete from " + table + " where generation" + which + "$1")
                    .execute(Params.of(generation))
                    .replaceWithVoid());
        }
        return done;
    }

    Uni<Versioned> settings(SqlClient client) {
        return client.preparedQuery(READ_SETTINGS)
                .execute()
                .map(rows -> settings(rows.iterator().next()));
    }

    /** @return empty where the version is no longer this one */
    Uni<Optional<Versioned>> replace(SqlClient client, RecommendationSettings wanted, int version) {
        return client.preparedQuery(REPLACE_SETTINGS)
                .execute(Params.of(
                        wanted.quietDays(),
                        wanted.leadDays(),
                        wanted.windowDays(),
                        wanted.supportMin(),
                        wanted.excludedCategories().toArray(String[]::new),
                        wanted.excludedSkus().toArray(String[]::new),
                        version))
                .map(rows -> Rows.first(rows, RecommendationModelSql::settings));
    }

    private static Versioned settings(Row row) {
        return new Versioned(
                new RecommendationSettings(
                        row.getInteger("quiet_days"),
                        row.getInteger("lead_days"),
                        row.getInteger("window_days"),
                        row.getInteger("support_min"),
                        List.of(row.getArrayOfStrings("excluded_categories")),
                        List.of(row.getArrayOfStrings("excluded_skus"))),
                row.getInteger("version"));
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
