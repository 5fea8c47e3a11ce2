package io.snowball.consent.policy;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.document.Sha256;
import io.snowball.consent.policy.PolicyApi.PolicyVersionList;
import io.snowball.consent.policy.PolicyApi.PolicyVersionSummary;
import io.snowball.consent.policy.PolicyApi.PolicyVersionView;
import io.snowball.consent.policy.PolicyApi.PublishPolicy;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The versions of the policy. */
@ApplicationScoped
public class Policies {
    // Two who publish at once get two numbers.
    /* language=PostgreSQL */
    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended('policy_version', 0))";

    /* language=PostgreSQL */
    private static final String INSERT = """
            insert into policy_version (language, version, text, sha256, effective_from, published_at, published_by)
            values ($1, $2, $3, decode($4, 'hex'), $5, $6, $7)
            """;

    /* language=PostgreSQL */
    private static final String LIST = """
            select language, version, encode(sha256, 'hex') as sha256, effective_from, published_at
            from policy_version
            where language = $1
            order by version desc
            limit 200
            """;

    /* language=PostgreSQL */
    private static final String SELECT = """
            select language, version, text, encode(sha256, 'hex') as sha256, effective_from, published_at
            from policy_version
            """;

    /* language=PostgreSQL */
    private static final String GET = SELECT + "where language = $1 and version = $2";

    // In the reader's language if there is one, else in any: a policy that somebody can't find breaks the law.
    /* language=PostgreSQL */
    private static final String IN_EFFECT = SELECT + """
            where effective_from <= $2
            order by (language = $1) desc, (language = 'ru') desc, language, version desc
            limit 1
            """;

    /* language=PostgreSQL */
    private static final String IS_PUBLISHED =
            "select exists (select from policy_version where effective_from <= $1) as published";

    private final Pool pool;
    private final Idempotency idempotency;
    private final Clock clock;

    Policies(Pool pool, Idempotency idempotency, Clock clock) {
        this.pool = pool;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    /** Whether there is anything to link to. */
    public Uni<Boolean> isPublished() {
        return pool.preparedQuery(IS_PUBLISHED)
                .execute(Params.of(OffsetDateTime.now(clock)))
                .map(rows -> rows.iterator().next().getBoolean("published"));
    }

    Uni<Optional<PolicyVersionView>> inEffect(String language) {
        return pool.preparedQuery(IN_EFFECT)
                .execute(Params.of(language, OffsetDateTime.now(clock)))
                .map(rows -> Rows.first(rows, Policies::view));
    }

    Uni<RestResponse<PolicyVersionView>> publish(
            String language, @Nullable UUID key, PublishPolicy request, String by) {
        return idempotency.once(
                "publishPolicyVersion",
                key,
                List.of(language, request),
                PolicyVersionView.class,
                tx -> tx.query(LOCK)
                        .execute()
                        .chain(() -> list(tx, language))
                        .map(versions -> next(language, versions, request))
                        .call(version -> insert(tx, version, by))
                        .map(version -> Reply.created(
                                "/api/v1/policies/" + language + "/versions/" + version.version(), version)));
    }

    Uni<PolicyVersionList> list(String language) {
        return list(pool, language).map(PolicyVersionList::new);
    }

    Uni<PolicyVersionView> get(String language, int version) {
        return pool.preparedQuery(GET)
                .execute(Params.of(language, version))
                .map(rows -> Rows.first(rows, Policies::view)
                        .orElseThrow(() -> PolicyProblem.VERSION_NOT_FOUND.with("List its versions to see them")));
    }

    private static Uni<List<PolicyVersionSummary>> list(SqlClient client, String language) {
        return client.preparedQuery(LIST)
                .execute(Params.of(language))
                .map(rows -> Rows.list(
                        rows,
                        row -> new PolicyVersionSummary(
                                row.getString("language"),
                                row.getInteger("version"),
                                row.getString("sha256"),
                                row.getOffsetDateTime("effective_from").toInstant(),
                                row.getOffsetDateTime("published_at").toInstant())));
    }

    /** @param versions those there are, newest first */
    private PolicyVersionView next(String language, List<PolicyVersionSummary> versions, PublishPolicy request) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant effectiveFrom =
                request.effectiveFrom() == null ? now : request.effectiveFrom().truncatedTo(ChronoUnit.MICROS);
        int number = 1;
        if (!versions.isEmpty()) {
            PolicyVersionSummary before = versions.getFirst();
            if (!effectiveFrom.isAfter(before.effectiveFrom())) {
                throw PolicyProblem.VERSION_OUT_OF_ORDER.with("Version " + before.version() + " takes effect at "
                        + before.effectiveFrom() + "; name a later time");
            }
            number = before.version() + 1;
        }
        return new PolicyVersionView(language, number, request.text(), Sha256.hex(request.text()), effectiveFrom, now);
    }

    private static Uni<Void> insert(SqlConnection tx, PolicyVersionView version, String by) {
        return tx.preparedQuery(INSERT)
                .execute(Params.of(
                        version.language(),
                        version.version(),
                        version.text(),
                        version.sha256(),
                        version.effectiveFrom().atOffset(ZoneOffset.UTC),
                        version.publishedAt().atOffset(ZoneOffset.UTC),
                        by))
                .replaceWithVoid();
    }

    private static PolicyVersionView view(Row row) {
        return new PolicyVersionView(
                row.getString("language"),
                row.getInteger("version"),
                row.getString("text"),
                row.getString("sha256"),
                row.getOffsetDateTime("effective_from").toInstant(),
                row.getOffsetDateTime("published_at").toInstant());
    }
}
