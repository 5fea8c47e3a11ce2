package io.snowball.customer.loyalty;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.CommonProblem;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Making and ending rules. */
@ApplicationScoped
class Rules {
    private final RuleSql sql;
    private final Pool pool;
    private final Clock clock;

    Rules(RuleSql sql, Pool pool, Clock clock) {
        this.sql = sql;
        this.pool = pool;
        this.clock = clock;
    }

    Uni<Rule> create(SqlConnection tx, Rule rule, String by) {
        return sql.store(tx, rule, now(), by).map(stored -> {
            if (!stored) {
                throw LoyaltyProblem.TOO_MANY_RULES.with("At most " + RuleSql.MOST);
            }
            return rule;
        });
    }

    /** What it gave stays given, and is still taken back when an order is returned. */
    Uni<Rule> end(UUID id) {
        return get(id).chain(rule -> sql.end(pool, id, now())
                .invoke(ended -> {
                    if (!ended) {
                        throw LoyaltyProblem.RULE_ENDED.with("Make another one");
                    }
                })
                .chain(() -> get(id)));
    }

    Uni<Rule> get(UUID id) {
        return sql.find(pool, id)
                .map(found -> found.orElseThrow(() -> CommonProblem.NOT_FOUND.with("There is no rule with this id")));
    }

    /** Newest first. */
    Uni<Keyset<Rule>> list(@Nullable String cursor, int limit) {
        List<String> after = Cursor.decode(cursor, 1, "loyalty-rules");
        return sql.page(pool, after == null ? null : Cursor.asUuid(after.getFirst()), limit + 1)
                .map(rows -> Keyset.of(rows, limit, rule -> List.of(rule.id().toString()), "loyalty-rules"));
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
