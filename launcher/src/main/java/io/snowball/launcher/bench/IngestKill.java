package io.snowball.launcher.bench;

import io.snowball.launcher.bench.EventBatches.Batch;
import io.snowball.launcher.installation.Progress;
import io.snowball.launcher.installation.RunningSystem;
import io.snowball.launcher.machine.Trouble;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Kills customer-service while events come in, and counts what became of those that were acknowledged. */
final class IngestKill {
    private static final int CALLERS = 4;
    private static final Duration BEFORE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MAX_TRIES = 20;
    private static final String NAME = "killed";
    private static final String PATH = "/api/v1/events/batches";

    private final RunningSystem system;
    private final String token;
    private final EventBatches batches;
    private final Progress progress;
    private final AtomicLong next = new AtomicLong();
    private final Queue<Batch> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<Batch> unknown = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    IngestKill(RunningSystem system, String token, int customers, Progress progress) {
        this.system = system;
        this.token = token;
        this.batches = new EventBatches(NAME, customers);
        this.progress = progress;
    }

    Map<String, Object> run() throws SQLException {
        Thread[] callers = new Thread[CALLERS];
        for (int i = 0; i < CALLERS; i++) {
            callers[i] = Thread.ofPlatform().start(this::send);
        }
        ImportBench.pause(BEFORE);
        system.kill("customer");
        long acknowledgedBefore = acknowledged.size();
        system.startAgain("customer");
        ImportBench.pause(BEFORE);
        over = true;
        for (Thread caller : callers) {
            join(caller);
        }
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("acknowledgedBeforeTheKill", acknowledgedBefore * EventBatches.SIZE);
        found.put("acknowledged", (long) acknowledged.size() * EventBatches.SIZE);
        found.put("cutOff", (long) unknown.size() * EventBatches.SIZE);
        found.put("lost", lost());
        resend();
        found.put("lostAfterResending", lost());
        found.put("doubled", doubled());
        progress.note("killed: " + found);
        return found;
    }

    private void send() {
        while (!over) {
            try (PlainHttp http = new PlainHttp(system.endpoints().gateway(), token)) {
                boolean taken = true;
                while (taken && !over) {
                    Batch batch = new Batch(next.getAndIncrement(), Instant.now());
                    unknown.add(batch);
                    taken = isTaken(http, batch);
                }
            } catch (IOException _) {
                // Dead in the middle of a call: what became of the batch is not known.
            }
            ImportBench.pause(PAUSE);
        }
    }

    private boolean isTaken(PlainHttp http, Batch batch) throws IOException {
        PlainHttp.Answer answer = http.post(PATH, batches.json(batch));
        if (answer.status() != 200) {
            return false;
        }
        acknowledged.add(batch);
        unknown.remove(batch);
        return true;
    }

    /** As a client would: again and again until it is told that they are there. */
    private void resend() {
        for (int tries = 0; !unknown.isEmpty(); tries++) {
            if (tries == MAX_TRIES) {
                throw new Trouble(unknown.size() + " batches could not be sent again");
            }
            try (PlainHttp http = new PlainHttp(system.endpoints().gateway(), token)) {
                for (Batch batch : unknown) {
                    isTaken(http, batch);
                }
            } catch (IOException failure) {
                progress.note("Sending again, since " + failure.getMessage());
            }
        }
    }

    /** Of those that were acknowledged. */
    private long lost() throws SQLException {
        Map<Long, Long> stored = new HashMap<>();
        try (Connection database = IngestBench.connect(system);
                Statement sql = database.createStatement();
                ResultSet rows = sql.executeQuery("""
                        select split_part(external_id, '-', 2)::bigint as batch, count(distinct external_id) as events
                        from event where external_id like 'killed-%' group by 1
                        """)) {
            while (rows.next()) {
                stored.put(rows.getLong(1), rows.getLong(2));
            }
        }
        return acknowledged.stream()
                .mapToLong(batch -> EventBatches.SIZE - stored.getOrDefault(batch.number(), 0L))
                .sum();
    }

    /** Rows too many for an id, and feed rows too many for an event. */
    private long doubled() throws SQLException {
        try (Connection database = IngestBench.connect(system);
                Statement sql = database.createStatement();
                ResultSet rows = sql.executeQuery("""
                        select (select count(*) - count(distinct external_id) from event)
                          + (select count(*) from feed_event where type = 'event.recorded') - (select count(*) from event)
                        """)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void join(Thread caller) {
        try {
            caller.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Trouble("Stopped.", stopped);
        }
    }
}
