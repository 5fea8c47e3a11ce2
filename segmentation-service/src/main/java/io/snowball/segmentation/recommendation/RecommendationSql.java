package io.snowball.segmentation.recommendation;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.segmentation.recommendation.RecommendationApi.CustomerRecommendations;
import io.snowball.segmentation.recommendation.RecommendationApi.NextCategory;
import io.snowball.segmentation.recommendation.RecommendationApi.ProductRelations;
import io.snowball.segmentation.recommendation.RecommendationApi.ProductRhythm;
import io.snowball.segmentation.recommendation.RecommendationApi.Reason;
import io.snowball.segmentation.recommendation.RecommendationApi.Recommendation;
import io.snowball.segmentation.recommendation.RecommendationApi.RelatedProduct;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What products have to do with each other, read for customers and for a product. */
@ApplicationScoped
class RecommendationSql {
    // $1 customers, $2 now, $3 how many each. Everything that is looked at is of these customers or reached from their
    // products by
    // key. Every score estimates the same: the share of people in this place who buy the product.
    /* language=PostgreSQL */
    private static final String OFFERS = """
            with model as (
              select m.generation, s.quiet_days, s.lead_days, s.excluded_categories, s.excluded_skus
              from recommendation_model m cross join recommendation_settings s),
            line as materialized (
              select customer_id, sku, category, ordered_at from order_line_fact where customer_id = any($1)),
            bought as materialized (
              select b.customer_id, b.sku, b.last_at, b.last_at + make_interval(secs => 86400 * coalesce(p.replenishment_days,
                  r.interval_days)) as due_at,
                make_interval(secs => 86400 * coalesce(p.replenishment_days, r.interval_days)) as again,
                coalesce(r.repeat_buyers::float8 / r.buyers, 0.5) as repeat_share,
                row_number() over (partition by b.customer_id order by b.last_at desc, b.sku) as place
              from (select customer_id, sku, max(ordered_at) as last_at from line group by customer_id, sku) b
              cross join model m
              left join product_fact p on p.sku = b.sku
              left join product_rhythm r on r.generation = m.generation and r.sku = b.sku),
            entered as (
              select customer_id, category, dense_rank() over (partition by customer_id order by min(ordered_at) desc) as place
              from line
              where category is not null
              group by customer_id, category),
            candidate as (
              select b.customer_id, b.sku, 'REPLENISHMENT' as reason, b.repeat_share as score, null as because, b.due_at
              from bought b
              cross join model m
              where b.due_at - make_interval(days => m.lead_days) <= $2 and b.due_at + b.again > $2
              union all
              select b.customer_id, x.other_sku, 'BOUGHT_TOGETHER', x.confidence, b.sku, null
              from bought b
              cross join model m
              join product_pair x on x.generation = m.generation and x.sku = b.sku and x.lift > 1
              where b.place <= 10
              union all
              select e.customer_id, t.sku, 'NEXT_CATEGORY', n.share * t.share, e.category, null
              from entered e
              cross join model m
              join category_next n on n.generation = m.generation and n.category = e.category
              join category_top t on t.generation = m.generation and t.category = n.next_category
              where e.place = 1
                and not exists (
                  select from entered o where o.customer_id = e.customer_id and o.category = n.next_category)),
            fitting as (
              select c.*, row_number() over (
                partition by c.customer_id, c.sku order by c.score desc, c.reason, c.because) as place_of_sku
              from candidate c
              cross join model m
              left join product_fact p on p.sku = c.sku
              left join bought b on b.customer_id = c.customer_id and b.sku = c.sku
              where p.active is not false
                and (c.reason = 'REPLENISHMENT' or b.sku is null
                  or (b.last_at <= $2 - make_interval(days => m.quiet_days)
                    and (b.due_at is null or b.due_at - make_interval(days => m.lead_days) <= $2)))
                and c.sku <> all(m.excluded_skus)
                and (p.category is null or p.category <> all(m.excluded_categories))
                and not exists (
                  select from product_category k where k.sku = c.sku and k.category = any(m.excluded_categories))
                and not exists (
                  select from returned_line_fact r where r.customer_id = c.customer_id and r.sku = c.sku)),
            placed as (
              select f.*, row_number() over (partition by f.customer_id order by f.score desc, f.sku) as place
              from fitting f
              where f.place_of_sku = 1)
            select u.customer_id, p.sku, p.reason, p.score, p.because, p.due_at
            from unnest($1::uuid[]) with ordinality as u (customer_id, asked)
            left join placed p on p.customer_id = u.customer_id and p.place <= $3
            order by u.asked, p.place
            """;

    /* language=PostgreSQL */
    private static final String MEMBERS = """
            select customer_id from segment_member
            where segment_id = $1 and ($2::uuid is null or customer_id > $2)
            order by customer_id
            limit $3
            """;

    /* language=PostgreSQL */
    private static final String SEGMENT = "select id from segment where id = $1";

    /* language=PostgreSQL */
    private static final String CUSTOMER = "select customer_id from customer_fact where customer_id = $1";

    /* language=PostgreSQL */
    private static final String COMPUTED_AT =
            "select generation, nullif(computed_at, '-infinity') as computed_at from recommendation_model";

    /* language=PostgreSQL */
    private static final String PAIRS = """
            select x.other_sku, x.orders, x.confidence, x.lift
            from product_pair x
            left join product_fact p on p.sku = x.other_sku
            where x.generation = $1 and x.sku = $2 and p.active is not false
            order by x.orders desc, x.other_sku
            limit $3
            """;

    /* language=PostgreSQL */
    private static final String RHYTHM = """
            select r.buyers, r.repeat_buyers, r.interval_days, p.replenishment_days
            from (select $2::text as sku) s
            left join product_rhythm r on r.generation = $1 and r.sku = s.sku
            left join product_fact p on p.sku = s.sku
            """;

    /* language=PostgreSQL */
    private static final String NEXT = """
            select k.category, n.next_category, n.customers, n.share
            from product_category k
            join category_next n on n.generation = $1 and n.category = k.category
            where k.sku = $2
            order by n.share desc, k.category, n.next_category
            limit $3
            """;

    record Model(int generation, @Nullable Instant computedAt) {}

    Uni<List<CustomerRecommendations>> offers(SqlClient client, List<UUID> customers, Instant now, int limit) {
        return client.preparedQuery(OFFERS)
                .execute(Params.of(customers.toArray(UUID[]::new), now.atOffset(ZoneOffset.UTC), limit))
                .map(rows -> {
                    Map<UUID, List<Recommendation>> found = new LinkedHashMap<>();
                    for (Row row : rows) {
                        List<Recommendation> own =
                                found.computeIfAbsent(row.getUUID("customer_id"), _ -> new ArrayList<>());
                        if (row.getString("sku") != null) {
                            own.add(recommendation(row));
                        }
                    }
                    return found.entrySet().stream()
                            .map(one -> new CustomerRecommendations(one.getKey(), one.getValue()))
                            .toList();
                });
    }

    private static Recommendation recommendation(Row row) {
        Reason reason = Reason.valueOf(row.getString("reason"));
        OffsetDateTime due = row.getOffsetDateTime("due_at");
        return new Recommendation(
                row.getString("sku"),
                reason,
                Rounded.share(row.getDouble("score")),
                reason == Reason.BOUGHT_TOGETHER ? row.getString("because") : null,
                reason == Reason.NEXT_CATEGORY ? row.getString("because") : null,
                due == null ? null : due.toInstant());
    }

    Uni<Boolean> isCustomer(SqlClient client, UUID customerId) {
        return client.preparedQuery(CUSTOMER).execute(Params.of(customerId)).map(rows -> rows.size() == 1);
    }

    Uni<Boolean> isSegment(SqlClient client, UUID segmentId) {
        return client.preparedQuery(SEGMENT).execute(Params.of(segmentId)).map(rows -> rows.size() == 1);
    }

    Uni<List<UUID>> members(SqlClient client, UUID segmentId, @Nullable UUID after, int limit) {
        return client.preparedQuery(MEMBERS)
                .execute(Params.of(segmentId, after, limit))
                .map(rows -> Rows.list(rows, row -> row.getUUID("customer_id")));
    }

    private static Uni<Model> model(SqlClient client) {
        return client.preparedQuery(COMPUTED_AT).execute().map(rows -> {
            Row row = rows.iterator().next();
            OffsetDateTime at = row.getOffsetDateTime("computed_at");
            return new Model(row.getInteger("generation"), at == null ? null : at.toInstant());
        });
    }

    Uni<ProductRelations> relations(SqlClient client, String sku, int limit) {
        return model(client)
                .chain(model -> pairs(client, model, sku, limit)
                        .chain(pairs -> rhythm(client, model, sku)
                                .chain(rhythm -> next(client, model, sku, limit)
                                        .map(next -> new ProductRelations(
                                                sku, model.computedAt(), pairs, rhythm.orElse(null), next)))));
    }

    private static Uni<List<RelatedProduct>> pairs(SqlClient client, Model model, String sku, int limit) {
        return client.preparedQuery(PAIRS)
                .execute(Params.of(model.generation(), sku, limit))
                .map(rows -> Rows.list(
                        rows,
                        row -> new RelatedProduct(
                                row.getString("other_sku"),
                                row.getInteger("orders"),
                                Rounded.share(row.getDouble("confidence")),
                                Rounded.share(row.getDouble("lift")))));
    }

    private static Uni<Optional<ProductRhythm>> rhythm(SqlClient client, Model model, String sku) {
        return client.preparedQuery(RHYTHM)
                .execute(Params.of(model.generation(), sku))
                .map(rows -> rhythm(rows.iterator().next()));
    }

    private static Optional<ProductRhythm> rhythm(Row row) {
        Integer declared = row.getInteger("replenishment_days");
        Integer buyers = row.getInteger("buyers");
        Double measured = row.getDouble("interval_days");
        return declared == null && buyers == null
                ? Optional.empty()
                : Optional.of(new ProductRhythm(
                        declared,
                        measured == null ? null : Rounded.days(measured),
                        buyers == null ? 0 : buyers,
                        buyers == null ? 0 : row.getInteger("repeat_buyers")));
    }

    private static Uni<List<NextCategory>> next(SqlClient client, Model model, String sku, int limit) {
        return client.preparedQuery(NEXT)
                .execute(Params.of(model.generation(), sku, limit))
                .map(rows -> Rows.list(
                        rows,
                        row -> new NextCategory(
                                row.getString("category"),
                                row.getString("next_category"),
                                row.getInteger("customers"),
                                Rounded.share(row.getDouble("share")))));
    }
}
