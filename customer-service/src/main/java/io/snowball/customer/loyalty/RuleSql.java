package io.snowball.customer.loyalty;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rules in SQL. */
@ApplicationScoped
class RuleSql {
    /** All rules that ever were are looked at for each order: an old order may change. */
    static final int MOST = 500;

    /* language=PostgreSQL */
    private static final String RULE = """
            select id, name, trigger, event_type, award, value, invited_points, categories, levels, first_purchases, min_amount,
                   lifetime_days, max_points, max_times, valid_from, valid_to, gift_kind, gift
            from loyalty_rule
            """;

    private static final String ALL = RULE + "order by id limit " + MOST;

    private static final String GET = RULE + "where id = $1";

    private static final String PAGE = RULE + "where $1::uuid is null or id < $1 order by id desc limit $2";

    // Under a lock, so that no two make the last one that there may be.
    /* language=PostgreSQL */
    private static final String STORE = """
            with locked as materialized (
              select pg_advisory_xact_lock(hashtext('loyalty rules'))
            )
            insert into loyalty_rule
              (id, name, trigger, event_type, award, value, invited_points, categories, levels, first_purchases, min_amount,
               lifetime_days, max_points, max_times, valid_from, valid_to, created_at, created_by, gift_kind, gift)
            select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20
            from locked
            where (select count(*) from loyalty_rule) < $21
            """;

    /* language=PostgreSQL */
    private static final String END = """
            update loyalty_rule set valid_to = greatest($2, valid_from)
            where id = $1 and (valid_to is null or valid_to > $2)
            """;

    Uni<List<Rule>> all(SqlClient client) {
        return client.preparedQuery(ALL).execute().map(rows -> Rows.list(rows, RuleSql::rule));
    }

    Uni<Optional<Rule>> find(SqlClient client, UUID id) {
        return client.preparedQuery(GET).execute(Params.of(id)).map(rows -> Rows.first(rows, RuleSql::rule));
    }

    Uni<List<Rule>> page(SqlClient client, @Nullable UUID before, int limit) {
        return client.preparedQuery(PAGE).execute(Params.of(before, limit)).map(rows -> Rows.list(rows, RuleSql::rule));
    }

    /** @return whether there was room for it */
    Uni<Boolean> store(SqlClient client, Rule rule, Instant now, String by) {
        return client.preparedQuery(STORE)
                .execute(Params.of(
                        rule.id(),
                        rule.name(),
                        rule.trigger().name(),
                        rule.eventType(),
                        rule.award().name(),
                        rule.value(),
                        rule.invitedPoints(),
                        rule.categories().toArray(String[]::new),
                        rule.levels().toArray(String[]::new),
                        rule.firstPurchases(),
                        rule.minAmount(),
                        rule.lifetimeDays(),
                        rule.maxPoints(),
                        rule.maxTimes(),
                        rule.validFrom().atOffset(ZoneOffset.UTC),
                        rule.validTo() == null ? null : rule.validTo().atOffset(ZoneOffset.UTC),
                        now.atOffset(ZoneOffset.UTC),
                        by,
                        rule.gift() == null ? null : rule.gift().kind().name(),
                        rule.gift() == null ? null : rule.gift().code(),
                        MOST))
                .map(rows -> rows.rowCount() == 1);
    }

    Uni<Boolean> end(SqlClient client, UUID id, Instant at) {
        return client.preparedQuery(END)
                .execute(Params.of(id, at.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.rowCount() == 1);
    }

    private static Rule rule(Row row) {
        OffsetDateTime to = row.getOffsetDateTime("valid_to");
        BigDecimal value = row.getNumeric("value").bigDecimalValue();
        return new Rule(
                row.getUUID("id"),
                row.getString("name"),
                Trigger.valueOf(row.getString("trigger")),
                row.getString("event_type"),
                Award.valueOf(row.getString("award")),
                value,
                row.getLong("invited_points"),
                List.of(row.getArrayOfStrings("categories")),
                List.of(row.getArrayOfStrings("levels")),
                row.getInteger("first_purchases"),
                row.getLong("min_amount"),
                row.getInteger("lifetime_days"),
                row.getLong("max_points"),
                row.getInteger("max_times"),
                row.getString("gift") == null
                        ? null
                        : new Gift(Gift.Kind.valueOf(row.getString("gift_kind")), row.getString("gift")),
                row.getOffsetDateTime("valid_from").toInstant(),
                to == null ? null : to.toInstant());
    }
}
