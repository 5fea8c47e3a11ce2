package io.snowball.customer.imports;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.imports.ImportApi.CreateImport;
import io.snowball.customer.imports.ImportApi.ImportErrorView;
import io.snowball.customer.imports.ImportApi.ImportView;
import io.snowball.platform.id.Ids;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.CommonProblem;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Announcing an import and looking how far it is. {@link ContentImport} runs it. */
@ApplicationScoped
class Imports {
    private final ImportSql sql;
    private final Pool pool;
    private final Clock clock;

    Imports(ImportSql sql, Pool pool, Clock clock) {
        this.sql = sql;
        this.pool = pool;
        this.clock = clock;
    }

    Uni<ImportView> create(SqlConnection tx, CreateImport request) {
        UUID id = Ids.next();
        Instant now = clock.instant();
        return sql.create(tx, id, request, now).chain(() -> sql.get(tx, id)).map(found -> only(found));
    }

    Uni<ImportView> get(UUID id) {
        return sql.get(pool, id).map(found -> only(found));
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
