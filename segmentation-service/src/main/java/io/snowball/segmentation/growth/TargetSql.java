package io.snowball.segmentation.growth;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.segmentation.growth.TargetApi.Goal;
import io.snowball.segmentation.growth.TargetApi.TargetKind;
import io.snowball.segmentation.report.Period;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The goals, and what they are measured by. */
@ApplicationScoped
class TargetSql {
    static final int ACTIVE_DAYS = 90;

    /* language=PostgreSQL */
    private static final String MEASURE = """
            with person as (
              select customer_id, count(*) as ever, max(ordered_at) - min(ordered_at) as life,
                count(*) filter (where ordered_at >= $1::timestamptz) as orders,
                coalesce(sum(amount) filter (where ordered_at >= $1::timestamptz), 0) as revenue,
                bool_or(ordered_at < $1::timestamptz and ordered_at >= $1::timestamptz - make_interval(days => $3)) as at_start,
                bool_or(ordered_at >= $2::timestamptz - make_interval(days => $3)) as at_end
              from order_fact
              where counts and ordered_at < $2::timestamptz
              group by customer_id)
            select count(*) as base, count(*) filter (where ever > 1) as repeating,
              coalesce(avg(extract(epoch from life)), 0)::float8 as life_seconds,
              count(*) filter (where orders > 0) as payers, coalesce(sum(orders), 0)::bigint as orders,
              coalesce(sum(revenue), 0)::bigint as revenue, count(*) filter (where at_start) as at_start,
              count(*) filter (where at_start and not at_end) as lost
            from person
            """;

    /* language=PostgreSQL */
    private static final String LIST =
            "select start_on, kinds, percents, version from growth_target order by start_on desc limit 100";

    /* language=PostgreSQL */
    private static final String FIND =
            "select start_on, kinds, percents, version from growth_target where start_on = $1";

    // Version 0 is that of goals which are not there yet.
    /* language=PostgreSQL */
    private static final String INSERT = """
            insert into growth_target (start_on, kinds, percents, version, updated_at)
            values ($1, $2, $3, 1, $4)
            on conflict do nothing
            returning start_on, kinds, percents, version
            """;

    /* language=PostgreSQL */
    private static final String UPDATE = """
            update growth_target
            set kinds = $2, percents = $3, updated_at = $4, version = version + 1
            where start_on = $1 and version = $5
            returning start_on, kinds, percents, version
            """;

    record Targets(LocalDate startOn, List<Goal> goals, int version) {}

    record Measured(
            long base,
            long repeating,
            double lifeSeconds,
            long payers,
            long orders,
            long revenue,
            long atStart,
            long lost) {}

    Uni<Measured> measure(SqlClient client, Period period) {
        return client.preparedQuery(MEASURE)
                .execute(Params.of(period.start(), period.end(), ACTIVE_DAYS))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new Measured(
                            row.getLong("base"),
                            row.getLong("repeating"),
                            row.getDouble("life_seconds"),
                            row.getLong("payers"),
                            row.getLong("orders"),
                            row.getLong("revenue"),
                            row.getLong("at_start"),
                            row.getLong("lost"));
                });
    }

    Uni<List<Targets>> list(SqlClient client) {
        return client.preparedQuery(LIST).execute().map(rows -> Rows.list(rows, TargetSql::targets));
    }

    Uni<Optional<Targets>> find(SqlClient client, LocalDate startOn) {
        return client.preparedQuery(FIND).execute(Params.of(startOn)).map(rows -> Rows.first(rows, TargetSql::targets));
    }

    /** @return empty where the version is no longer this one */
    Uni<Optional<Targets>> save(SqlClient client, Targets wanted, Instant now) {
        String[] kinds = wanted.goals().stream().map(goal -> goal.kind().name()).toArray(String[]::new);
        BigDecimal[] percents = wanted.goals().stream().map(Goal::growthPercent).toArray(BigDecimal[]::new);
        var at = now.atOffset(ZoneOffset.UTC);
        return (wanted.version() == 0
                        ? client.preparedQuery(INSERT).execute(Params.of(wanted.startOn(), kinds, percents, at))
                        : client.preparedQuery(UPDATE)
                                .execute(Params.of(wanted.startOn(), kinds, percents, at, wanted.version())))
                .map(rows -> Rows.first(rows, TargetSql::targets));
    }

    private static Targets targets(Row row) {
        String[] kinds = row.getArrayOfStrings("kinds");
        var percents = row.getArrayOfNumerics("percents");
        List<Goal> goals = new ArrayList<>();
        for (int i = 0; i < kinds.length; i++) {
            goals.add(new Goal(TargetKind.valueOf(kinds[i]), percents[i].bigDecimalValue()));
        }
        return new Targets(row.getLocalDate("start_on"), goals, row.getInteger("version"));
    }
}
