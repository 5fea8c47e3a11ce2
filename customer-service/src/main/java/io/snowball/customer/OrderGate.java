package io.snowball.customer;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * Between who writes orders and who takes a customer away. Batches of orders pass together; a merge, its undoing and an erasure pass
 * alone, after the batches that are under way and before those that come later. A lock on each customer of a batch would say the same,
 * but writes a row version for each, and where batches share customers a list of who holds them: a tenth of an import.
 */
public final class OrderGate {
    private static final long KEY = 0x6f7264657273L;

    /* language=PostgreSQL */
    private static final String TOGETHER = "select pg_advisory_xact_lock_shared($1)";

    /* language=PostgreSQL */
    private static final String ALONE = "select pg_advisory_xact_lock($1)";

    private OrderGate() {}

    /** Until the transaction ends no customer is taken away. Before the statement that looks for them: it sees who is left. */
    public static Uni<Void> together(SqlConnection tx) {
        return pass(tx, TOGETHER);
    }

    /** Until the transaction ends nobody writes orders. */
    public static Uni<Void> alone(SqlConnection tx) {
        return pass(tx, ALONE);
    }

    private static Uni<Void> pass(SqlConnection tx, String lock) {
        return tx.preparedQuery(lock).execute(Params.of(KEY)).replaceWithVoid();
    }
}
