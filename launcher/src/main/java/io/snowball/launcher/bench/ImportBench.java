package io.snowball.launcher.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snowball.launcher.api.SnowballApi;
import io.snowball.launcher.generate.CustomerBase;
import io.snowball.launcher.installation.Progress;
import io.snowball.launcher.installation.RunningSystem;
import io.snowball.launcher.machine.Trouble;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.postgresql.PGConnection;

/**
 * Orders with their lines and feed rows, from the CSV file through the gateway until they are committed, against PostgreSQL's COPY
 * of the very same rows into tables with the same columns and indexes on the same server. Then the same once more, with a SIGKILL in
 * the middle: nothing may be lost or doubled.
 */
final class ImportBench {
    private static final List<String> TABLES = List.of("orders", "order_line", "feed_event");
    static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final RunningSystem system;
    private final Path folder;
    private final Progress progress;

    ImportBench(RunningSystem system, Path folder, Progress progress) {
        this.system = system;
        this.folder = folder;
        this.progress = progress;
    }

    Measurement run(int customers, int orders) throws IOException, SQLException {
        CustomerBase base = new CustomerBase(customers, orders, LocalDate.of(2026, 10, 31));
        Path customersFile = folder.resolve("customers.csv");
        Path ordersFile = folder.resolve("orders.csv");
        base.writeCustomers(customersFile);
        base.writeOrders(ordersFile);

        SnowballApi api = new SnowballApi(system.endpoints().gateway());
        api.signIn(system.credentials().adminLogin(), system.credentials().adminPassword());
        imported(api, "CUSTOMERS", customersFile);
        forgetFeed();
        Map<String, Duration> before = system.processorTimes();
        double ours = imported(api, "ORDERS", ordersFile);
        Map<String, Duration> after = system.processorTimes();
        Map<String, Object> more = new LinkedHashMap<>(Map.of("customers", customers, "orders", orders));
        more.put("seconds", ours);
        more.put("fileMb", Files.size(ordersFile) >> 20);
        PeakMemory.megabytes(system.pid("customer")).ifPresent(peak -> more.put("customerPeakMb", peak));
        PeakMemory.megabytes(system.pid("gateway")).ifPresent(peak -> more.put("gatewayPeakMb", peak));
        double theirs = copied();
        more.put("copySeconds", theirs);
        // Less at the mercy of neighbours than time is.
        more.put("processorMicrosPerOrder", micros(before, after, orders));
        more.put(
                "copyProcessorMicrosPerOrder",
                micros(after, system.processorTimes(), orders).get(RunningSystem.DATABASE));
        progress.note("%,.0f orders/s, COPY %,.0f; %s".formatted(orders / ours, orders / theirs, more));
        try (Connection database = connect()) {
            more.put("killed", new ImportKill(system, api, database).run(ordersFile, orders));
        }
        return Measurement.of(
                "import",
                "orders/s",
                orders / ours,
                orders / theirs,
                "COPY of the same rows into the same indexed tables",
                more);
    }

    static Map<String, Long> micros(Map<String, Duration> before, Map<String, Duration> after, long records) {
        Map<String, Long> micros = new TreeMap<>();
        after.forEach((process, time) -> micros.put(
                process,
                time.minus(before.getOrDefault(process, Duration.ZERO)).toNanos() / 1000 / Math.max(1, records)));
        return micros;
    }

    static double imported(SnowballApi api, String kind, Path file) {
        String id = announced(api, kind);
        Instant began = Instant.now();
        put(api, id, file);
        awaitEnd(api, id);
        return Duration.between(began, Instant.now()).toMillis() / 1000.0;
    }

    static String announced(SnowballApi api, String kind) {
        ObjectNode wanted = api.json().createObjectNode().put("kind", kind).put("format", "CSV");
        return api.post("/api/v1/imports", wanted, UUID.randomUUID()).path("id").asText();
    }

    static void put(SnowballApi api, String id, Path file) {
        api.putFile("/api/v1/imports/" + id + "/content", "text/csv", file);
    }

    static JsonNode awaitEnd(SnowballApi api, String id) {
        JsonNode state = api.get("/api/v1/imports/" + id);
        while (state.path("state").asText().equals("RUNNING")) {
            pause(LOOK_AGAIN);
            state = api.get("/api/v1/imports/" + id);
        }
        if (!state.path("state").asText().equals("COMPLETED")
                || state.path("rejected").asLong() > 0) {
            throw new Trouble("The import ended as " + state);
        }
        return state;
    }

    /** The customers' feed rows are not part of what is measured. */
    private void forgetFeed() throws SQLException {
        try (Connection database = connect();
                Statement sql = database.createStatement()) {
            sql.execute("truncate feed_event");
        }
    }

    private double copied() throws SQLException, IOException {
        try (Connection database = connect();
                Statement sql = database.createStatement()) {
            var copy = database.unwrap(PGConnection.class).getCopyAPI();
            sql.execute("create schema if not exists reference");
            for (String table : TABLES) {
                sql.execute("create table reference." + table + " (like " + table + " including all)");
                try (OutputStream out = Files.newOutputStream(folder.resolve(table))) {
                    copy.copyOut("copy " + table + " to stdout", out);
                }
            }
            Instant began = Instant.now();
            for (String table : TABLES) {
                try (InputStream in = Files.newInputStream(folder.resolve(table))) {
                    copy.copyIn("copy reference." + table + " from stdin", in, 1 << 16);
                }
            }
            double seconds = Duration.between(began, Instant.now()).toMillis() / 1000.0;
            sql.execute("drop schema reference cascade");
            return seconds;
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + system.endpoints().databasePort() + "/customer",
                "customer",
                system.credentials().databasePassword("customer"));
    }

    static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Trouble("Stopped.", stopped);
        }
    }
}
