package io.snowball.customer.loyalty;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** What the programme gave, and what came of it, in SQL. */
@ApplicationScoped
class FigureSql {
    // What each rule gave to whom, and for what it was given: the accruals of a period, as they stand.
    /* language=PostgreSQL */
    private static final String FIGURES = """
            select r.id, r.name,
                   coalesce(sum(e.points) filter (where e.kind = 'ACCRUAL'), 0)::bigint as given,
                   coalesce(sum(e.points) filter (where e.kind = 'TAKE_BACK'), 0)::bigint as taken_back,
                   count(distinct e.customer_id) filter (where e.kind = 'ACCRUAL')::int as customers,
                   count(distinct e.source) filter (where e.kind = 'ACCRUAL')::int as times,
                   coalesce((
                     select sum(o.amount - o.returned)
                     from orders o
                     where o.state in ('PAID', 'PARTLY_RETURNED')
                       and o.id in (select substring(x.source from 7)::uuid
                                    from points_entry x
                                    where x.rule_id = r.id and x.kind = 'ACCRUAL' and x.made_at >= $1 and x.made_at < $2
                                      and x.source like 'order/%')), 0)::bigint as turnover
            from loyalty_rule r
            join points_entry e on e.rule_id = r.id and e.made_at >= $1 and e.made_at < $2
            group by r.id, r.name
            order by r.id
            limit 500
            """;

    /* language=PostgreSQL */
    private static final String TOTALS = """
            select coalesce(sum(e.points) filter (where e.kind = 'ACCRUAL'), 0)::bigint as given,
                   coalesce(sum(e.points) filter (where e.kind = 'TAKE_BACK'), 0)::bigint as taken_back,
                   coalesce(sum(e.points) filter (where e.kind = 'REDEMPTION'), 0)::bigint as redeemed,
                   coalesce(sum(e.points) filter (where e.kind = 'REFUND'), 0)::bigint as refunded,
                   coalesce(sum(e.points) filter (where e.kind = 'EXPIRY'), 0)::bigint as expired,
                   coalesce(sum(case when e.kind = 'CORRECTION' then case e.to_account when 'AVAILABLE' then e.points else -e.points end end), 0)::bigint
                     as corrected,
                   count(distinct e.customer_id) filter (where e.kind = 'ACCRUAL')::int as earning,
                   count(distinct e.customer_id) filter (where e.kind = 'REDEMPTION')::int as redeeming,
                   (select coalesce(sum(a.available + a.held), 0)::bigint from points_account a) as outstanding,
                   (select coalesce(sum(a.debt), 0)::bigint from points_account a) as owed,
                   (select s.point_value from points_settings s) as point_value
            from points_entry e
            where e.made_at >= $1 and e.made_at < $2
            """;

    record RuleFigures(UUID id, String name, long given, long takenBack, int customers, int times, long turnover) {}

    record Totals(
            long given,
            long takenBack,
            long redeemed,
            long refunded,
            long expired,
            long corrected,
            int earning,
            int redeeming,
            long outstanding,
            long owed,
            long pointValue) {}

    Uni<List<RuleFigures>> figures(SqlClient client, Instant from, Instant to) {
        return client.preparedQuery(FIGURES)
                .execute(Params.of(from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC)))
                .map(rows -> Rows.list(
                        rows,
                        row -> new RuleFigures(
                                row.getUUID("id"),
                                row.getString("name"),
                                row.getLong("given"),
                                row.getLong("taken_back"),
                                row.getInteger("customers"),
                                row.getInteger("times"),
                                row.getLong("turnover"))));
    }

    Uni<Totals> totals(SqlClient client, Instant from, Instant to) {
        return client.preparedQuery(TOTALS)
                .execute(Params.of(from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC)))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new Totals(
                            row.getLong("given"),
                            row.getLong("taken_back"),
                            row.getLong("redeemed"),
                            row.getLong("refunded"),
                            row.getLong("expired"),
                            row.getLong("corrected"),
                            row.getInteger("earning"),
                            row.getInteger("redeeming"),
                            row.getLong("outstanding"),
                            row.getLong("owed"),
                            row.getLong("point_value"));
                });
    }
}
