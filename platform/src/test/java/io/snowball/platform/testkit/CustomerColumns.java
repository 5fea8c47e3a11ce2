package io.snowball.platform.testkit;

import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;

/** Where a schema can name a customer, so that a new table can't be forgotten by who destroys and verifies (requirement r27). */
public final class CustomerColumns {
    // By its type an id or ids, by its name of somebody.
    private static final String ALL = """
            select c.table_name || '.' || c.column_name as place
            from information_schema.columns c
            join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
            where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema')
              and c.is_generated = 'NEVER' and c.udt_name in ('uuid', '_uuid')
              and (c.column_name ~ '(customer|subject|person|member|invite)' or c.column_name in ('from_id', 'to_id', 'into_id', 'other_id'))
            """;

    private static final String CONSTRAINTS = """
            select format('alter table %s drop constraint %I', $1::text, conname) as statement
            from pg_constraint
            where conrelid = $1::text::regclass and contype in ('c', 'f')
            """;

    private static final String NEEDED = """
            select column_name, udt_name
            from information_schema.columns
            where table_schema = 'public' and table_name = $1 and column_name <> $2
              and is_nullable = 'NO' and column_default is null and is_identity = 'NO' and is_generated = 'NEVER'
            """;

    private CustomerColumns() {}

    /** {@code table.column} of each. */
    public static Set<String> of(Pool pool) {
        return new TreeSet<>(pool.query(ALL)
                .execute()
                .map(rows -> Rows.list(rows, row -> row.getString("place")))
                .await()
                .indefinitely());
    }

    /** What the question finds while a row that names the customer stands in this place; the row is taken back. */
    public static <T> T planted(
            Pool pool, String place, UUID customer, Function<SqlConnection, io.smallrye.mutiny.Uni<T>> question) {
        String table = place.substring(0, place.indexOf('.'));
        String column = place.substring(place.indexOf('.') + 1);
        SqlConnection connection = pool.getConnection().await().indefinitely();
        try {
            connection.query("begin").execute().await().indefinitely();
            // Not a row that could be, but one that is there: what else must hold for it is not asked here.
            statements(connection, table)
                    .forEach(statement ->
                            connection.query(statement).execute().await().indefinitely());
            connection
                    .query(insert(connection, table, column, customer))
                    .execute()
                    .await()
                    .indefinitely();
            return question.apply(connection).await().indefinitely();
        } finally {
            connection.query("rollback").execute().await().indefinitely();
            connection.close().await().indefinitely();
        }
    }

    private static List<String> statements(SqlConnection connection, String table) {
        return connection
                .preparedQuery(CONSTRAINTS)
                .execute(Params.of(table))
                .map(rows -> Rows.list(rows, row -> row.getString("statement")))
                .await()
                .indefinitely();
    }

    private static String insert(SqlConnection connection, String table, String column, UUID customer) {
        boolean many = column.endsWith("s");
        StringBuilder names = new StringBuilder(column);
        StringBuilder values = new StringBuilder(many ? "array['" + customer + "'::uuid]" : "'" + customer + "'::uuid");
        connection
                .preparedQuery(NEEDED)
                .execute(Params.of(table, column))
                .await()
                .indefinitely()
                .forEach(row -> {
                    names.append(", ").append(row.getString("column_name"));
                    values.append(", ").append(value(row.getString("udt_name")));
                });
        return "insert into " + table + " (" + names + ") values (" + values + ")";
    }

    private static String value(String type) {
        return switch (type) {
            case "uuid" -> "gen_random_uuid()";
            case "timestamptz", "date" -> "now()";
            case "bool" -> "false";
            case "text" -> "'x'";
            case "bytea" -> "'\\x00'";
            case "jsonb" -> "'{}'";
            default -> type.startsWith("_") ? "'{}'" : "0";
        };
    }
}
