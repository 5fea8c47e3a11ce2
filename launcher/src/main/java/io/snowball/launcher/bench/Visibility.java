package io.snowball.launcher.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snowball.launcher.installation.RunningSystem;
import io.snowball.launcher.machine.Trouble;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * How soon an order that the shop tells customer-service of is seen in the customer's cell and segments, at a steady stream over the
 * real feed; and how soon a customer leaves a segment whose window has passed for them.
 */
final class Visibility {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BATCH = 100;
    private static final int SECONDS = 30;
    private static final int SEGMENTS = 20;
    private static final int LEAVING = 200;
    /** Of so many orders one is watched for: to watch them all took a processor away from what is watched. */
    private static final int WATCHED_EACH = 10;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final SegmentationCalls shop;
    private final int perSecond;

    Visibility(RunningSystem system, int perSecond) {
        this.shop = new SegmentationCalls(
                system.endpoints().service("customer"), system.credentials().internalKey());
        this.perSecond = perSecond;
    }

    Map<String, Object> measure(SegmentationCalls segmentation, Statement sql) throws SQLException {
        Map<String, Object> more = new HashMap<>();
        int orders = perSecond * SECONDS;
        List<String> customers = customers(orders + LEAVING, sql);
        List<String> ids = segments(segmentation);
        double[] millis = stream(customers.subList(0, orders), ids.getFirst(), sql);
        Arrays.sort(millis);
        more.put("ordersPerSecond", perSecond);
        more.put("segmentsAlive", ids.size());
        more.put("ordersWatched", millis.length);
        more.put("orderVisibleP50Ms", Math.round(millis[millis.length / 2]));
        more.put("orderVisibleP99Ms", Math.round(millis[(int) (millis.length * 0.99)]));
        more.put("orderVisibleMaxMs", Math.round(millis[millis.length - 1]));
        more.put("expiryToExitMaxSeconds", expiry(customers.subList(orders, customers.size()), segmentation, sql));
        ids.forEach(id -> segmentation.delete("/api/v1/segments/" + id + "?evenIfUsed=true"));
        return more;
    }

    /** New ones; over the real feed too. */
    private List<String> customers(int count, Statement sql) throws SQLException {
        String run = Long.toString(System.nanoTime(), 36);
        List<String> ids = Collections.synchronizedList(new ArrayList<>());
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < count; i++) {
                String body = "{\"externalId\":\"" + run + "-" + i + "\"}";
                threads.execute(() ->
                        ids.add(shop.post("/api/v1/customers", body).path("id").asText()));
            }
        }
        if (ids.size() != count) {
            throw new Trouble("Customers were not created: " + ids.size() + " of " + count);
        }
        until(
                "select count(*) from customer_metric where customer_id = any(array['" + String.join("','", ids)
                        + "']::uuid[])",
                count,
                sql);
        return ids;
    }

    private static List<String> segments(SegmentationCalls segmentation) {
        List<String> ids = new ArrayList<>();
        String run = Long.toString(System.nanoTime(), 36);
        ids.add(segment(segmentation, run + " bought just now", """
                {"type":"all","rules":[{"type":"orders","aggregate":"COUNT","op":"GREATER_OR_EQUAL","value":1,"window":{"lastHours":1}},
                  {"type":"rfmCell","in":["FIRST_PURCHASE"]}]}
                """));
        RuleOfBench[] rules = RuleOfBench.values();
        for (int i = 1; i < SEGMENTS; i++) {
            ids.add(segment(segmentation, run + " " + i, rules[i % rules.length].json()));
        }
        return ids;
    }

    private static String segment(SegmentationCalls segmentation, String name, String rule) {
        return segmentation
                .post("/api/v1/segments", "{\"name\":\"" + name + "\",\"rule\":" + rule + "}")
                .path("id")
                .asText();
    }

    /** @return milliseconds from when the shop began to tell until the customer was seen in the segment */
    private double[] stream(List<String> customers, String segment, Statement sql) throws SQLException {
        Map<UUID, Long> told = new HashMap<>();
        List<Double> seen = new ArrayList<>();
        int watched = customers.size() / WATCHED_EACH;
        long began = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(4)) {
            threads.execute(() -> {
                for (int from = 0; from < customers.size(); from += BATCH) {
                    long due = began + from * 1_000_000_000L / perSecond;
                    pause(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
                    List<String> batch = customers.subList(from, Math.min(from + BATCH, customers.size()));
                    String body = orders(batch, Instant.now().minusSeconds(1));
                    // From when it was due: a shop that has to wait is not a shop that tells less.
                    synchronized (told) {
                        for (int i = 0; i < batch.size(); i += WATCHED_EACH) {
                            told.put(UUID.fromString(batch.get(i)), due);
                        }
                    }
                    threads.execute(() -> shop.post("/api/v1/orders", body));
                }
            });
            long end = began + PATIENCE.toNanos();
            while (seen.size() < watched && System.nanoTime() < end) {
                pause(LOOK_AGAIN);
                look(segment, sql, told, seen);
            }
            threads.shutdownNow();
        }
        if (seen.size() < watched) {
            throw new Trouble("Only " + seen.size() + " of " + watched + " orders were seen in time");
        }
        return seen.stream().mapToDouble(n -> n).toArray();
    }

    private static void look(String segment, Statement sql, Map<UUID, Long> told, List<Double> seen)
            throws SQLException {
        String awaited;
        synchronized (told) {
            awaited = told.keySet().stream().map(UUID::toString).collect(Collectors.joining("','"));
        }
        if (awaited.isEmpty()) {
            return;
        }
        try (ResultSet rows = sql.executeQuery("select customer_id from segment_member where segment_id = '" + segment
                + "' and customer_id = any(array['" + awaited + "']::uuid[])")) {
            long now = System.nanoTime();
            while (rows.next()) {
                synchronized (told) {
                    seen.add((now - Objects.requireNonNull(told.remove((UUID) rows.getObject(1)))) / 1e6);
                }
            }
        }
    }

    private static String orders(List<String> customers, Instant at) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode items = body.putArray("items");
        for (String customer : customers) {
            items.addObject()
                    .put("externalId", "bench-" + customer + "-" + at.toEpochMilli())
                    .put("customerId", customer)
                    .put("orderedAt", at.toString())
                    .putArray("lines")
                    .addObject()
                    .put("sku", "SKU-1")
                    .put("quantity", 1)
                    .put("price", "100.00");
        }
        return body.toString();
    }

    /** Orders of nearly an hour ago, whose hour passes one after the other within the next minutes. */
    private double expiry(List<String> customers, SegmentationCalls segmentation, Statement sql) throws SQLException {
        String segment = segment(segmentation, "leaving " + System.nanoTime(), """
                {"type":"orders","aggregate":"COUNT","op":"GREATER_OR_EQUAL","value":1,"window":{"lastHours":1}}
                """);
        Instant first = Instant.now().minus(Duration.ofHours(1)).plusSeconds(20);
        for (int i = 0; i < customers.size(); i++) {
            shop.post(
                    "/api/v1/orders",
                    orders(List.of(customers.get(i)), first.plusMillis(90_000L * i / customers.size())));
        }
        String ids = "array['" + String.join("','", customers) + "']::uuid[]";
        until(
                "select count(*) from segment_member where segment_id = '" + segment + "' and customer_id = any(" + ids
                        + ")",
                customers.size(),
                sql);
        String still =
                "select coalesce(max(extract(epoch from clock_timestamp() - o.ordered_at - interval '1 hour')), -1) from segment_member m"
                        + " join order_fact o on o.customer_id = m.customer_id where m.segment_id = '" + segment
                        + "' and m.customer_id = any(" + ids + ")";
        double longest = 0;
        double age;
        long end = System.nanoTime() + PATIENCE.toNanos();
        do {
            pause(LOOK_AGAIN.multipliedBy(10));
            try (ResultSet rows =
                    sql.executeQuery(still + " and o.ordered_at < clock_timestamp() - interval '1 hour'")) {
                rows.next();
                age = rows.getDouble(1);
            }
            longest = Math.max(longest, age);
        } while ((age >= 0 || Instant.now().isBefore(first.plusSeconds(3600 + 95))) && System.nanoTime() < end);
        segmentation.delete("/api/v1/segments/" + segment + "?evenIfUsed=true");
        return Math.round(10 * longest) / 10.0;
    }

    private static void until(String count, long wanted, Statement sql) throws SQLException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long found = -1;
        while (found != wanted && System.nanoTime() < end) {
            try (ResultSet rows = sql.executeQuery(count)) {
                rows.next();
                found = rows.getLong(1);
            }
            pause(LOOK_AGAIN.multipliedBy(10));
        }
        if (found != wanted) {
            throw new Trouble("The feed did not bring everything in time: " + found + " of " + wanted);
        }
    }

    private static void pause(Duration duration) {
        ImportBench.pause(duration);
    }
}
