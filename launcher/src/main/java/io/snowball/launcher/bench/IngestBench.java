package io.snowball.launcher.bench;

import io.snowball.launcher.api.SnowballApi;
import io.snowball.launcher.bench.EventBatches.Batch;
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
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.PGConnection;

/**
 * Events in batches of a thousand from several callers through the gateway until they are committed with their feed rows, against COPY
 * of the first million of the very same rows into tables with the same columns and indexes. Then the service is killed while they go on, and every event
 * that was acknowledged must be there, once.
 */
final class IngestBench {
    private static final int CUSTOMERS = 50_000;
    private static final int CALLERS = 4;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final int GOAL = 5_000;
    /** Of the first so many batches: to copy all of five minutes out and in takes longer than they took. */
    private static final int COPIED = 1_000;

    private static final String PATH = "/api/v1/events/batches";

    private final RunningSystem system;
    private final Path folder;
    private final Progress progress;
    private final SnowballApi api;

    IngestBench(RunningSystem system, Path folder, Progress progress) {
        this.system = system;
        this.folder = folder;
        this.progress = progress;
        this.api = new SnowballApi(system.endpoints().gateway());
    }

    Measurement run(int seconds) throws IOException, SQLException {
        api.signIn(system.credentials().adminLogin(), system.credentials().adminPassword());
        Path customers = folder.resolve("customers.csv");
        new CustomerBase(CUSTOMERS, CUSTOMERS, LocalDate.of(2026, 10, 31)).writeCustomers(customers);
        ImportBench.imported(api, "CUSTOMERS", customers);
        send("warm", WARM_UP);
        Map<String, Duration> before = system.processorTimes();
        Callers.Run ours = send("measured", Duration.ofSeconds(seconds));
        long events = (long) ours.micros().length * EventBatches.SIZE;
        Map<String, Long> micros = ImportBench.micros(before, system.processorTimes(), events);
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("goal", GOAL);
        more.put("seconds", seconds);
        more.put("callers", CALLERS);
        more.put("events", events);
        more.put("batchP50Millis", ours.millis(50));
        more.put("batchP99Millis", ours.millis(99));
        more.put("processorMicrosPerEvent", micros);
        PeakMemory.megabytes(system.pid("customer")).ifPresent(peak -> more.put("customerPeakMb", peak));
        double copySeconds = copied();
        more.put("copySeconds", copySeconds);
        more.put("killed", new IngestKill(system, api.token(), CUSTOMERS, progress).run());
        return Measurement.of(
                "ingest",
                "events/s",
                events / ours.seconds(),
                Math.min(events, (long) COPIED * EventBatches.SIZE) / copySeconds,
                "COPY of the same rows into the same indexed tables",
                more);
    }

    private Callers.Run send(String name, Duration time) {
        EventBatches batches = new EventBatches(name, CUSTOMERS);
        AtomicLong next = new AtomicLong();
        Callers.Run run = Callers.run(CALLERS, time, () -> new Caller(batches, next));
        progress.note("%s: %,.0f events/s".formatted(name, run.perSecond() * EventBatches.SIZE));
        return run;
    }

    private final class Caller implements Callers.Caller {
        private final PlainHttp http = new PlainHttp(system.endpoints().gateway(), api.token());
        private final EventBatches batches;
        private final AtomicLong next;

        Caller(EventBatches batches, AtomicLong next) throws IOException {
            this.batches = batches;
            this.next = next;
        }

        @Override
        public void call() throws IOException {
            PlainHttp.Answer answer = http.post(PATH, batches.json(new Batch(next.getAndIncrement(), Instant.now())));
            if (accepted(answer) != EventBatches.SIZE) {
                throw new Trouble("A batch was answered with " + answer.status() + ": "
                        + answer.text().substring(0, Math.min(500, answer.text().length())));
            }
        }

        @Override
        public void close() throws IOException {
            http.close();
        }
    }

    static int accepted(PlainHttp.Answer answer) {
        String text = answer.text();
        int count = 0;
        for (int at = text.indexOf("ACCEPTED");
                answer.status() == 200 && at >= 0;
                at = text.indexOf("ACCEPTED", at + 1)) {
            count++;
        }
        return count;
    }

    private double copied() throws SQLException, IOException {
        Map<String, String> tables = new LinkedHashMap<>();
        String measured =
                "from event where external_id like 'measured-%' and split_part(external_id, '-', 2)::bigint < "
                        + COPIED;
        tables.put("event", "select * " + measured);
        tables.put(
                "feed_event",
                "select * from feed_event where (data->>'eventId')::uuid in (select id " + measured + ")");
        try (Connection database = connect(system);
                Statement sql = database.createStatement()) {
            var copy = database.unwrap(PGConnection.class).getCopyAPI();
            sql.execute("create schema if not exists reference");
            for (var table : tables.entrySet()) {
                sql.execute("create table reference.%1$s (like %1$s including all)".formatted(table.getKey()));
                try (OutputStream out = Files.newOutputStream(folder.resolve(table.getKey()))) {
                    copy.copyOut("copy (" + table.getValue() + ") to stdout", out);
                }
            }
            Instant began = Instant.now();
            for (String table : tables.keySet()) {
                try (InputStream in = Files.newInputStream(folder.resolve(table))) {
                    copy.copyIn("copy reference." + table + " from stdin", in, 1 << 16);
                }
            }
            double seconds = Duration.between(began, Instant.now()).toMillis() / 1000.0;
            sql.execute("drop schema reference cascade");
            return seconds;
        }
    }

    static Connection connect(RunningSystem system) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + system.endpoints().databasePort() + "/customer",
                "customer",
                system.credentials().databasePassword("customer"));
    }
}
