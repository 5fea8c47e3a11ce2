package io.snowball.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snowball.launcher.api.SnowballApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each endpoint of the joined contract is asked for with what nobody should send. A new endpoint is asked by itself: the list is the
 * contract. The answer is always a problem that says something, never a 500 and never a look inside.
 */
class WrongRequestsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");
    private static final String DEEP = "[".repeat(5_000);
    private static final List<String> BODIES =
            List.of("{\"broken\": ", "[]", "\"text\"", "{\"a\":" + DEEP, "nul", "\u0000");

    /** Lists of what is known under an id, which the contract says are empty for an id that nobody has. */
    private static final Set<String> EMPTY_FOR_NOBODY = Set.of(
            "/api/v1/consent-states/{customerId}",
            "/api/v1/ledger-verifications/customers/{customerId}",
            "/api/v1/rfm/customers/{customerId}/history",
            "/api/v1/customers/{id}/changes",
            "/api/v1/customers/{id}/orders",
            "/api/v1/orders/{id}/returns");

    private final Snowball snowball = Snowball.running();
    private final HttpClient http = HttpClient.newHttpClient();

    private static final String[] INSIDE = {"Exception", "io.snowball", "io.quarkus", "java."};

    private static final Set<String> WRONG_FORMS = Set.of("", "List-Unsubscribe=%zz&&=", "{\"broken\": ", "\u0000");

    /** @param byId all that it wants is the ids of something */
    private record Operation(String method, String path, boolean open, boolean takesJson, boolean byId) {
        boolean hasParameter() {
            return path.contains("{");
        }

        String at(String id) {
            return path.replaceAll("\\{[^/]+}", id);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyEndpointRefusesWithAProblem() {
        // With the admin's alone some operations would refuse before they look at the id.
        String token = tokenOfEveryRole();
        List<Operation> operations = operations("/api/");
        assertThat(operations).hasSizeGreaterThan(40);
        return operations.stream()
                .map(operation -> DynamicTest.dynamicTest(operation.method() + " " + operation.path(), () -> {
                    if (!operation.open()) {
                        refusesWithoutAGoodToken(operation, token);
                    }
                    if (operation.hasParameter()) {
                        refusesAnUnknownId(operation, token);
                    }
                    if (operation.takesJson()) {
                        refusesAWrongBody(operation, token);
                    }
                }));
    }

    /** Links in mails and the shop's script: whoever sends what, they never fail and never tell of their inside. */
    @TestFactory
    Stream<DynamicTest> everyPublicPageBearsWhatNobodyShouldSend() {
        List<Operation> operations = operations("/").stream()
                .filter(operation -> !operation.path().startsWith("/api/"))
                .toList();
        assertThat(operations).hasSizeGreaterThan(10);
        return operations.stream()
                .map(operation -> DynamicTest.dynamicTest(operation.method() + " " + operation.path(), () -> {
                    for (String token :
                            List.of("no-such-token", "%00", UUID.randomUUID().toString(), "a.b.c")) {
                        for (String body : operation.method().equals("GET") ? Set.of("") : WRONG_FORMS) {
                            HttpResponse<String> response = send(
                                    operation.method(),
                                    operation.at(token),
                                    null,
                                    body,
                                    "application/x-www-form-urlencoded");
                            String what = operation.method() + " " + operation.at(token) + ": " + response.body();
                            assertThat(response.statusCode()).as(what).isLessThan(500);
                            assertThat(response.body()).as(what).doesNotContain(INSIDE);
                        }
                    }
                }));
    }

    private void refusesWithoutAGoodToken(Operation operation, String token) throws Exception {
        String path = operation.at(UUID.randomUUID().toString());
        isProblem(send(operation.method(), path, null, "{}"), 401, 401);
        for (String forged : forged(token)) {
            isProblem(send(operation.method(), path, forged, "{}"), 401, 401);
        }
    }

    private void refusesAnUnknownId(Operation operation, String token) throws Exception {
        String body = operation.takesJson() ? "{}" : "";
        HttpResponse<String> unknown =
                send(operation.method(), operation.at(UUID.randomUUID().toString()), token, body);
        if (operation.byId() && !EMPTY_FOR_NOBODY.contains(operation.path())) {
            isProblem(unknown, 404, 404);
        }
        // A body may be looked at before the id is; and some ids are names of things that come to be by being put.
        isRefusal(unknown, operation);
        isRefusal(send(operation.method(), operation.at("no-such-id"), token, body), operation);
        isRefusal(send(operation.method(), operation.at("%00"), token, body), operation);
    }

    private void refusesAWrongBody(Operation operation, String token) throws Exception {
        String path = operation.at(UUID.randomUUID().toString());
        for (String body : BODIES) {
            isProblem(send(operation.method(), path, token, body), 400, 499);
        }
    }

    private static void isRefusal(HttpResponse<String> response, Operation operation) throws IOException {
        boolean comesToBe = operation.method().equals("PUT");
        if ((comesToBe || EMPTY_FOR_NOBODY.contains(operation.path())) && response.statusCode() < 300) {
            return;
        }
        isProblem(response, 400, 499);
    }

    private static void isProblem(HttpResponse<String> response, int from, int to) throws IOException {
        String what = response.request().method() + " " + response.uri().getPath() + " answers " + response.statusCode()
                + ": " + response.body();
        assertThat(response.statusCode()).as(what).isBetween(from, to);
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
                .as(what)
                .startsWith("application/problem+json");
        JsonNode problem = JSON.readTree(response.body());
        assertThat(problem.path("status").asInt()).as(what).isEqualTo(response.statusCode());
        assertThat(problem.path("type").asText()).as(what).startsWith("/problems/");
        assertThat(problem.path("title").asText()).as(what).isNotBlank();
        assertThat(response.body()).as(what).doesNotContain(INSIDE);
    }

    private HttpResponse<String> send(String method, String path, @Nullable String token, String body)
            throws IOException, InterruptedException {
        return send(method, path, token, body, "application/json");
    }

    private HttpResponse<String> send(
            String method, String path, @Nullable String token, String body, String contentType)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(snowball.system().endpoints().gateway() + path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", contentType)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private String tokenOfEveryRole() {
        SnowballApi api = snowball.api();
        String login = "everything-" + UUID.randomUUID().toString().substring(0, 8);
        ObjectNode user = JSON.createObjectNode().put("login", login).put("password", "four quiet snowy owls");
        List.of("admin", "marketer", "analyst", "sales", "dpo", "partner").forEach(user.putArray("roles")::add);
        api.once("/api/v1/users", user, login);
        SnowballApi theirs = new SnowballApi(snowball.system().endpoints().gateway());
        theirs.signIn(login, "four quiet snowy owls");
        return theirs.token();
    }

    private List<Operation> operations(String below) {
        JsonNode contract = snowball.api().get("/api/v1/openapi");
        List<Operation> operations = new ArrayList<>();
        contract.path("paths").properties().forEach(path -> {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (METHODS.contains(operation.getKey()) && path.getKey().startsWith(below)) {
                    JsonNode content = operation.getValue().path("requestBody").path("content");
                    JsonNode security = operation.getValue().path("security");
                    operations.add(new Operation(
                            operation.getKey().toUpperCase(java.util.Locale.ROOT),
                            path.getKey(),
                            security.isArray()
                                    && (security.isEmpty() || security.get(0).isEmpty()),
                            content.has("application/json"),
                            isById(contract, operation.getValue())));
                }
            }
        });
        return operations;
    }

    private static boolean isById(JsonNode contract, JsonNode operation) {
        if (operation.has("requestBody")) {
            return false;
        }
        for (JsonNode parameter : operation.path("parameters")) {
            JsonNode schema = parameter.path("schema");
            String reference = schema.path("$ref").asText();
            JsonNode meant = reference.isEmpty() ? schema : contract.at(reference.substring(1));
            if (parameter.path("required").asBoolean()
                    && !(parameter.path("in").asText().equals("path")
                            && meant.path("format").asText().equals("uuid"))) {
                return false;
            }
        }
        return true;
    }

    /** Not signed at all, changed after signing, signed by somebody else, and not a token. */
    private static List<String> forged(String token) {
        String[] parts = token.split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String other = encoded(claims.replaceFirst("\\{", "{\"groups\":[\"service\"],"));
        return List.of(
                encoded("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + parts[1] + ".",
                parts[0] + "." + other + "." + parts[2],
                parts[0] + "." + parts[1] + "." + encoded("not this signature"),
                "nonsense");
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
