package io.snowball.consent.document;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.document.ConsentDocumentApi.VersionView;
import io.snowball.consent.document.LegacyRuleApi.ChangeLegacyConsentRule;
import io.snowball.consent.document.LegacyRuleApi.LegacyConsentRule;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.problem.Problem;
import io.snowball.platform.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** What holds for consents that were asked for inside other documents, before each had to stand apart (requirement r10). */
@ApplicationScoped
public class LegacyRules {
    /* language=PostgreSQL */
    private static final String CURRENT = """
            select changed_at, separate_since, article, counts, reason, changed_by
            from legacy_consent_rule
            order by changed_at desc
            limit 1
            """;

    // The day of the law is not the operator's to change. Two who change at once are two rows in some order.
    /* language=PostgreSQL */
    private static final String CHANGE = """
            insert into legacy_consent_rule (changed_at, separate_since, article, counts, reason, changed_by)
            select greatest($1, changed_at + interval '1 microsecond'), separate_since, article, $2, $3, $4
            from legacy_consent_rule
            order by changed_at desc
            limit 1
            """;

    private final Pool pool;
    private final Clock clock;

    LegacyRules(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** From when on each consent must stand apart. */
    public Uni<Instant> separateSince(SqlClient client) {
        return current(client).map(LegacyConsentRule::separateSince);
    }

    /** No text of that kind is published for the time after. */
    Uni<Void> check(SqlClient client, VersionView version) {
        if (!version.legacyBundled()) {
            return Uni.createFrom().voidItem();
        }
        return separateSince(client)
                .invoke(since -> {
                    if (!version.effectiveFrom().isBefore(since)) {
                        DocumentProblem problem = DocumentProblem.LEGACY_TEXT_NO_LONGER;
                        String detail = "A text with legacyBundled takes effect before " + since
                                + "; name that day as effectiveFrom, or ask for the consent apart";
                        throw new ProblemException(
                                problem,
                                detail,
                                List.of(new Problem.FieldError("/effectiveFrom", problem.slug(), problem.title())),
                                null);
                    }
                })
                .replaceWithVoid();
    }

    Uni<LegacyConsentRule> get() {
        return current(pool);
    }

    Uni<LegacyConsentRule> change(ChangeLegacyConsentRule change, String by) {
        return pool.withTransaction(tx -> tx.preparedQuery(CHANGE)
                .execute(Params.of(
                        clock.instant().atOffset(ZoneOffset.UTC), change.countsForAdvertising(), change.reason(), by))
                .chain(() -> current(tx)));
    }

    private static Uni<LegacyConsentRule> current(SqlClient client) {
        return client.preparedQuery(CURRENT)
                .execute()
                .map(rows -> Rows.first(rows, LegacyRules::rule).orElseThrow());
    }

    private static LegacyConsentRule rule(Row row) {
        return new LegacyConsentRule(
                row.getBoolean("counts"),
                row.getOffsetDateTime("separate_since").toInstant(),
                row.getString("article"),
                row.getOffsetDateTime("changed_at").toInstant(),
                row.getString("reason"),
                row.getString("changed_by"));
    }
}
