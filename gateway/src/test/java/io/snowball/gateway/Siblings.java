package io.snowball.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Customer, consent and campaign answer with what reached them; segmentation is down. */
public class Siblings implements QuarkusTestResourceLifecycleManager {
    /** What waits for a test: the reading of an upload, and the second line of an answer. */
    private static final CompletableFuture<Void> READING = new CompletableFuture<>();

    private static final CompletableFuture<Void> SECOND_LINE = new CompletableFuture<>();

    private final Vertx vertx = Vertx.vertx();

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String service : new String[] {"customer", "consent", "campaign"}) {
            settings.put("snowball.peers." + service, "http://localhost:" + listen(service));
        }
        settings.put("snowball.peers.segmentation", "http://localhost:" + closedPort());
        settings.put("gateway.admin.password", Door.ADMIN_PASSWORD);
        // A password costs time by design, and the tests have many.
        settings.put("gateway.login.hash-memory", "64");
        settings.put("gateway.limits.body-time", "PT8S");
        settings.put("gateway.limits.public-body-time", "PT4S");
        return settings;
    }

    public static void startReading() {
        READING.complete(null);
    }

    public static void sendSecondLine() {
        SECOND_LINE.complete(null);
    }

    private int listen(String service) {
        HttpServer server = vertx.createHttpServer(new HttpServerOptions().setPort(0));
        server.requestHandler(request -> {
            switch (request.path()) {
                case "/api/v1/customers/conflict" -> problem(request.response());
                case "/api/v1/customers/cut" -> cut(request);
                case "/api/v1/customers/lines" -> lines(request.response());
                case "/api/v1/customers/elsewhere" ->
                    request.response()
                            .putHeader("Location", "/api/v1/customers/1")
                            .putHeader("Set-Cookie", "a=b")
                            .setStatusCode(201)
                            .end();
                case "/api/v1/imports/refused/content" -> problem(request.response());
                case "/api/v1/imports/gated/content" -> {
                    request.pause();
                    READING.whenComplete((_, _) -> request.resume());
                    echo(service, request);
                }
                default -> echo(service, request);
            }
        });
        return server.listen().toCompletionStage().toCompletableFuture().join().actualPort();
    }

    private static void echo(String service, HttpServerRequest request) {
        long[] bytes = new long[1];
        request.handler(chunk -> bytes[0] += chunk.length());
        request.endHandler(_ -> {
            JsonObject headers = new JsonObject();
            request.headers()
                    .names()
                    .forEach(name -> headers.put(
                            name.toLowerCase(java.util.Locale.ROOT),
                            new JsonArray(request.headers().getAll(name))));
            Buffer body = new JsonObject()
                    .put("service", service)
                    .put("method", request.method().name())
                    .put("uri", request.uri())
                    .put("headers", headers)
                    .put("bytes", bytes[0])
                    .toBuffer();
            request.response()
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Content-Length", String.valueOf(body.length()))
                    .end(body);
        });
    }

    private static void problem(HttpServerResponse response) {
        response.setStatusCode(409)
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("Retry-After", "7")
                .end("{\"type\":\"/problems/their-own\",\"title\":\"As they said\",\"status\":409}");
    }

    private static void cut(HttpServerRequest request) {
        request.response().setChunked(true);
        request.response()
                .write("half of it")
                .onComplete(_ -> request.connection().close());
    }

    private static void lines(HttpServerResponse response) {
        response.setChunked(true).putHeader("Content-Type", "application/x-ndjson");
        response.write("{\"line\":1}\n")
                .onComplete(_ -> SECOND_LINE.whenComplete((_, _) -> response.end("{\"line\":2}\n")));
    }

    static int closedPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
