package io.snowball.platform.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.platform.db.Rows;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/operations.md says to do after a dump was loaded into a new cluster, done. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(OwnFeed.class)
class RestoreTest {
    private static final Pattern SQL = Pattern.compile("```sql\\n(.*?)```", Pattern.DOTALL);

    @Inject
    Pool pool;

    @Test
    void showsWhatWasRestoredInItsOldOrderAndReadersGoOnWhereTheyWere() throws IOException {
        List<String> steps = SQL.matcher(Files.readString(Path.of("../docs/operations.md")))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(steps).hasSize(2);
        SqlConnection session = pool.getConnection().await().indefinitely();
        try {
            run(session, """
                    create schema restored;
                    set search_path = restored;
                    create table feed_event (like public.feed_event including all);
                    insert into feed_event (tx, position, subject, type, occurred_at, data) overriding system value
                    values (900741200, 98, gen_random_uuid(), 'first', now(), '{}'),
                      (900741200, 99, gen_random_uuid(), 'second', now(), '{}'),
                      (900741199, 120, gen_random_uuid(), 'before', now(), '{}'),
                      (900741201, 7, gen_random_uuid(), 'third', now(), '{}');
                    select setval(pg_get_serial_sequence('feed_event', 'position'), 120)
                    """);
            String cursor = Rows.first(
                            session.query(steps.get(0)).execute().await().indefinitely(),
                            row -> row.getString("cursor"))
                    .orElseThrow();
            run(session, steps.get(1));
            run(
                    session,
                    "insert into feed_event (subject, type, occurred_at, data) select gen_random_uuid(), 'new', now(), '{}'");

            assertThat(after(session, "0-0")).containsExactly("before", "first", "second", "third", "new");
            assertThat(after(session, cursor)).containsExactly("third", "new");
        } finally {
            run(session, "drop schema restored cascade");
            run(session, "reset search_path");
            session.close().await().indefinitely();
        }
    }

    private static List<String> after(SqlConnection session, String cursor) {
        String[] parts = cursor.split("-", 2);
        var rows = session.query(
                        "select type from feed_event where (tx, position) > (%s, %s) and %s order by tx, position"
                                .formatted(
                                        parts[0],
                                        parts[1],
                                        "tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"))
                .execute()
                .await()
                .indefinitely();
        return Rows.list(rows, row -> row.getString("type"));
    }

    private static void run(SqlConnection session, String sql) {
        session.query(sql).execute().await().indefinitely();
    }
}
