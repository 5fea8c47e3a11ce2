package io.snowball.customer;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestTokens;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** A shop with customers and orders that no other test knows. */
@ApplicationScoped
public class Shop {
    private static final AtomicInteger NEXT = new AtomicInteger(1000);

    private final Pool pool;

    Shop(Pool pool) {
        this.pool = pool;
    }

    public static String unique(String prefix) {
        return prefix + "-" + Ids.next();
    }

    public static String uniqueEmail() {
        return "User." + NEXT.incrementAndGet() + "@Example.RU";
    }

    public static String uniquePhone() {
        return "+7912" + String.format("%07d", 1_000_000 + NEXT.incrementAndGet());
    }

    public static Response tell(String json) {
        return TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body(json)
                .post("/api/v1/customers");
    }

    public static UUID customer(String externalId) {
        return UUID.fromString(
                tell("{\"externalId\":\"%s\"}".formatted(externalId)).jsonPath().getString("id"));
    }

    public static Response send(String... orders) {
        return TestTokens.as(Roles.PARTNER)
                .contentType(ContentType.JSON)
                .body("{\"items\":[" + String.join(",", orders) + "]}")
                .post("/api/v1/orders");
    }

    /** What the feed says of a customer, in order. */
    public List<String> events(UUID customer, String type) {
        return pool.preparedQuery(
                        "select data::text as data from feed_event where subject = $1 and type = $2 order by tx, position")
                .execute(Params.of(customer, type))
                .map(rows -> Rows.list(rows, row -> row.getString("data")))
                .await()
                .indefinitely();
    }

    public String text(String sql, Object... parameters) {
        return pool.preparedQuery(sql)
                .execute(Params.of(parameters))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getString(0);
    }

    public long count(String sql, Object... parameters) {
        return pool.preparedQuery(sql)
                .execute(Params.of(parameters))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }

    /** Which tables have this text: every column of every row, the feed and kept answers too. */
    public List<String> tablesWith(String marker) {
        List<String> tables = pool.query("""
                        select format('%I', c.relname) as name from pg_class c
                        join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
                        where c.relkind in ('r', 'p') and not c.relispartition
                        """)
                .execute()
                .map(rows -> Rows.list(rows, row -> row.getString("name")))
                .await()
                .indefinitely();
        return tables.stream()
                .filter(table ->
                        count("select count(*) from " + table + " t where position($1 in t::text) > 0", marker) > 0)
                .toList();
    }
}
