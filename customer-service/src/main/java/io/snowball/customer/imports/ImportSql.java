package io.snowball.customer.imports;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.imports.ImportApi.CreateImport;
import io.snowball.customer.imports.ImportApi.ImportErrorView;
import io.snowball.customer.imports.ImportApi.ImportView;
import io.snowball.customer.profile.Profile;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Imports in SQL. */
@ApplicationScoped
class ImportSql {
    private static final String DEFAULT_TIME_ZONE = "Europe/Moscow";
    /** Names the lock on an import among all advisory locks: "impo". */
    private static final int LOCK_CLASS = 0x696d706f;

    /* language=PostgreSQL */
    private static final String CREATE = """
            insert into import (id, kind, format, delimiter, encoding, columns, time_zone, dry_run, state, created_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, 'CREATED', $9)
            """;

    // The lock is the truth about running: the service that held it may have died, and its lock with it.
    /* language=PostgreSQL */
    private static final String GET = """
            select i.id, i.kind, i.format, i.delimiter, i.encoding, i.columns, i.time_zone, i.dry_run, i.lines_read, i.accepted, i.updated, i.unchanged, i.rejected, i.failure,
                   i.created_at, i.started_at, i.finished_at,
                   case when i.state = 'RUNNING' and not exists (
                     select from pg_locks l
                     where l.locktype = 'advisory' and l.granted and l.objsubid = 2
                       and l.database = (select d.oid from pg_database d where d.datname = current_database())
                       and l.classid::bigint = $2
                       and l.objid::bigint = (hashtext(i.id::text)::bigint & 4294967295))
                     then 'INTERRUPTED' else i.state end as state
            from import i
            where i.id = $1
            """;

    /* language=PostgreSQL */
    private static final String LOCK = "select pg_try_advisory_lock($1, hashtext($2)) as locked";

    /* language=PostgreSQL */
    private static final String UNLOCK = "select pg_advisory_unlock($1, hashtext($2))";

    /* language=PostgreSQL */
    private static final String FORGET_ERRORS = "delete from import_error where import_id = $1";

    /* language=PostgreSQL */
    private static final String BEGIN = """
            update import
            set state = 'RUNNING', started_at = $2, finished_at = null, failure = null,
                lines_read = 0, accepted = 0, updated = 0, unchanged = 0, rejected = 0
            where id = $1
            """;

    /* language=PostgreSQL */
    private static final String PROGRESS = """
            with counted as (
              update import
              set lines_read = greatest(lines_read, $2), accepted = accepted + $3, updated = updated + $4,
                  unchanged = unchanged + $5, rejected = rejected + $6
              where id = $1
            )
            insert into import_error (import_id, line, field, reason)
            select $1, e.line, e.field, e.reason
            from unnest($7::bigint[], $8::text[], $9::text[]) as e (line, field, reason)
            on conflict do nothing
            """;

    /* language=PostgreSQL */
    private static final String FINISH = """
            update import
            set state = $2, failure = $3, finished_at = $4
            where id = $1
            """;

    /* language=PostgreSQL */
    private static final String ERRORS = """
            select line, field, reason
            from import_error
            where import_id = $1 and line > $2
            order by line
            limit $3
            """;

    Uni<Void> create(SqlConnection tx, UUID id, CreateImport request, Instant now) {
        ImportEncoding encoding = request.encoding();
        String timeZone = Profile.timeZone(request.timeZone());
        Map<String, String> columns = request.columns() == null ? Map.of() : request.columns();
        return tx.preparedQuery(CREATE)
                .execute(Params.of(
                        id,
                        request.kind().name(),
                        request.format().name(),
                        request.delimiter(),
                        encoding == null ? null : encoding.name(),
                        new JsonObject(new LinkedHashMap<>(columns)),
                        timeZone == null ? DEFAULT_TIME_ZONE : timeZone,
                        Boolean.TRUE.equals(request.dryRun()),
                        now.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    Uni<List<ImportView>> get(SqlClient client, UUID id) {
        return client.preparedQuery(GET)
                .execute(Params.of(id, (long) LOCK_CLASS))
                .map(rows -> Rows.list(rows, ImportSql::view));
    }

    /** Held by the connection, not by a transaction: an open transaction would hold the feed back for as long as the file takes. */
    Uni<Boolean> lock(SqlConnection session, UUID id) {
        return session.preparedQuery(LOCK)
                .execute(Params.of(LOCK_CLASS, id.toString()))
                .map(rows -> rows.iterator().next().getBoolean("locked"));
    }

    Uni<Void> unlock(SqlConnection session, UUID id) {
        return session.preparedQuery(UNLOCK)
                .execute(Params.of(LOCK_CLASS, id.toString()))
                .replaceWithVoid();
    }

    Uni<Void> begin(SqlClient client, UUID id, Instant now) {
        return client.preparedQuery(FORGET_ERRORS)
                .execute(Params.of(id))
                .chain(() -> client.preparedQuery(BEGIN).execute(Params.of(id, now.atOffset(ZoneOffset.UTC))))
                .replaceWithVoid();
    }

    /** @param kept those errors of the tally that are to be shown */
    Uni<Void> progress(SqlClient client, UUID id, long lastLine, Tally tally, List<LineError> kept) {
        return client.preparedQuery(PROGRESS)
                .execute(Params.of(
                        id,
                        lastLine,
                        (long) tally.accepted(),
                        (long) tally.updated(),
                        (long) tally.unchanged(),
                        (long) tally.rejected(),
                        Params.longs(kept, LineError::line),
                        Params.texts(kept, LineError::field),
                        Params.texts(kept, LineError::reason)))
                .replaceWithVoid();
    }

    Uni<Void> finish(SqlClient client, UUID id, ImportState state, @Nullable String failure, Instant now) {
        return client.preparedQuery(FINISH)
                .execute(Params.of(id, state.name(), failure, now.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    Uni<List<ImportErrorView>> errors(SqlClient client, UUID id, long afterLine, int limit) {
        return client.preparedQuery(ERRORS)
                .execute(Params.of(id, afterLine, limit))
                .map(rows -> Rows.list(
                        rows,
                        row -> new ImportErrorView(
                                row.getLong("line"), row.getString("field"), row.getString("reason"))));
    }

    private static ImportView view(Row row) {
        String encoding = row.getString("encoding");
        Map<String, String> columns = new LinkedHashMap<>();
        row.getJsonObject("columns").forEach(entry -> columns.put(entry.getKey(), String.valueOf(entry.getValue())));
        return new ImportView(
                row.getUUID("id"),
                ImportKind.valueOf(row.getString("kind")),
                ImportFormat.valueOf(row.getString("format")),
                row.getString("delimiter"),
                encoding == null ? null : ImportEncoding.valueOf(encoding),
                columns,
                row.getString("time_zone"),
                row.getBoolean("dry_run"),
                ImportState.valueOf(row.getString("state")),
                row.getLong("lines_read"),
                row.getLong("accepted"),
                row.getLong("updated"),
                row.getLong("unchanged"),
                row.getLong("rejected"),
                row.getString("failure"),
                row.getOffsetDateTime("created_at").toInstant(),
                instant(row.getOffsetDateTime("started_at")),
                instant(row.getOffsetDateTime("finished_at")));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
