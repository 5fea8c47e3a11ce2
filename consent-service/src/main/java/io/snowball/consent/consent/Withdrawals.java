package io.snowball.consent.consent;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Withdrawals of everything at once. */
@ApplicationScoped
public class Withdrawals {
    /* language=PostgreSQL */
    private static final String GIVEN = """
            select customer_id, purpose, channel, type, state, record_id, stated_at
            from consent_state
            where customer_id = $1 and state = 'GIVEN'
            order by purpose, channel, type
            """;

    private final Ledger ledger;

    Withdrawals(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Everything, for whatever purpose and over whatever channel, by the person's own hand on a page of ours. */
    public Uni<Void> withdrawEverything(
            SqlConnection tx, UUID customerId, String link, @Nullable String ip, @Nullable String userAgent) {
        Evidence evidence = new Evidence(link, null, ip, userAgent, null, null, Actor.SUBJECT, link, null);
        return tx.preparedQuery(GIVEN)
                .execute(Params.of(customerId))
                .map(rows ->
                        Rows.list(rows, row -> statement(LedgerRows.state(row).key(), evidence)))
                .chain(statements -> ledger.append(tx, statements))
                .replaceWithVoid();
    }

    private static Statement statement(ConsentKey key, Evidence evidence) {
        return new Statement(key, ConsentAction.WITHDRAWN, null, null, evidence, true);
    }
}
