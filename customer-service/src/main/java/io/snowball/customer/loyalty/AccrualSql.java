package io.snowball.customer.loyalty;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.loyalty.Giving.Accrual;
import io.snowball.customer.loyalty.Giving.Difference;
import io.snowball.customer.loyalty.Giving.Given;
import io.snowball.customer.loyalty.Giving.Owner;
import io.snowball.customer.loyalty.Giving.Tally;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.id.Ids;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What was given for what has happened, in SQL. */
@ApplicationScoped
class AccrualSql {
    /* language=PostgreSQL */
    private static final String RECOGNISED = """
            select distinct i.customer_id
            from identity i
            where i.customer_id = any($1) and i.kind not in ('COOKIE', 'PUSH', 'WEB_PUSH')
            """;

    /* language=PostgreSQL */
    private static final String STORED =
            "select rule_id, source, customer_id, points from loyalty_accrual where source = any($1)";

    /* language=PostgreSQL */
    private static final String TALLIES = """
            select rule_id, customer_id, sum(points)::bigint as points, count(*) filter (where points > 0)::int as times
            from loyalty_accrual
            where customer_id = any($1) and rule_id = any($2)
            group by rule_id, customer_id
            """;

    /* language=PostgreSQL */
    private static final String STORE = """
            insert into loyalty_accrual (id, rule_id, source, customer_id, points)
            select a.id, a.rule_id, a.source, a.customer_id, a.points
            from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::bigint[]) as a (id, rule_id, source, customer_id, points)
            on conflict (rule_id, source) do update set points = excluded.points
            """;

    /** Who of them is more than a visitor. */
    Uni<Set<UUID>> recognised(SqlConnection tx, Collection<UUID> customers) {
        return tx.preparedQuery(RECOGNISED)
                .execute(Params.of((Object) customers.toArray(UUID[]::new)))
                .map(rows -> new HashSet<>(Rows.list(rows, row -> row.getUUID("customer_id"))));
    }

    Uni<Map<Given, Accrual>> stored(SqlConnection tx, Collection<String> sources) {
        return tx.preparedQuery(STORED)
                .execute(Params.of((Object) sources.toArray(String[]::new)))
                .map(rows -> {
                    Map<Given, Accrual> stored = new HashMap<>();
                    rows.forEach(row -> stored.put(
                            new Given(row.getUUID("rule_id"), row.getString("source")),
                            new Accrual(row.getUUID("customer_id"), row.getLong("points"))));
                    return stored;
                });
    }

    Uni<Map<Owner, Tally>> tallies(SqlConnection tx, Collection<UUID> customers, Collection<UUID> rules) {
        return tx.preparedQuery(TALLIES)
                .execute(Params.of(customers.toArray(UUID[]::new), rules.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<Owner, Tally> tallies = new HashMap<>();
                    rows.forEach(row -> tallies.put(
                            new Owner(row.getUUID("rule_id"), row.getUUID("customer_id")),
                            new Tally(row.getLong("points"), row.getInteger("times"))));
                    return tallies;
                });
    }

    Uni<Void> store(SqlConnection tx, List<Difference> differences) {
        return differences.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(STORE)
                        .execute(Params.of(
                                Params.uuids(differences, _ -> Ids.next()),
                                Params.uuids(differences, each -> each.rule().id()),
                                Params.texts(differences, Difference::source),
                                Params.uuids(differences, Difference::customerId),
                                Params.longs(differences, Difference::points)))
                        .replaceWithVoid();
    }
}
