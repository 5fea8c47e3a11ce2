package io.snowball.consent.document;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.document.ConsentDocumentApi.ConsentDocumentSummary;
import io.snowball.consent.document.ConsentDocumentApi.VersionSummary;
import io.snowball.consent.document.ConsentDocumentApi.VersionView;
import io.snowball.consent.document.ConsentDocuments.Signable;
import io.snowball.consent.document.ConsentDocuments.VersionRef;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class ConsentDocumentSql {
    /* language=PostgreSQL */
    private static final String INSERT = """
            insert into consent_document (id, code, type, purpose, language, title, created_at, created_by)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            """;

    /* language=PostgreSQL */
    private static final String INSERT_VERSION = """
            insert into consent_document_version (document_id, version, text, sha256, effective_from, published_at, published_by,
              legacy_bundled)
            values ($1, $2, $3, decode($4, 'hex'), $5, $6, $7, $8)
            """;

    /* language=PostgreSQL */
    private static final String LOCK = "select id from consent_document where id = $1 for update";

    /* language=PostgreSQL */
    private static final String SUMMARY = """
            select d.id, d.code, d.type, d.purpose, d.language, d.title, d.created_at,
                   (select max(v.version)
                    from consent_document_version v
                    where v.document_id = d.id and v.effective_from <= $2) as current_version
            from consent_document d
            """;

    /* language=PostgreSQL */
    private static final String GET = SUMMARY + "where d.id = $1";

    /* language=PostgreSQL */
    private static final String LIST = SUMMARY + "where d.id > $1 order by d.id limit $3";

    /* language=PostgreSQL */
    private static final String VERSIONS = """
            select version, encode(sha256, 'hex') as sha256, effective_from, published_at, legacy_bundled
            from consent_document_version
            where document_id = $1
            order by version desc
            limit 200
            """;

    /* language=PostgreSQL */
    private static final String VERSION = """
            select document_id, version, text, encode(sha256, 'hex') as sha256, effective_from, published_at, legacy_bundled
            from consent_document_version
            where document_id = $1 and version = $2
            """;

    /* language=PostgreSQL */
    private static final String FIND = """
            select v.document_id, v.version, d.type, d.purpose, encode(v.sha256, 'hex') as sha256, v.effective_from,
              v.legacy_bundled
            from unnest($1::uuid[], $2::int[]) as r (document_id, version)
            join consent_document_version v on v.document_id = r.document_id and v.version = r.version
            join consent_document d on d.id = v.document_id
            """;

    private final Pool pool;

    ConsentDocumentSql(Pool pool) {
        this.pool = pool;
    }

    Uni<Void> insert(SqlConnection tx, ConsentDocumentSummary document, String by) {
        return tx.preparedQuery(INSERT)
                .execute(Params.of(
                        document.id(),
                        document.code(),
                        document.type().name(),
                        document.purpose(),
                        document.language(),
                        document.title(),
                        document.createdAt().atOffset(ZoneOffset.UTC),
                        by))
                .replaceWithVoid();
    }

    Uni<Void> insertVersion(SqlConnection tx, VersionView version, String by) {
        return tx.preparedQuery(INSERT_VERSION)
                .execute(Params.of(
                        version.documentId(),
                        version.version(),
                        version.text(),
                        version.sha256(),
                        version.effectiveFrom().atOffset(ZoneOffset.UTC),
                        version.publishedAt().atOffset(ZoneOffset.UTC),
                        by,
                        version.legacyBundled()))
                .replaceWithVoid();
    }

    Uni<Optional<UUID>> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LOCK).execute(Params.of(id)).map(rows -> Rows.first(rows, row -> row.getUUID("id")));
    }

    Uni<Optional<ConsentDocumentSummary>> get(SqlConnection connection, UUID id, Instant now) {
        return connection
                .preparedQuery(GET)
                .execute(Params.of(id, now.atOffset(ZoneOffset.UTC)))
                .map(rows -> Rows.first(rows, ConsentDocumentSql::summary));
    }

    Uni<List<ConsentDocumentSummary>> list(UUID after, Instant now, int limit) {
        return pool.preparedQuery(LIST)
                .execute(Params.of(after, now.atOffset(ZoneOffset.UTC), limit))
                .map(rows -> Rows.list(rows, ConsentDocumentSql::summary));
    }

    Uni<List<VersionSummary>> versions(SqlConnection connection, UUID id) {
        return connection
                .preparedQuery(VERSIONS)
                .execute(Params.of(id))
                .map(rows -> Rows.list(
                        rows,
                        row -> new VersionSummary(
                                row.getInteger("version"),
                                row.getString("sha256"),
                                row.getOffsetDateTime("effective_from").toInstant(),
                                row.getOffsetDateTime("published_at").toInstant(),
                                row.getBoolean("legacy_bundled"))));
    }

    Uni<Optional<VersionView>> version(VersionRef ref) {
        return pool.preparedQuery(VERSION)
                .execute(Params.of(ref.documentId(), ref.version()))
                .map(rows -> Rows.first(
                        rows,
                        row -> new VersionView(
                                row.getUUID("document_id"),
                                row.getInteger("version"),
                                row.getString("text"),
                                row.getString("sha256"),
                                row.getOffsetDateTime("effective_from").toInstant(),
                                row.getOffsetDateTime("published_at").toInstant(),
                                row.getBoolean("legacy_bundled"))));
    }

    Uni<Map<VersionRef, Signable>> find(SqlConnection tx, Collection<VersionRef> refs) {
        return tx.preparedQuery(FIND)
                .execute(Params.of(
                        Params.uuids(refs, VersionRef::documentId), Params.integers(refs, VersionRef::version)))
                .map(rows -> {
                    Map<VersionRef, Signable> found = new HashMap<>();
                    rows.forEach(row -> found.put(
                            new VersionRef(row.getUUID("document_id"), row.getInteger("version")), signable(row)));
                    return found;
                });
    }

    private static Signable signable(Row row) {
        return new Signable(
                ConsentType.valueOf(row.getString("type")),
                row.getString("purpose"),
                row.getString("sha256"),
                row.getOffsetDateTime("effective_from").toInstant(),
                row.getBoolean("legacy_bundled"));
    }

    private static ConsentDocumentSummary summary(Row row) {
        return new ConsentDocumentSummary(
                row.getUUID("id"),
                row.getString("code"),
                ConsentType.valueOf(row.getString("type")),
                row.getString("purpose"),
                row.getString("language"),
                row.getString("title"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getInteger("current_version"));
    }
}
