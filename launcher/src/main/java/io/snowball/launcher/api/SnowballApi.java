package io.snowball.launcher.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.snowball.launcher.machine.Trouble;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The gateway's API as any client uses it: sign in, then JSON. What it refuses becomes one sentence. */
public final class SnowballApi {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** As long as the gateway lets a file take. */
    private static final Duration FILE_PATIENCE = Duration.ofHours(6);

    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI gateway;
    private @Nullable String token;

    public SnowballApi(URI gateway) {
        this.gateway = gateway;
    }

    public ObjectMapper json() {
        return json;
    }

    public void signIn(String login, String password) {
        token = post(
                        "/api/v1/sessions",
                        json.createObjectNode().put("login", login).put("password", password),
                        null)
                .path("accessToken")
                .asText();
    }

    /** What {@link #signIn} got. */
    public String token() {
        if (token == null) {
            throw new IllegalStateException("Sign in first");
        }
        return token;
    }

    public JsonNode get(String path) {
        return call("GET", path, BodyPublishers.noBody(), "application/json", null);
    }

    /** Every item of a list, page by page. */
    public void forEach(String path, Consumer<JsonNode> action) {
        String cursor = "";
        do {
            JsonNode page = get(path + (path.contains("?") ? "&" : "?") + "limit=200" + cursor);
            page.path("items").forEach(action);
            cursor = page.hasNonNull("nextCursor")
                    ? "&cursor=" + page.path("nextCursor").asText()
                    : "";
        } while (!cursor.isEmpty());
    }

    /** @param operation names the request for ever: the same name sent again gets the same answer and does nothing */
    public JsonNode once(String path, JsonNode body, String operation) {
        return post(path, body, UUID.nameUUIDFromBytes(operation.getBytes(StandardCharsets.UTF_8)));
    }

    public JsonNode post(String path, JsonNode body, @Nullable UUID key) {
        return call("POST", path, text(body), "application/json", key);
    }

    public JsonNode putText(String path, String contentType, String content) {
        return call("PUT", path, BodyPublishers.ofString(content), contentType, null);
    }

    /** Streams a file of any size. */
    public JsonNode putFile(String path, String contentType, Path file) {
        try {
            return call("PUT", path, BodyPublishers.ofFile(file), contentType, null);
        } catch (FileNotFoundException missing) {
            throw Trouble.of(missing);
        }
    }

    /** Streams what is made as it is read. */
    public JsonNode putStream(String path, String contentType, Supplier<InputStream> content) {
        return call("PUT", path, BodyPublishers.ofInputStream(content), contentType, null);
    }

    /** A request without a login, as a mail program makes it; only the status matters. */
    public int open(String method, URI link, String form) {
        HttpRequest.Builder request = HttpRequest.newBuilder(link).timeout(PATIENCE);
        if (method.equals("POST")) {
            request.header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form));
        }
        return send(request.build()).statusCode();
    }

    private BodyPublisher text(JsonNode body) {
        try {
            return BodyPublishers.ofString(json.writeValueAsString(body));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private JsonNode call(String method, String path, BodyPublisher body, String contentType, @Nullable UUID key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(method.equals("PUT") ? FILE_PATIENCE : PATIENCE)
                .header("Content-Type", contentType)
                .header("Accept", "application/json")
                .method(method, body);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (key != null) {
            request.header("Idempotency-Key", key.toString());
        }
        HttpResponse<String> response = send(request.build());
        JsonNode answer = parse(response.body());
        if (response.statusCode() >= 400) {
            throw new Trouble(method + " " + path + " was refused with " + response.statusCode() + ": "
                    + answer.path("title").asText() + " "
                    + answer.path("detail").asText() + answer.path("errors"));
        }
        return answer;
    }

    private JsonNode parse(String body) {
        try {
            return body.isBlank() ? MissingNode.getInstance() : json.readTree(body);
        } catch (JsonProcessingException _) {
            return MissingNode.getInstance();
        }
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new Trouble("The system at " + gateway + " does not answer; ./snowball status tells more.", failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Trouble("Stopped.", stopped);
        }
    }
}
