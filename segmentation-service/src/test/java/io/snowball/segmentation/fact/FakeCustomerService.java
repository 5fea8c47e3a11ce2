package io.snowball.segmentation.fact;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The siblings that are followed, as their contract has it, small: one for all, for each feed passes over what it does not know; serves the feed in pages of three, waits for news, and takes what it is to tell by
 * {@code POST /events}. What campaigns were and brought it tells as it was told.
 */
public class FakeCustomerService implements QuarkusTestResourceLifecycleManager {
    private static final int PAGE = 3;
    private static final Pattern AFTER = Pattern.compile("lastEventId=1-(\\d+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<ObjectNode> events = new ArrayList<>();
    private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
            started.setExecutor(threads);
            started.createContext("/events", this::add);
            started.createContext("/feed", this::feed);
            started.createContext("/answers", this::learn);
            started.createContext("/api", this::tell);
            started.start();
            server = started;
            String url = "http://localhost:" + started.getAddress().getPort();
            return Map.of(
                    "snowball.peers.customer", url, "snowball.peers.campaign", url, "snowball.peers.consent", url);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void add(HttpExchange exchange) throws IOException {
        JsonNode added = JSON.readTree(exchange.getRequestBody());
        synchronized (events) {
            for (JsonNode event : added) {
                events.add(((ObjectNode) event).put("id", "1-" + (events.size() + 1)));
            }
            events.notifyAll();
        }
        answer(exchange, 204, new byte[0]);
    }

    /** {@code PUT /answers/api/v1/…} with what is to be answered there; without a body it is 503. */
    private void learn(HttpExchange exchange) throws IOException {
        answers.put(
                exchange.getRequestURI().getPath().substring("/answers".length()),
                exchange.getRequestBody().readAllBytes());
        answer(exchange, 204, new byte[0]);
    }

    private void tell(HttpExchange exchange) throws IOException {
        byte[] body = answers.get(exchange.getRequestURI().getPath());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        answer(exchange, body == null ? 404 : body.length == 0 ? 503 : 200, body == null ? new byte[0] : body);
    }

    private void feed(HttpExchange exchange) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization == null || !authorization.startsWith("Bearer ")) {
            answer(exchange, 401, new byte[0]);
            return;
        }
        Matcher after = AFTER.matcher(exchange.getRequestURI().getQuery());
        ArrayNode page = page(after.find() ? Integer.parseInt(after.group(1)) : 0);
        exchange.getResponseHeaders().set("Content-Type", "application/cloudevents-batch+json");
        answer(exchange, 200, JSON.writeValueAsBytes(page));
    }

    private ArrayNode page(int after) {
        synchronized (events) {
            if (events.size() <= after) {
                try {
                    events.wait(5_000);
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            }
            int from = Math.min(after, events.size());
            return JSON.createArrayNode().addAll(events.subList(from, Math.min(from + PAGE, events.size())));
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
        threads.shutdownNow();
    }
}
