package io.snowball.customer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.snowball.platform.id.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Segmentation and consent as a small server. Everything is keyed by ids or purposes that a test makes for itself, so tests don't see
 * each other. A customer agrees unless it was said otherwise.
 */
public class FakeSiblings implements QuarkusTestResourceLifecycleManager {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<UUID, List<String>> SEGMENTS = new ConcurrentHashMap<>();
    private static final Map<String, String> REFUSALS = new ConcurrentHashMap<>();
    private static final Map<String, String> ADDRESSES = new ConcurrentHashMap<>();
    private static final Set<String> DOWN = ConcurrentHashMap.newKeySet();

    private @Nullable HttpServer server;

    public static UUID segment(List<UUID> members) {
        UUID id = Ids.next();
        SEGMENTS.put(id, members.stream().map(UUID::toString).sorted().toList());
        return id;
    }

    public static void refuse(UUID customer, String reason) {
        REFUSALS.put(customer.toString(), reason);
    }

    /** @param what a purpose, or the id of a segment */
    public static void down(Object what) {
        DOWN.add(what.toString());
    }

    public static void up(Object what) {
        DOWN.remove(what.toString());
    }

    /** For which address consent was last asked. */
    public static @Nullable String addressOf(UUID customer) {
        return ADDRESSES.get(customer.toString());
    }

    @Override
    public Map<String, String> start() {
        try {
            HttpServer made = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
            server = made;
            made.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            made.createContext("/api/v1/segments/", FakeSiblings::members);
            made.createContext("/api/v1/consent-decisions", FakeSiblings::decisions);
            made.start();
            String url = "http://localhost:" + made.getAddress().getPort();
            return Map.of("snowball.peers.segmentation", url, "snowball.peers.consent", url);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private static void members(HttpExchange exchange) throws IOException {
        String id = exchange.getRequestURI().getPath().split("/")[4];
        List<String> members = SEGMENTS.get(UUID.fromString(id));
        if (members == null || DOWN.contains(id)) {
            answer(exchange, members == null ? 404 : 503, JSON.createObjectNode());
            return;
        }
        Map<String, String> query = Arrays.stream(
                        exchange.getRequestURI().getQuery().split("&"))
                .collect(Collectors.toMap(pair -> pair.split("=")[0], pair -> pair.split("=")[1]));
        int limit = Integer.parseInt(query.getOrDefault("limit", "1000"));
        String after = query.getOrDefault("after", "");
        List<String> rest =
                members.stream().filter(member -> member.compareTo(after) > 0).toList();
        ObjectNode page = JSON.createObjectNode();
        ArrayNode items = page.putArray("items");
        rest.stream().limit(limit).forEach(items::add);
        if (rest.size() > limit) {
            page.put("nextAfter", rest.get(limit - 1));
        }
        answer(exchange, 200, page);
    }

    private static void decisions(HttpExchange exchange) throws IOException {
        JsonNode question = JSON.readTree(exchange.getRequestBody());
        if (DOWN.contains(question.path("purpose").asText())) {
            answer(exchange, 503, JSON.createObjectNode());
            return;
        }
        ObjectNode answer =
                JSON.createObjectNode().put("decidedAt", Instant.now().toString());
        ArrayNode decisions = answer.putArray("decisions");
        for (int i = 0; i < question.path("customerIds").size(); i++) {
            String customer = question.path("customerIds").path(i).asText();
            ADDRESSES.put(customer, question.path("addresses").path(i).asText());
            String refusal = REFUSALS.get(customer);
            decisions
                    .addObject()
                    .put("customerId", customer)
                    .put("allowed", refusal == null)
                    .put("reason", refusal == null ? "GIVEN" : refusal);
        }
        answer(exchange, 200, answer);
    }

    private static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
