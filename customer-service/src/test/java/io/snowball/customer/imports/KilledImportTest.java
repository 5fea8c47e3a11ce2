package io.snowball.customer.imports;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.imports.Uploads.anImport;
import static io.snowball.customer.imports.Uploads.put;
import static io.snowball.customer.imports.Uploads.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.logging.Log;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.customer.Shop;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * Killed at any row and sent again, a file leaves the tables as if nothing had happened: A8, H1. A killed service is what its
 * database sees of one: every connection is cut, in the middle of whatever it does. (The system test kills the process.)
 */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class KilledImportTest {
    private static final int ROWS = 9_000;

    @Inject
    Shop shop;

    @Inject
    Pool pool;

    @Inject
    ContentImport contentImport;

    @RepeatedTest(4)
    @DisplayName("A8: orders")
    void a08OrdersAreThereOnceWithTheirLinesAndEvents(RepetitionInfo repetition) {
        String customer = unique("c");
        Shop.customer(customer);
        String whole = unique("w");
        String killed = unique("k");
        send("ORDERS", orders(whole, customer));
        sendKilled("ORDERS", orders(killed, customer), new Random(repetition.getCurrentRepetition()));
        String query = """
                select concat_ws('|', substr(o.external_id, length($1) + 2), o.ordered_at, o.state, o.amount, o.version,
                  (select string_agg(l.position || ' ' || l.sku || ' ' || l.quantity || ' ' || l.price || ' ' || l.discount, ',' order by l.position)
                   from order_line l where l.order_id = o.id),
                  e.told) as line
                from orders o
                left join (select f.data ->> 'orderId' as id, count(*) as told from feed_event f group by 1) e on e.id = o.id::text
                where o.external_id like $1 || '-%' order by length(o.external_id), o.external_id
                """;
        assertThat(lines(query, killed)).hasSize(ROWS / 2).isEqualTo(lines(query, whole));
    }

    @RepeatedTest(4)
    @DisplayName("H1: customers, with the history of their changes and who may be one person with whom")
    void h01CustomersAreThereOnce(RepetitionInfo repetition) {
        String whole = unique("w");
        String killed = unique("k");
        send("CUSTOMERS", customers(whole, 1));
        sendKilled("CUSTOMERS", customers(killed, 2), new Random(repetition.getCurrentRepetition()));
        String query = """
                select concat_ws('|', substr(i.key, length($1) + 2), c.first_name, c.version,
                  (select string_agg(o.kind, ',' order by o.kind) from identity o where o.customer_id = c.id),
                  (select count(*) from customer_change h where h.customer_id = c.id),
                  (select count(*) from merge_candidate m where m.customer_id = c.id or m.other_id = c.id),
                  e.told) as line
                from identity i
                join customer c on c.id = i.customer_id
                left join (select f.subject, count(*) as told from feed_event f group by 1) e on e.subject = c.id
                where i.kind = 'EXTERNAL_ID' and i.key like $1 || '-%' order by length(i.key), i.key
                """;
        assertThat(lines(query, killed)).hasSize(ROWS).isEqualTo(lines(query, whole));
    }

    /** Two lines an order. */
    private static IntFunction<String> orders(String name, String customer) {
        return n -> n == 0
                ? "order_id,customer_id,ordered_at,status,sku,quantity,price\n"
                : "%s-%d,%s,2026-01-02T03:04:05Z,PAID,sku%d,%d,9.99\n"
                        .formatted(name, (n - 1) / 2, customer, n % 7, 1 + n % 3);
    }

    /** Every ninth number is a family's. */
    private static IntFunction<String> customers(String name, int run) {
        return n -> n == 0
                ? "external_id,email,phone,first_name\n"
                : "%1$s-%2$d,%1$s.%2$d@example.ru,%3$s,Анна\n"
                        .formatted(name, n, n % 9 < 2 ? phone(name, run, n / 9) : "");
    }

    private static String phone(String name, int run, int family) {
        return "+79%03d%d%05d".formatted(Math.floorMod(name.hashCode(), 1000), run, family);
    }

    private void send(String kind, IntFunction<String> row) {
        String announced = anImport(kind, "CSV");
        contentImport.run(
                contentImport.announced(UUID.fromString(announced)),
                "text/csv",
                new io.snowball.customer.imports.Rows(ROWS + 1, row));
        assertThat(status(announced).getString("state")).isEqualTo("COMPLETED");
    }

    private void sendKilled(String kind, IntFunction<String> row, Random random) {
        String announced = anImport(kind, "CSV");
        var file = new io.snowball.customer.imports.Rows(ROWS + 1, row);
        int at = 1 + random.nextInt(ROWS);
        file.whenAt(at, this::cutAllConnections);
        try {
            contentImport.run(contentImport.announced(UUID.fromString(announced)), "text/csv", file);
        } catch (RuntimeException died) {
            Log.debugf("Cut at row %d: %s", at, died);
        }
        StringBuilder whole = new StringBuilder();
        for (int n = 0; n <= ROWS; n++) {
            whole.append(row.apply(n));
        }
        await().atMost(Duration.ofMinutes(2))
                .until(() -> put(announced, whole.toString().getBytes(UTF_8)).statusCode() == 200);
        assertThat(status(announced).getString("state")).isEqualTo("COMPLETED");
        assertThat(status(announced).getLong("rejected")).isZero();
    }

    private void cutAllConnections() {
        shop.count("""
                select count(pg_terminate_backend(a.pid)) from pg_stat_activity a
                where a.datname = current_database() and a.backend_type = 'client backend' and a.pid <> pg_backend_pid()
                """);
    }

    private List<String> lines(String query, String name) {
        // Of tables that were empty a moment ago the planner expects a row, and loops: four minutes instead of one
        // second.
        return pool.query("analyze")
                .execute()
                .chain(() -> pool.preparedQuery(query).execute(Params.of(name)))
                .map(rows -> Rows.list(rows, row -> row.getString("line")))
                .await()
                .indefinitely();
    }
}
