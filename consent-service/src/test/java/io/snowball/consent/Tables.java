package io.snowball.consent;

import io.snowball.platform.db.Params;
import io.vertx.mutiny.sqlclient.Pool;
import java.util.ArrayList;
import java.util.List;

/** Every table of the database, as text. */
public final class Tables {
    private Tables() {}

    public static List<String> thatHold(Pool pool, String text) {
        var tables = pool.query("""
                        select table_schema || '.' || table_name as name
                        from information_schema.tables
                        where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
                        """).execute().await().indefinitely();
        List<String> found = new ArrayList<>();
        tables.forEach(table -> {
            var rows = pool.preparedQuery("select count(*) as n from " + table.getString("name")
                            + " t where t::text like '%' || $1 || '%'")
                    .execute(Params.of(text))
                    .await()
                    .indefinitely();
            if (rows.iterator().next().getLong("n") > 0) {
                found.add(table.getString("name"));
            }
        });
        return found;
    }
}
