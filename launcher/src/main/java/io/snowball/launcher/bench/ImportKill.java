package io.snowball.launcher.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.snowball.launcher.api.SnowballApi;
import io.snowball.launcher.installation.RunningSystem;
import io.snowball.launcher.machine.Trouble;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** Imports a file again into empty tables, kills customer-service in the middle, sends the file anew, and compares what is there. */
final class ImportKill {
    /** What a whole import leaves behind; ids and times of recording differ from one to the next. */
    private static final String DIGEST = """
            select
              (select count(*) || ' orders ' || sum(hashtextextended(concat_ws('|', external_id, customer_id, ordered_at, status, amount, channel), 0)::numeric)
               from orders)
              || (select ', ' || count(*) || ' lines ' || sum(hashtextextended(concat_ws('|', position, sku, quantity, price, discount), 0)::numeric)
               from order_line)
              || (select ', ' || count(*) || ' feed rows ' || sum(hashtextextended(concat_ws('|', data->>'customerId', data->>'amount', data->>'orderedAt'), 0)::numeric)
               from feed_event where type = 'order.changed')
            """;

    private final RunningSystem system;
    private final SnowballApi api;
    private final Connection database;

    ImportKill(RunningSystem system, SnowballApi api, Connection database) {
        this.system = system;
        this.api = api;
        this.database = database;
    }

    Map<String, Object> run(Path file, long orders) throws SQLException {
        String whole = digest();
        try (Statement sql = database.createStatement()) {
            sql.execute("truncate orders, order_line, feed_event cascade");
        }
        String id = ImportBench.announced(api, "ORDERS");
        Thread upload = Thread.ofPlatform().start(() -> {
            try {
                ImportBench.put(api, id, file);
            } catch (Trouble _) {
                // The service died in the middle of it.
            }
        });
        long before = awaitHalf(id, orders);
        system.kill("customer");
        join(upload);
        system.startAgain("customer");
        ImportBench.put(api, id, file);
        JsonNode state = ImportBench.awaitEnd(api, id);
        String found = digest();
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("killedAfter", before);
        more.put("unchangedThen", state.path("unchanged").asLong());
        more.put("sameAsNeverKilled", found.equals(whole));
        if (!found.equals(whole)) {
            throw new Trouble("Killed in the middle and sent again, the import left " + found + " instead of " + whole);
        }
        return more;
    }

    private long awaitHalf(String id, long orders) {
        long accepted = 0;
        while (accepted < orders / 2) {
            ImportBench.pause(ImportBench.LOOK_AGAIN);
            JsonNode state = api.get("/api/v1/imports/" + id);
            accepted = state.path("accepted").asLong();
            if (state.path("state").asText().equals("COMPLETED")) {
                throw new Trouble("The import was over before it could be killed");
            }
        }
        return accepted;
    }

    private String digest() throws SQLException {
        try (Statement sql = database.createStatement();
                ResultSet rows = sql.executeQuery(DIGEST)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Trouble("Stopped.", stopped);
        }
    }
}
