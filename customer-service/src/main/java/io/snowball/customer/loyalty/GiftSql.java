package io.snowball.customer.loyalty;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gifts in SQL: they are accruals of rules that give them, of one piece each. */
@ApplicationScoped
class GiftSql {
    /* language=PostgreSQL */
    private static final String PAGE = """
            select a.id, a.rule_id, r.gift_kind, r.gift, a.source
            from loyalty_accrual a
            join loyalty_rule r on r.id = a.rule_id and r.gift is not null
            where a.customer_id = $1 and a.points > 0 and ($2::uuid is null or a.id < $2)
            order by a.id desc
            limit $3
            """;

    record Given(UUID id, UUID ruleId, Gift gift, String source) {}

    /** Newest first; without what was taken back. */
    Uni<List<Given>> page(SqlClient client, UUID customer, @Nullable UUID before, int limit) {
        return client.preparedQuery(PAGE)
                .execute(Params.of(customer, before, limit))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Given(
                                row.getUUID("id"),
                                row.getUUID("rule_id"),
                                new Gift(Gift.Kind.valueOf(row.getString("gift_kind")), row.getString("gift")),
                                row.getString("source"))));
    }
}
