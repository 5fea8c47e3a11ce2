package io.snowball.platform.db;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;

/**
 * Statements of any length stay prepared. The client's own limit is 2,048 characters: whatever is longer, and those are the
 * dearest, would be parsed and planned anew each time. Quarkus has no setting for it.
 */
@Singleton
class KeptStatements implements PgPoolCreator {
    private static final int LENGTH_MAX = 64 * 1024;

    @Override
    public Pool create(Input input) {
        // Our settings name one address.
        PgConnectOptions options = input.pgConnectOptionsList().getFirst();
        return PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(options.setPreparedStatementCacheSqlLimit(LENGTH_MAX))
                .using(input.vertx())
                .build();
    }
}
