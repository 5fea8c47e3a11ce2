package io.snowball.platform.db;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.snowball.platform.SnowballConfig;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * The client keeps only short statements prepared, 2,048 characters at most: what is longer is parsed and planned each time,
 * which may take ten times as long as running it. A service whose long statements answer for few rows sets a higher limit; where
 * they go through whole tables, a plan of their own for each set of parameters is worth its time.
 */
@Singleton
class StatementCache implements PgPoolCreator {
    private final int length;

    StatementCache(SnowballConfig config) {
        this.length = config.db().preparedStatementLength();
    }

    @Override
    public Pool create(Input input) {
        input.pgConnectOptionsList().forEach(options -> options.setPreparedStatementCacheSqlLimit(length));
        return PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
    }
}
