package io.snowball.customer.exports;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The stored files, for the room that blocks and destroys. */
@ApplicationScoped
public class ExportFiles {
    private final ExportSql sql;
    private final ExportAccesses accesses;

    ExportFiles(ExportSql sql, ExportAccesses accesses) {
        this.sql = sql;
        this.accesses = accesses;
    }

    /**
     * After this no file has anything of these people: files with them are deleted, and one that is just being written is begun anew
     * without them, as long as they are blocked by the same transaction.
     */
    public Uni<Void> withdraw(SqlConnection tx, Collection<UUID> customers) {
        return sql.restartWith(tx, customers)
                .chain(() -> sql.readyWith(tx, customers))
                .chain(files -> deleteAll(tx, files));
    }

    private Uni<Void> deleteAll(SqlConnection tx, List<Export> files) {
        return Multi.createFrom()
                .iterable(files)
                .onItem()
                .transformToUniAndConcatenate(file -> sql.end(
                                tx,
                                file.id(),
                                ExportState.DELETED,
                                "Somebody in it was blocked or erased: ask for a new one")
                        .chain(() -> accesses.note(
                                tx, file, ExportAccesses.SERVICE, ExportAction.DELETED, file.customers())))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
