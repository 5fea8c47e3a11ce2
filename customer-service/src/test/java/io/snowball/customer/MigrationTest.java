package io.snowball.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Migrations that move data, on rows as they were: what a company had before is what it has after. */
class MigrationTest {
    private static final String A = "00000000-0000-7000-8000-00000000000a";
    private static final String B = "00000000-0000-7000-8000-00000000000b";
    private static final String C = "00000000-0000-7000-8000-00000000000c";
    private static final String MERGE = "00000000-0000-7000-8000-0000000000aa";

    private static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("synchronous_commit", "off")
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        SERVER.close();
    }

    @Test
    @DisplayName(
            "A visitor becomes a COOKIE identity; where the two disagreed the identity holds; a merge can still be undone")
    void unifyVisitors() throws SQLException {
        try (Connection db = database("visitors")) {
            migrate("visitors", "202611270603");
            customers(db);
            String own = visitor(1);
            String disputed = visitor(2);
            String merged = visitor(3);
            run(db, "insert into visitor values ('%s', '%s', '2026-01-01Z')".formatted(own, A));
            run(db, "insert into visitor values ('%s', '%s', '2026-01-02Z')".formatted(disputed, A));
            run(db, "insert into visitor values ('%s', '%s', '2026-01-03Z')".formatted(merged, A));
            identity(db, C, "COOKIE", disputed);
            run(db, """
                    insert into person_merge (id, survivor_id, merged_id, reason, merged_at, merged_by)
                    values ('%s', '%s', '%s', 'DECIDED', '2026-02-01Z', 'admin')
                    """.formatted(MERGE, A, B));
            run(db, "insert into merge_move values ('%s', 'visitor', array['%s']::uuid[])".formatted(MERGE, merged));
            run(db, "insert into merge_move values ('%s', 'orders', array['%s']::uuid[])".formatted(MERGE, B));

            migrate("visitors", null);

            assertThat(rows(db, """
                            select right(customer_id::text, 1) || ' ' || right(key, 1) || ' ' || main || ' ' || added_at::date
                            from identity where kind = 'COOKIE' order by key
                            """))
                    .containsExactly("a 1 false 2026-01-01", "c 2 true 2026-01-05", "a 3 false 2026-01-03");
            assertThat(rows(db, "select kind || ' ' || right(key, 1) || ' ' || moved from merge_identity"))
                    .containsExactly("COOKIE 3 true");
            assertThat(rows(db, "select holding from merge_move")).containsExactly("orders");
            assertThat(rows(db, "select count(to_regclass('visitor'))::text")).containsExactly("0");
        }
    }

    @Test
    @DisplayName("r27: answers kept before they said whose data they have are found by the customers named in them")
    void findKeptAnswersByCustomer() throws SQLException {
        try (Connection db = database("answers")) {
            migrate("answers", "202611270615");
            answer(db, "createDeal", "{\"id\":\"%s\",\"customerId\":\"%s\",\"title\":\"x\"}".formatted(C, A));
            answer(db, "createCustomer", "{\"id\":\"%s\",\"version\":1}".formatted(B));
            answer(
                    db,
                    "createReferral",
                    "{\"id\":\"%s\",\"inviterId\":\"%s\",\"invitedId\":\"%s\"}".formatted(C, A, B));
            answer(db, "createMerge", "{\"mergedCustomerId\":\"%s\",\"customerId\":\"%s\"}".formatted(A, A));
            answer(db, "createPipeline", "{\"id\":\"%s\",\"name\":\"customerId\"}".formatted(C));
            answer(db, "createImport", "{\"id\":\"%s\",\"columns\":{\"customerId\":\"not-an-id\"}}".formatted(C));

            migrate("answers", null);

            assertThat(rows(db, """
                            select operation || coalesce((select string_agg(' ' || right(s::text, 1), '' order by s)
                              from unnest(subjects) as s), ' nobody')
                            from idempotency_key order by operation
                            """))
                    .containsExactly(
                            "createCustomer b",
                            "createDeal a",
                            "createImport nobody",
                            "createMerge a",
                            "createPipeline nobody",
                            "createReferral a b");
        }
    }

    @Test
    @DisplayName(
            "Orders, addresses and imports of the first version are there in the last one, with what was added at its default")
    void everythingFromTheFirstVersion() throws SQLException {
        try (Connection db = database("first")) {
            migrate("first", "202611212103");
            run(db, """
                    insert into customer (id, first_name, registered_at, version, recorded_at)
                    values ('%s', 'Анна', '2020-01-01Z', 3, '2020-01-01Z')
                    """.formatted(A));
            run(db, """
                    insert into identity (kind, key, value, customer_id, added_at)
                    values ('EMAIL', 'a@example.ru', 'A@example.ru', '%1$s', '2020-01-01Z'),
                           ('PHONE', '+79120000001', '+79120000001', '%1$s', '2020-01-01Z')
                    """.formatted(A));
            for (String status : List.of("CREATED", "PAID", "CANCELLED", "RETURNED")) {
                run(db, """
                        insert into orders (id, external_id, customer_id, ordered_at, status, amount, version, fingerprint, recorded_at)
                        values (gen_random_uuid(), '%1$s', '%2$s', '2020-02-01Z', '%1$s', 100, 1, 1, '2020-02-01Z')
                        """.formatted(status, A));
            }
            run(db, "insert into order_line select id, 1, 'sku', 1, 100, 0 from orders");
            run(db, """
                    insert into import (id, kind, format, delimiter, state, lines_read, created_at)
                    values ('%s', 'ORDERS', 'CSV', ';', 'INTERRUPTED', 17, '2020-01-01Z')
                    """.formatted(B));
            run(db, "insert into import_error values ('%s', 3, 'email', 'is not an address')".formatted(B));

            migrate("first", null);

            assertThat(rows(
                            db,
                            "select first_name || version from customer where blocked_at is null and details is null"))
                    .containsExactly("Анна3");
            assertThat(
                            rows(
                                    db,
                                    "select kind || ' ' || key || ' ' || value || ' ' || main || system from identity order by kind"))
                    .containsExactly("EMAIL a@example.ru A@example.ru true", "PHONE +79120000001 +79120000001 true");
            assertThat(rows(db, "select status || ' ' || state || ' ' || returned from orders order by external_id"))
                    .containsExactly(
                            "CANCELLED CANCELLED 0", "CREATED CREATED 0", "PAID PAID 0", "RETURNED RETURNED 0");
            assertThat(rows(db, "select count(*)::text from order_line")).containsExactly("4");
            assertThat(rows(db, "select state || lines_read || time_zone || dry_run || columns from import"))
                    .containsExactly("INTERRUPTED17Europe/Moscowfalse{}");
            assertThat(rows(db, "select line || field from import_error")).containsExactly("3email");
        }
    }

    @Test
    @DisplayName("r27: sentences in the reasons of exports are not kept, codes are")
    void keepNoSentencesInReasons() throws SQLException {
        try (Connection db = database("reasons")) {
            migrate("reasons", "202611271432");
            for (String reason : List.of("Обзвон Анны Петровой", "ticket:CRM-17")) {
                run(db, """
                        with asked as (
                          insert into export (id, state, format, delimiter, encoding, columns, masked, purpose, reason, requested_by, requested_at)
                          values (gen_random_uuid(), 'READY', 'CSV', ';', 'UTF_8', '{id}', false, 'marketing', '%1$s', 'admin', '2026-11-01Z')
                          returning id)
                        insert into export_access (id, export_id, at, actor, action, purpose, reason, customers, result)
                        select gen_random_uuid(), id, '2026-11-01Z', 'admin', 'REQUESTED', 'marketing', '%1$s', 1, 'DONE' from asked
                        """.formatted(reason));
                answer(db, "createExport", "{\"state\":\"COLLECTING\",\"reason\":\"%s\"}".formatted(reason));
            }

            migrate("reasons", null);

            List<String> kept = List.of("free-text", "ticket:CRM-17");
            assertThat(rows(db, "select reason from export order by reason")).isEqualTo(kept);
            assertThat(rows(db, "select reason from export_access order by reason"))
                    .isEqualTo(kept);
            assertThat(rows(db, "select response::jsonb ->> 'reason' from idempotency_key order by 1"))
                    .isEqualTo(kept);
            assertThat(rows(db, "select distinct response::jsonb ->> 'state' from idempotency_key"))
                    .containsExactly("COLLECTING");
        }
    }

    private static void customers(Connection db) throws SQLException {
        for (String id : List.of(A, B, C)) {
            run(db, """
                    insert into customer (id, registered_at, version, recorded_at)
                    values ('%s', '2020-01-01Z', 1, '2020-01-01Z')
                    """.formatted(id));
        }
    }

    private static void identity(Connection db, String customer, String kind, String key) throws SQLException {
        run(db, """
                insert into identity (customer_id, kind, system, key, value, added_at, main)
                values ('%s', '%s', '', '%s', '%3$s', '2026-01-05Z', true)
                """.formatted(customer, kind, key));
    }

    private static void answer(Connection db, String operation, String response) throws SQLException {
        run(db, """
                insert into idempotency_key (operation, key, request_hash, status, location, response, created_at)
                values ('%s', gen_random_uuid(), '\\x00', 201, null, '%s', '2026-11-01Z')
                """.formatted(operation, response));
    }

    private static String visitor(int number) {
        return "00000000-0000-4000-8000-00000000000" + number;
    }

    private static Connection database(String name) throws SQLException {
        try (Connection all = SERVER.getPostgresDatabase().getConnection()) {
            run(all, "create database " + name);
        }
        return SERVER.getDatabase("postgres", name).getConnection();
    }

    /** @param version null for the last one */
    private static void migrate(String database, @Nullable String version) {
        Flyway.configure()
                .dataSource(SERVER.getDatabase("postgres", database))
                .locations("classpath:db/platform", "classpath:db/migration")
                .target(version == null ? "latest" : version)
                .load()
                .migrate();
    }

    private static void run(Connection db, String statement) throws SQLException {
        try (var execution = db.createStatement()) {
            execution.execute(statement);
        }
    }

    private static List<String> rows(Connection db, String query) throws SQLException {
        try (var execution = db.createStatement();
                var found = execution.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(found.getString(1));
            }
            return rows;
        }
    }
}
