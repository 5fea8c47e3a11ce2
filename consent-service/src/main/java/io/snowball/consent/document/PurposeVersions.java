package io.snowball.consent.document;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.document.PurposeVersionApi.PublishPurposeVersion;
import io.snowball.consent.document.PurposeVersionApi.PurposeVersionList;
import io.snowball.consent.document.PurposeVersionApi.PurposeVersionView;
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
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What the purposes mean in law, by date. */
@ApplicationScoped
public class PurposeVersions {
    private static final String COLUMNS = """
            v.purpose, v.version, v.effective_from, v.legal_basis, v.subjects, v.categories, v.actions, v.methods, v.recipients,
              v.cross_border, v.term, v.retention_days, v.withdrawal_method, v.published_at
            """;

    /* language=PostgreSQL */
    private static final String KNOWN = "select code from purpose where code = $1";

    /* language=PostgreSQL */
    private static final String LOCK = KNOWN + " for update";

    /* language=PostgreSQL */
    private static final String INSERT = """
            insert into purpose_version (purpose, version, effective_from, legal_basis, subjects, categories, actions, methods,
              recipients, cross_border, term, retention_days, withdrawal_method, published_at, published_by)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            """;

    /* language=PostgreSQL */
    private static final String LIST =
            "select " + COLUMNS + "from purpose_version v where v.purpose = $1 order by v.version desc limit 200";

    /* language=PostgreSQL */
    private static final String AT = "select distinct on (v.purpose) p.title, " + COLUMNS + """
            from purpose_version v
            join purpose p on p.code = v.purpose
            where v.effective_from <= $1
            order by v.purpose, v.version desc
            limit 500
            """;

    private final Pool pool;
    private final Idempotency idempotency;
    private final Clock clock;

    PurposeVersions(Pool pool, Idempotency idempotency, Clock clock) {
        this.pool = pool;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    /** A purpose as documents describe it. */
    public record Described(
            String code,
            String title,
            LegalBasis legalBasis,
            List<String> subjects,
            List<String> categories,
            List<String> actions,
            List<String> methods,
            List<String> recipients,
            @Nullable String crossBorder,
            String term,
            @Nullable Integer retentionDays,
            String withdrawalMethod) {}

    /** All that are described and in effect. */
    public Uni<List<Described>> at(SqlClient client, Instant at) {
        return client.preparedQuery(AT)
                .execute(Params.of(at.atOffset(ZoneOffset.UTC)))
                .map(rows -> Rows.list(rows, PurposeVersions::described));
    }

    /** @param by the id of the user who publishes */
    Uni<RestResponse<PurposeVersionView>> publish(
            String purpose, @Nullable UUID key, PublishPurposeVersion request, String by) {
        return idempotency.once(
                "publishPurposeVersion",
                key,
                List.of(purpose, request),
                PurposeVersionView.class,
                tx -> tx.preparedQuery(LOCK)
                        .execute(Params.of(purpose))
                        .map(rows ->
                                Rows.first(rows, row -> row.getString("code")).orElseThrow(PurposeVersions::notFound))
                        .chain(code -> versions(tx, code))
                        .map(versions -> next(purpose, versions, request))
                        .call(version -> insert(tx, version, by))
                        .map(version -> Reply.created("/api/v1/purposes/" + purpose + "/versions", version)));
    }

    Uni<PurposeVersionList> list(String purpose) {
        return versions(pool, purpose)
                .call(versions -> versions.isEmpty()
                        ? requireKnown(purpose)
                        : Uni.createFrom().voidItem())
                .map(PurposeVersionList::new);
    }

    private static Uni<List<PurposeVersionView>> versions(SqlClient client, String purpose) {
        return client.preparedQuery(LIST)
                .execute(Params.of(purpose))
                .map(rows -> Rows.list(rows, PurposeVersions::view));
    }

    private Uni<Void> requireKnown(String purpose) {
        return pool.preparedQuery(KNOWN)
                .execute(Params.of(purpose))
                .map(rows -> Rows.first(rows, row -> row.getString("code")).orElseThrow(PurposeVersions::notFound))
                .replaceWithVoid();
    }

    /** @param versions those there are, newest first */
    private PurposeVersionView next(String purpose, List<PurposeVersionView> versions, PublishPurposeVersion request) {
        Instant now = clock.instant();
        Instant since = Optional.ofNullable(request.effectiveFrom()).orElse(now).truncatedTo(ChronoUnit.MICROS);
        if (!versions.isEmpty() && !since.isAfter(versions.getFirst().effectiveFrom())) {
            throw DocumentProblem.VERSION_OUT_OF_ORDER.with("The version before takes effect at "
                    + versions.getFirst().effectiveFrom() + "; name a later time");
        }
        return new PurposeVersionView(
                purpose,
                versions.isEmpty() ? 1 : versions.getFirst().version() + 1,
                since,
                request.legalBasis(),
                request.subjects(),
                request.categories(),
                request.actions(),
                request.methods(),
                request.recipients(),
                request.crossBorder(),
                request.term(),
                request.retentionDays(),
                request.withdrawalMethod(),
                now);
    }

    private static Uni<Void> insert(SqlConnection tx, PurposeVersionView version, String by) {
        return tx.preparedQuery(INSERT)
                .execute(Params.of(
                        version.purpose(),
                        version.version(),
                        version.effectiveFrom().atOffset(ZoneOffset.UTC),
                        version.legalBasis().name(),
                        version.subjects().toArray(String[]::new),
                        version.categories().toArray(String[]::new),
                        version.actions().toArray(String[]::new),
                        version.methods().toArray(String[]::new),
                        version.recipients().toArray(String[]::new),
                        version.crossBorder(),
                        version.term(),
                        version.retentionDays(),
                        version.withdrawalMethod(),
                        version.publishedAt().atOffset(ZoneOffset.UTC),
                        by))
                .replaceWithVoid();
    }

    private static Described described(Row row) {
        PurposeVersionView view = view(row);
        return new Described(
                view.purpose(),
                row.getString("title"),
                view.legalBasis(),
                view.subjects(),
                view.categories(),
                view.actions(),
                view.methods(),
                view.recipients(),
                view.crossBorder(),
                view.term(),
                view.retentionDays(),
                view.withdrawalMethod());
    }

    private static PurposeVersionView view(Row row) {
        return new PurposeVersionView(
                row.getString("purpose"),
                row.getInteger("version"),
                row.getOffsetDateTime("effective_from").toInstant(),
                LegalBasis.valueOf(row.getString("legal_basis")),
                texts(row, "subjects"),
                texts(row, "categories"),
                texts(row, "actions"),
                texts(row, "methods"),
                texts(row, "recipients"),
                row.getString("cross_border"),
                row.getString("term"),
                row.getInteger("retention_days"),
                row.getString("withdrawal_method"),
                row.getOffsetDateTime("published_at").toInstant());
    }

    private static List<String> texts(Row row, String column) {
        return List.of(row.getArrayOfStrings(column));
    }

    private static RuntimeException notFound() {
        return DocumentProblem.PURPOSE_NOT_FOUND.with("List the purposes to see their codes");
    }
}
