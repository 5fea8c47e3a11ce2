package io.snowball.customer.imports;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.CustomerConfig;
import io.snowball.customer.FieldErrors;
import io.snowball.customer.file.CsvText;
import io.snowball.customer.imports.ImportApi.CreateImport;
import io.snowball.customer.imports.ImportApi.ImportErrorView;
import io.snowball.customer.imports.ImportApi.ImportView;
import io.snowball.customer.profile.FileAttributes;
import io.snowball.customer.profile.Profile;
import io.snowball.platform.id.Ids;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.CommonProblem;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Announcing an import and looking how far it is. {@link ContentImport} runs it. */
@ApplicationScoped
class Imports {
    private final ImportSql sql;
    private final Pool pool;
    private final int maxErrors;
    private final Clock clock;

    Imports(ImportSql sql, Pool pool, CustomerConfig config, Clock clock) {
        this.maxErrors = config.imports().maxErrors();
        this.sql = sql;
        this.pool = pool;
        this.clock = clock;
    }

    Uni<ImportView> create(SqlConnection tx, CreateImport request) {
        UUID id = Ids.next();
        Instant now = clock.instant();
        return FileAttributes.declared(tx)
                .invoke(declared -> check(request, declared))
                .chain(() -> sql.create(tx, id, request, now))
                .chain(() -> sql.get(tx, id))
                .map(found -> only(found));
    }

    private static void check(CreateImport request, FileAttributes declared) {
        FieldErrors errors = new FieldErrors();
        errors.read("/columns", () -> {
            checkMapping(request, declared);
            return null;
        });
        errors.read("/timeZone", () -> Profile.timeZone(request.timeZone()));
        errors.throwIfAny();
    }

    private static void checkMapping(CreateImport request, FileAttributes declared) {
        if (request.columns() == null || request.columns().isEmpty()) {
            return;
        }
        if (request.format() == ImportFormat.NDJSON) {
            throw new IllegalArgumentException("NDJSON can't be mapped: name the fields as they are named here");
        }
        Set<String> taken = new HashSet<>();
        List<String> known = request.kind().columns(declared).names();
        for (String ours : request.columns().values()) {
            if (!known.contains(ours)) {
                throw new IllegalArgumentException("the columns to map to are " + String.join(", ", known));
            }
            if (!taken.add(ours)) {
                throw new IllegalArgumentException("two columns of the file can't both be " + ours);
            }
        }
    }

    Uni<ImportView> get(UUID id) {
        return sql.get(pool, id).map(found -> only(found));
    }

    /** All that are kept, as CSV. */
    Uni<String> errorFile(UUID id) {
        return get(id).chain(() -> sql.errors(pool, id, 0, maxErrors)).map(errors -> {
            CsvText csv = new CsvText("line", "field", "reason");
            errors.forEach(error -> csv.row(String.valueOf(error.line()), error.field(), error.reason()));
            return csv.toString();
        });
    }

    /** By line. */
    Uni<Keyset<ImportErrorView>> errors(UUID id, @Nullable String cursor, int limit) {
        List<String> after = Cursor.decode(cursor, 1, "import-errors", id);
        long line = after == null ? 0 : Cursor.asLong(after.getFirst());
        return get(id).chain(() -> sql.errors(pool, id, line, limit + 1))
                .map(rows ->
                        Keyset.of(rows, limit, error -> List.of(String.valueOf(error.line())), "import-errors", id));
    }

    private static ImportView only(List<ImportView> found) {
        if (found.isEmpty()) {
            throw CommonProblem.NOT_FOUND.with("There is no import with this id");
        }
        return found.getFirst();
    }
}
