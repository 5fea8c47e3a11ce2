package io.snowball.consent.consent;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.consent.ConfirmationRuleApi.ConfirmationRuleView;
import io.snowball.consent.document.Purposes;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** For which purposes a consent waits for its confirmation: for all, unless somebody has said otherwise and answers for it. */
@ApplicationScoped
class ConfirmationRules {
    /* language=PostgreSQL */
    private static final String WITHOUT = """
            select distinct on (purpose) purpose, required
            from confirmation_rule
            where purpose = any($1::text[])
            order by purpose, changed_at desc
            """;

    /* language=PostgreSQL */
    private static final String GET = """
            select required, changed_at, changed_by
            from confirmation_rule
            where purpose = $1
            order by changed_at desc
            limit 1
            """;

    /* language=PostgreSQL */
    private static final String CHANGE =
            "insert into confirmation_rule (purpose, changed_at, required, changed_by) values ($1, $2, $3, $4)";

    private final Pool pool;
    private final Purposes purposes;
    private final Clock clock;

    ConfirmationRules(Pool pool, Purposes purposes, Clock clock) {
        this.pool = pool;
        this.purposes = purposes;
        this.clock = clock;
    }

    /** Those of the purposes whose consents count at once. */
    Uni<Set<String>> withoutConfirmation(SqlConnection tx, Collection<String> codes) {
        return tx.preparedQuery(WITHOUT)
                .execute(Params.of((Object) codes.toArray(String[]::new)))
                .map(rows -> {
                    Set<String> without = new HashSet<>();
                    rows.forEach(row -> {
                        if (!row.getBoolean("required")) {
                            without.add(row.getString("purpose"));
                        }
                    });
                    return without;
                });
    }

    Uni<ConfirmationRuleView> get(String purpose) {
        return pool.withConnection(
                connection -> requireKnown(connection, purpose).chain(() -> find(connection, purpose)));
    }

    /** The history stays: whoever asks why a consent counted at once finds who decided so and when. */
    Uni<ConfirmationRuleView> change(String purpose, boolean required, String by) {
        return pool.withTransaction(tx -> requireKnown(tx, purpose)
                .chain(() ->
                        tx.preparedQuery(CHANGE).execute(Params.of(purpose, OffsetDateTime.now(clock), required, by)))
                .chain(() -> find(tx, purpose)));
    }

    private Uni<Void> requireKnown(SqlConnection connection, String purpose) {
        return purposes.known(connection, List.of(purpose))
                .invoke(known -> {
                    if (known.isEmpty()) {
                        throw ConsentProblem.PURPOSE_NOT_FOUND.with("List the purposes to see their codes");
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<ConfirmationRuleView> find(SqlClient client, String purpose) {
        return client.preparedQuery(GET)
                .execute(Params.of(purpose))
                .map(rows -> Rows.first(rows, row -> view(purpose, Optional.of(row)))
                        .orElseGet(() -> view(purpose, Optional.empty())));
    }

    private static ConfirmationRuleView view(String purpose, Optional<Row> row) {
        return new ConfirmationRuleView(
                purpose,
                row.map(found -> found.getBoolean("required")).orElse(true),
                row.map(found -> found.getOffsetDateTime("changed_at").toInstant())
                        .orElse(null),
                row.map(found -> found.getString("changed_by")).orElse(null));
    }
}
