package io.snowball.consent.document;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.document.ConsentDocumentApi.ConsentDocumentPage;
import io.snowball.consent.document.ConsentDocumentApi.ConsentDocumentSummary;
import io.snowball.consent.document.ConsentDocumentApi.ConsentDocumentView;
import io.snowball.consent.document.ConsentDocumentApi.CreateConsentDocument;
import io.snowball.consent.document.ConsentDocumentApi.PublishVersion;
import io.snowball.consent.document.ConsentDocumentApi.VersionSummary;
import io.snowball.consent.document.ConsentDocumentApi.VersionView;
import io.snowball.platform.id.Ids;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.Constraints;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The texts that people agree to. */
@ApplicationScoped
public class ConsentDocuments {
    private final Pool pool;
    private final ConsentDocumentSql sql;
    private final LegacyRules legacy;
    private final Idempotency idempotency;
    private final Clock clock;

    ConsentDocuments(Pool pool, ConsentDocumentSql sql, LegacyRules legacy, Idempotency idempotency, Clock clock) {
        this.pool = pool;
        this.legacy = legacy;
        this.sql = sql;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    /** Names one text that can be agreed to. */
    public record VersionRef(UUID documentId, int version) {}

    /** What agreeing to a version means. */
    public record Signable(
            ConsentType type, String purpose, String sha256, Instant effectiveFrom, boolean legacyBundled) {}

    /** Those of the versions that exist. */
    public Uni<Map<VersionRef, Signable>> find(SqlConnection tx, Collection<VersionRef> refs) {
        return sql.find(tx, refs);
    }

    Uni<RestResponse<ConsentDocumentView>> create(@Nullable UUID key, CreateConsentDocument request, String createdBy) {
        return idempotency
                .once(
                        "createConsentDocument",
                        key,
                        request,
                        ConsentDocumentView.class,
                        tx -> insert(tx, request, createdBy))
                .onFailure()
                .transform(Constraints.to(DocumentProblem.DOCUMENT_EXISTS, DocumentProblem.UNKNOWN_PURPOSE));
    }

    /** @param by the id of the user who publishes */
    Uni<RestResponse<VersionView>> publish(UUID id, @Nullable UUID key, PublishVersion request, String by) {
        // The document's row is locked, so that two who publish at once get two numbers.
        return idempotency.once(
                "publishConsentDocumentVersion",
                key,
                List.of(id, request),
                VersionView.class,
                tx -> sql.lock(tx, id)
                        .map(found -> found.orElseThrow(ConsentDocuments::notFound))
                        .chain(locked -> sql.versions(tx, locked))
                        .map(versions -> next(id, versions, request))
                        .call(version -> legacy.check(tx, version))
                        .call(version -> sql.insertVersion(tx, version, by))
                        .map(version -> Reply.created(
                                "/api/v1/consent-documents/" + id + "/versions/" + version.version(), version)));
    }

    Uni<ConsentDocumentPage> list(int limit, @Nullable String cursor) {
        List<String> after = Cursor.decode(cursor, 1);
        UUID afterId = after == null ? new UUID(0, 0) : Cursor.asUuid(after.getFirst());
        return sql.list(afterId, clock.instant(), limit + 1)
                .map(rows -> Keyset.of(rows, limit, last -> List.of(last.id().toString())))
                .map(page -> new ConsentDocumentPage(page.items(), page.nextCursor()));
    }

    Uni<ConsentDocumentView> get(UUID id) {
        return pool.withConnection(connection -> sql.get(connection, id, clock.instant())
                .map(found -> found.orElseThrow(ConsentDocuments::notFound))
                .chain(document ->
                        sql.versions(connection, id).map(versions -> new ConsentDocumentView(document, versions))));
    }

    Uni<VersionView> version(VersionRef ref) {
        return sql.version(ref)
                .map(found -> found.orElseThrow(
                        () -> DocumentProblem.VERSION_NOT_FOUND.with("Read the document to see its versions")));
    }

    private Uni<Reply<ConsentDocumentView>> insert(SqlConnection tx, CreateConsentDocument request, String by) {
        Instant now = clock.instant();
        VersionView first = next(Ids.next(), List.of(), request.version());
        var document = new ConsentDocumentSummary(
                first.documentId(),
                request.code(),
                request.type(),
                request.purpose(),
                request.language(),
                request.title(),
                now,
                first.effectiveFrom().isAfter(now) ? null : Integer.valueOf(first.version()));
        var view = new ConsentDocumentView(document, List.of(summary(first)));
        return legacy.check(tx, first)
                .chain(() -> sql.insert(tx, document, by))
                .chain(() -> sql.insertVersion(tx, first, by))
                .replaceWith(Reply.created("/api/v1/consent-documents/" + document.id(), view));
    }

    /** @param versions those there are, newest first */
    private VersionView next(UUID documentId, List<VersionSummary> versions, PublishVersion request) {
        Instant now = clock.instant();
        Instant effectiveFrom =
                Optional.ofNullable(request.effectiveFrom()).orElse(now).truncatedTo(ChronoUnit.MICROS);
        int number = 1;
        if (!versions.isEmpty()) {
            VersionSummary before = versions.getFirst();
            if (!effectiveFrom.isAfter(before.effectiveFrom())) {
                throw DocumentProblem.VERSION_OUT_OF_ORDER.with("Version " + before.version() + " takes effect at "
                        + before.effectiveFrom() + "; name a later time");
            }
            number = before.version() + 1;
        }
        return new VersionView(
                documentId, number, request.text(), Sha256.hex(request.text()), effectiveFrom, now, request.isLegacy());
    }

    private static VersionSummary summary(VersionView version) {
        return new VersionSummary(
                version.version(),
                version.sha256(),
                version.effectiveFrom(),
                version.publishedAt(),
                version.legacyBundled());
    }

    private static RuntimeException notFound() {
        return DocumentProblem.DOCUMENT_NOT_FOUND.with("List the consent documents to see their ids");
    }
}
