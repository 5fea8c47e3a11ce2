package io.snowball.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snowball.launcher.api.SnowballApi;
import io.snowball.launcher.machine.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** customer-service killed (SIGKILL) while an import and while events come in: what was acknowledged is there, once (A8, H1, H7). */
class CrashTest {
    private static final int KILLS = 2;
    private static final int BATCH = 50;
    private static final Duration BACK_OFF = Duration.ofMillis(20);

    private final Snowball snowball = Snowball.running();
    private final SnowballApi api = snowball.api();
    private final String name = "crash" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void losesNoLineOfAFileAndDoublesNoneThoughKilledInTheMiddle() throws Exception {
        int orders = 40_000;
        customers();
        StringBuilder csv = new StringBuilder("order_id,customer_id,ordered_at,sku,quantity,price\n");
        for (int n = 0; n < orders; n++) {
            String begin = name + "-" + n + "," + name + "-" + n % 20 + ",2026-01-02T03:04:05Z,";
            csv.append(begin).append("A,1,10.00\n").append(begin).append("B,2,5.50\n");
        }
        ObjectNode wanted = api.json().createObjectNode().put("kind", "ORDERS").put("format", "CSV");
        String id = api.once("/api/v1/imports", wanted, name).path("id").asText();
        String content = "/api/v1/imports/" + id + "/content";
        try (var uploads = Executors.newSingleThreadExecutor()) {
            for (int kill = 1; kill <= KILLS; kill++) {
                long before = stored();
                Future<JsonNode> upload = uploads.submit(() -> api.putText(content, "text/csv", csv.toString()));
                Awaitility.await()
                        .atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> upload.isDone() || stored() > before);
                snowball.system().kill("customer");
                assertThat(upload)
                        .as("kill %d came in the middle", kill)
                        .failsWithin(Duration.ofMinutes(2))
                        .withThrowableThat()
                        .withCauseInstanceOf(Trouble.class);
                snowball.system().startAgain("customer");
                assertThat(api.get("/api/v1/imports/" + id).path("state").asText())
                        .isEqualTo("INTERRUPTED");
            }
        }
        assertThat(stored()).as("was killed in the middle").isBetween(1L, orders - 1L);

        JsonNode done = api.putText(content, "text/csv", csv.toString());

        assertThat(done.path("state").asText()).isEqualTo("COMPLETED");
        assertThat(done.path("rejected").asLong()).isZero();
        assertThat(done.path("accepted").asLong() + done.path("unchanged").asLong())
                .isEqualTo(orders);
        assertThat(stored()).isEqualTo(orders);
        String ours = "from orders o where o.external_id like '" + name + "-%'";
        assertThat(snowball.count("customer", "select count(distinct o.external_id) " + ours))
                .isEqualTo(orders);
        assertThat(snowball.count("customer", "select sum(o.amount) " + ours)).isEqualTo(2_100L * orders);
        assertThat(snowball.count(
                        "customer", "select count(*) from order_line l where l.order_id in (select o.id " + ours + ")"))
                .isEqualTo(2L * orders);
        assertThat(snowball.count(
                        "customer",
                        "select count(*) from feed_event e where e.type = 'order.changed'"
                                + " and (e.data->>'orderId')::uuid in (select o.id " + ours + ")"))
                .as("each is announced once")
                .isEqualTo(orders);
    }

    @Test
    void keepsEachEventThatWasAcknowledgedOnceThroughKills() throws Exception {
        customers();
        Queue<Integer> acknowledged = new ConcurrentLinkedQueue<>();
        Queue<Integer> unknown = new ConcurrentLinkedQueue<>();
        AtomicInteger next = new AtomicInteger();
        Random random = new Random(7);
        List<Future<?>> senders = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(3)) {
            for (int i = 0; i < 3; i++) {
                senders.add(threads.submit(() -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        int batch = next.getAndIncrement();
                        if (isTaken(batch)) {
                            acknowledged.add(batch);
                        } else {
                            unknown.add(batch);
                            // As a client would: while nobody answers, thousands would be refused at once.
                            LockSupport.parkNanos(BACK_OFF.toNanos());
                        }
                    }
                }));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                int before = acknowledged.size();
                Campaigns.until(() -> acknowledged.size() > before + 5);
                Thread.sleep(random.nextInt(100));
                snowball.system().kill("customer");
                snowball.system().startAgain("customer");
            }
            int before = acknowledged.size();
            Campaigns.until(() -> acknowledged.size() > before + 5);
            threads.shutdownNow();
        }
        senders.forEach(Future::resultNow);
        assertThat(unknown).as("kills in the middle of a call").isNotEmpty();
        assertThat(acknowledged).allSatisfy(batch -> assertThat(events(batch)).isEqualTo(BATCH));

        unknown.forEach(batch -> assertThat(isTaken(batch)).isTrue());

        String ours = "from event e where e.external_id like '" + name + "-%'";
        assertThat(snowball.count("customer", "select count(*) " + ours)).isEqualTo((long) BATCH * next.get());
        assertThat(snowball.count("customer", "select count(distinct e.external_id) " + ours))
                .isEqualTo((long) BATCH * next.get());
        assertThat(snowball.count(
                        "customer",
                        "select count(*) from feed_event f where f.type = 'event.recorded'"
                                + " and (f.data->>'eventId')::uuid in (select e.id " + ours + ")"))
                .as("each is told once")
                .isEqualTo((long) BATCH * next.get());
    }

    /** Whether the batch was acknowledged; the same number is the same batch. */
    private boolean isTaken(int batch) {
        ObjectNode body = api.json().createObjectNode();
        for (int i = 0; i < BATCH; i++) {
            body.withArray("items")
                    .addObject()
                    .put("id", name + "-" + batch + "-" + i)
                    .put("type", "product_view")
                    .put(
                            "occurredAt",
                            Instant.parse("2026-01-02T03:04:05Z")
                                    .plusSeconds(batch)
                                    .toString())
                    .put("customerExternalId", name + "-" + i % 20)
                    .putObject("properties")
                    .put("sku", "A-" + i);
        }
        try {
            JsonNode items = api.post("/api/v1/events/batches", body, null).path("items");
            items.forEach(item -> assertThat(item.path("outcome").asText()).isIn("ACCEPTED", "DUPLICATE"));
            return items.size() == BATCH;
        } catch (Trouble _) {
            return false;
        }
    }

    private long events(int batch) {
        return snowball.count(
                "customer", "select count(*) from event where external_id like '" + name + "-" + batch + "-%'");
    }

    private long stored() {
        return snowball.count("customer", "select count(*) from orders where external_id like '" + name + "-%'");
    }

    private void customers() {
        StringBuilder csv = new StringBuilder("external_id\n");
        for (int n = 0; n < 20; n++) {
            csv.append(name).append('-').append(n).append('\n');
        }
        ObjectNode wanted =
                api.json().createObjectNode().put("kind", "CUSTOMERS").put("format", "CSV");
        String id = api.once("/api/v1/imports", wanted, name + " customers")
                .path("id")
                .asText();
        api.putText("/api/v1/imports/" + id + "/content", "text/csv", csv.toString());
    }
}
