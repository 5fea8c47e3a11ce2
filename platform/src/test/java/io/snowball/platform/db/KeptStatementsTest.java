package io.snowball.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.platform.feed.OwnFeed;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(OwnFeed.class)
class KeptStatementsTest {
    @Inject
    Pool pool;

    @Test
    void longStatementsStayPreparedToo() {
        String longOne = "select $1::int as a_long_one" + " ".repeat(5_000);
        long kept = pool.withConnection(connection -> connection
                        .preparedQuery(longOne)
                        .execute(Params.of(1))
                        .chain(() -> connection
                                .query(
                                        "select count(*) from pg_prepared_statements where statement like '%a_long_one%'")
                                .execute()))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
        assertThat(kept).isEqualTo(1);
    }
}
