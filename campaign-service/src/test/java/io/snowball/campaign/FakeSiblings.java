package io.snowball.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Segmentation, consent and customer as small servers. Everything is keyed by ids or purposes that a test makes for itself, so tests
 * don't see each other. A customer agrees and has an address unless it was said otherwise.
 */
public class FakeSiblings implements QuarkusTestResourceLifecycleManager {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<UUID, List<UUID>> SEGMENTS = new ConcurrentHashMap<>();
    private static final Map<UUID, String> REFUSALS = new ConcurrentHashMap<>();
    private static final Map<UUID, String> ADDRESSES = new ConcurrentHashMap<>();
    private static final Set<String> PURPOSES_DOWN = ConcurrentHashMap.newKeySet();
    private static final Map<String, AtomicInteger> QUESTIONS = new ConcurrentHashMap<>();
    private static final Map<String, String> STOPPED_ADDRESSES = new ConcurrentHashMap<>();
    private static final Set<UUID> AWAITED = ConcurrentHashMap.newKeySet();
    private static final Set<String> TOKENS = ConcurrentHashMap.newKeySet();

    private @Nullable HttpServer server;

    public static UUID segment(List<UUID> members) {
        UUID id = UUID.randomUUID();
        SEGMENTS.put(id, members.stream().sorted(FakeSiblings::compare).toList());
        return id;
    }

    /** As PostgreSQL compares: bytewise. */
    private static int compare(UUID a, UUID b) {
        return a.toString().compareTo(b.toString());
    }

    public static void refuse(UUID customer, String reason) {
        REFUSALS.put(customer, reason);
    }

    /** Null for none. */
    public static void address(UUID customer, @Nullable String address) {
        ADDRESSES.put(customer, address == null ? "" : address);
    }

    /** As a stop-list of addresses does. */
    public static void refuseAddress(String address, String reason) {
        STOPPED_ADDRESSES.put(address, reason);
    }

    /** A consent that waits for its confirmation. */
    public static void await(UUID recordId) {
        AWAITED.add(recordId);
    }

    public static void awaitNoLonger(UUID recordId) {
        AWAITED.remove(recordId);
    }

    public static void consentDown(String purpose) {
        PURPOSES_DOWN.add(purpose);
    }

    public static void consentUp(String purpose) {
        PURPOSES_DOWN.remove(purpose);
    }

    public static int questions(String purpose) {
        return QUESTIONS.getOrDefault(purpose, new AtomicInteger()).get();
    }

    public static Set<String> tokens() {
        return TOKENS;
    }

    @Override
    public Map<String, String> start() {
        try {
            HttpServer made = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
            server = made;
            return start(made);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Map<String, String> start(HttpServer server) {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/v1/segments/", exchange -> answer(exchange, members(exchange)));
        server.createContext("/api/v1/consent-decisions", exchange -> answer(exchange, decisions(exchange)));
        server.createContext("/api/v1/confirmation-links", exchange -> answer(exchange, confirmationLinks(exchange)));
        server.createContext("/api/v1/addresses", exchange -> answer(exchange, addresses(exchange)));
        server.start();
        String url = "http://localhost:" + server.getAddress().getPort();
        return Map.of(
                "snowball.peers.segmentation", url, "snowball.peers.consent", url, "snowball.peers.customer", url);
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private static void answer(HttpExchange exchange, @Nullable JsonNode body) throws IOException {
        TOKENS.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        byte[] bytes = body == null ? new byte[0] : JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(
                body == null ? 503 : body.path("status").asInt(200), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static JsonNode members(HttpExchange exchange) {
        UUID id = UUID.fromString(exchange.getRequestURI().getPath().split("/")[4]);
        Map<String, String> query = Arrays.stream(
                        exchange.getRequestURI().getQuery().split("&"))
                .collect(Collectors.toMap(pair -> pair.split("=")[0], pair -> pair.split("=")[1]));
        List<UUID> members = SEGMENTS.get(id);
        if (members == null) {
            return JSON.createObjectNode().put("type", "/problems/not-found").put("status", 404);
        }
        int limit = Integer.parseInt(query.getOrDefault("limit", "50"));
        String after = query.getOrDefault("after", "");
        List<String> rest = members.stream()
                .map(UUID::toString)
                .filter(member -> member.compareTo(after) > 0)
                .toList();
        ObjectNode page = JSON.createObjectNode();
        ArrayNode items = page.putArray("items");
        rest.stream().limit(limit).forEach(items::add);
        if (rest.size() > limit) {
            page.put("nextAfter", rest.get(limit - 1));
        }
        return page;
    }

    private static @Nullable JsonNode decisions(HttpExchange exchange) throws IOException {
        JsonNode question = JSON.readTree(exchange.getRequestBody());
        String purpose = question.path("purpose").asText();
        QUESTIONS.computeIfAbsent(purpose, _ -> new AtomicInteger()).incrementAndGet();
        if (PURPOSES_DOWN.contains(purpose)) {
            return null;
        }
        ObjectNode answer =
                JSON.createObjectNode().put("decidedAt", Instant.now().toString());
        ArrayNode decisions = answer.putArray("decisions");
        JsonNode addresses = question.path("addresses");
        if (addresses.isArray()
                && addresses.size() != question.path("customerIds").size()) {
            return JSON.createObjectNode().put("type", "/problems/invalid").put("status", 400);
        }
        int place = 0;
        for (JsonNode customer : question.path("customerIds")) {
            String stopped = STOPPED_ADDRESSES.get(addresses.path(place++).asText());
            String refusal = REFUSALS.getOrDefault(UUID.fromString(customer.asText()), stopped);
            ObjectNode decision = decisions.addObject().put("customerId", customer.asText());
            decision.put("allowed", refusal == null).put("reason", refusal == null ? "GIVEN" : refusal);
            decision.put("recordId", new UUID(1, customer.asText().hashCode()).toString());
            decision.put("addedLater", "a consumer does not mind");
        }
        return answer;
    }

    private static JsonNode confirmationLinks(HttpExchange exchange) throws IOException {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode items = answer.putArray("items");
        for (JsonNode item : JSON.readTree(exchange.getRequestBody()).path("items")) {
            String record = item.path("recordId").asText();
            boolean stopped = STOPPED_ADDRESSES.containsKey(item.path("address").asText());
            if (AWAITED.contains(UUID.fromString(record)) && !stopped) {
                items.addObject().put("recordId", record).put("link", "http://localhost:8080/y/" + record + "?a=1&b");
            }
        }
        return answer;
    }

    private static JsonNode addresses(HttpExchange exchange) throws IOException {
        JsonNode question = JSON.readTree(exchange.getRequestBody());
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode items = answer.putArray("items");
        for (JsonNode customer : question.path("customerIds")) {
            UUID id = UUID.fromString(customer.asText());
            String address = ADDRESSES.getOrDefault(id, "c" + id + "@example.test");
            if (!address.isEmpty()) {
                items.addObject()
                        .put("customerId", customer.asText())
                        .put("address", address)
                        .put("firstName", "Имя-" + id)
                        .put("language", "ru");
            }
        }
        return answer;
    }
}
