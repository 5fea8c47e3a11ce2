package io.snowball.consent.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.id.Ids;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

/** Parsed and planned anew each time, a decision costs the database three times as much, and no other test would notice. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class PreparedDecisionTest {
    @Inject
    Pool pool;

    @Test
    void b1ADecisionStaysPrepared() throws Throwable {
        boolean prepared = VertxContextSupport.subscribeAndAwait(
                () -> pool.withConnection(one -> decide(one).chain(() -> isPrepared(one))));
        assertThat(prepared).isTrue();
    }

    private static Uni<?> decide(SqlConnection connection) {
        return connection
                .preparedQuery(DecisionSql.DECIDE_ONE)
                .execute(Params.of(
                        Ids.next(),
                        "marketing",
                        "EMAIL",
                        new String[] {"ADVERTISING"},
                        OffsetDateTime.parse("2026-11-27T10:00:00Z"),
                        new String[] {"*"}));
    }

    private static Uni<Boolean> isPrepared(SqlConnection connection) {
        return connection
                .preparedQuery("select exists (select from pg_prepared_statements where statement = $1)")
                .execute(Params.of(DecisionSql.DECIDE_ONE))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }
}
