package io.snowball.customer;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.function.Function;

/** Does something in a transaction, to see what comes of it, and takes it back. */
public final class Rehearsal {
    private Rehearsal() {}

    public static <T> Uni<T> of(Pool pool, Function<SqlConnection, Uni<T>> work) {
        return pool.getConnection()
                .chain(connection -> connection
                        .begin()
                        .chain(tx -> work.apply(connection).eventually(tx::rollback))
                        .eventually(connection::close));
    }
}
