package io.snowball.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.snowball.gateway.Door;
import io.snowball.gateway.Door.Person;
import io.snowball.gateway.MovedClock;
import io.snowball.gateway.Siblings;
import io.snowball.gateway.SlowCaller;
import io.snowball.platform.SnowballConfig;
import io.snowball.platform.testkit.TestDatabase;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(Siblings.class)
class ForwardingTest {
    private static final int MEGABYTE = 1 << 20;

    @Inject
    MovedClock clock;

    @Inject
    SnowballConfig config;

    @ParameterizedTest
    @CsvSource({
        "GET,/api/v1/customers?limit=2&cursor=a%2Bb,customer",
        "POST,/api/v1/customer-searches,customer",
        "PUT,/api/v1/imports/1,customer",
        "PATCH,/api/v1/consent-documents/1,consent",
        "DELETE,/api/v1/campaigns/%D1%8F,campaign",
        "GET,/api/v1/tariffs,campaign"
    })
    void reachesTheServiceAsItWasAsked(String method, String uri, String service) {
        Door.admin()
                .request()
                .urlEncodingEnabled(false)
                .request(method, uri)
                .then()
                .statusCode(200)
                .body("service", equalTo(service))
                .body("method", equalTo(method))
                .body("uri", equalTo(uri));
    }

    @Test
    void bringsTheInternalTokenInsteadOfTheCallersOwn() throws Exception {
        Person person = Door.as("sales", "analyst");
        List<String> authorization =
                person.request().get("/api/v1/orders/1").then().extract().path("headers.authorization");
        assertThat(authorization).hasSize(1);
        String token = authorization.getFirst().substring("Bearer ".length());
        assertThat(token).isNotEqualTo(person.token());
        JwtClaims claims = new JwtConsumerBuilder()
                .setExpectedIssuer("snowball")
                .setVerificationKey(new HmacKey(config.internalKey().getBytes(StandardCharsets.UTF_8)))
                .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                .build()
                .processToClaims(token);
        assertThat(claims.getSubject()).isEqualTo(person.id());
        assertThat(claims.getStringClaimValue("upn")).isEqualTo(person.login());
        assertThat(claims.getStringListClaimValue("groups")).containsExactlyInAnyOrder("sales", "analyst");
    }

    @Test
    void letsNoHeaderThroughThatIsNotTheCallersToSet() {
        Door.admin()
                .request()
                .header("Cookie", "a=b")
                .header("X-Forwarded-For", "10.0.0.1")
                .header("X-Snowball-User", "root")
                .header("Forwarded", "for=10.0.0.1")
                .header("Connection", "X-Between-Us")
                .header("X-Between-Us", "1")
                .header("TE", "trailers")
                .header("Idempotency-Key", "k")
                .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .header("X-Request-Id", "r")
                .get("/api/v1/customers/1")
                .then()
                .statusCode(200)
                .body("headers.cookie", nullValue())
                .body("headers.forwarded", nullValue())
                .body("headers.te", nullValue())
                .body("headers.'x-snowball-user'", nullValue())
                .body("headers.'x-between-us'", nullValue())
                .body("headers.'x-forwarded-for'", contains("127.0.0.1"))
                .body("headers.'idempotency-key'", contains("k"))
                .body("headers.'x-request-id'", contains("r"))
                .body("headers.traceparent", contains(containsString("4bf92f3577b34da6a3ce929d0e0e4736")));
    }

    @Test
    void leavesAProblemAsItIs() {
        Door.admin()
                .request()
                .get("/api/v1/customers/conflict")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .header("Retry-After", "7")
                .header("X-Content-Type-Options", "nosniff")
                .body("type", equalTo("/problems/their-own"));
    }

    @Test
    void passesALocationAndNoCookie() {
        Door.admin()
                .request()
                .redirects()
                .follow(false)
                .post("/api/v1/customers/elsewhere")
                .then()
                .statusCode(201)
                .header("Location", "/api/v1/customers/1")
                .header("Set-Cookie", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void saysThatASiblingIsDown(String method) {
        Door.admin()
                .request()
                .request(method, "/api/v1/segments")
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", "5")
                .body("type", equalTo("/problems/unavailable"))
                .body(not(containsString("localhost")));
        Door.admin()
                .request()
                .body(new byte[5 * MEGABYTE])
                .post("/api/v1/segments")
                .then()
                .statusCode(503);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/addresses",
                "/api/v1/consent-decisions",
                "/api/v1/segments/1/members;a=b",
                "/api/v1/customers/../addresses",
                "/api/v1/customers/%2e%2e/addresses",
                "/api/v1/customers;a=b",
                "/api/v1//addresses",
                "/api/v1/nothing",
                "/api/v1/",
                "/api/v2/customers",
                "/api",
                "/nothing"
            })
    void doesNotLeadToWhatIsNotForTheOutside(String path) {
        Door.admin()
                .request()
                .urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/not-found"));
    }

    @Test
    void keepsTheFeedToItself() {
        Door.admin().request().get("/feed").then().statusCode(401);
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/customers,10485760", "/api/v1/users,16384", "/api/v1/sessions,16384"})
    void refusesABodyThatIsTooLarge(String path, int bytesMax) throws Exception {
        for (HttpRequest.BodyPublisher body : List.of(announced(bytesMax + 1), unannounced(bytesMax + MEGABYTE))) {
            HttpResponse<String> answer = send(path, "application/json", body);
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(answer.body()).contains("/problems/payload-too-large");
        }
    }

    @Test
    void takesABodyThatIsJustNotTooLarge() throws Exception {
        assertThat(send("/api/v1/customers", "application/json", announced(10 * MEGABYTE))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void takesABodyWhoseLengthIsNotAnnounced() throws Exception {
        byte[] body = "{\"login\":\"admin\",\"password\":\"%s\"}"
                .formatted(Door.ADMIN_PASSWORD)
                .getBytes(StandardCharsets.UTF_8);
        assertThat(send("/api/v1/sessions", "application/json", new ByteArrayInputStream(body))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void cutsOffWhoNeverFinishes() throws Exception {
        String token = "Authorization: Bearer " + Door.admin().token() + "\r\n";
        try (Socket link = SlowCaller.begin("POST /u/abc", 100);
                Socket session = SlowCaller.begin("POST /api/v1/sessions", 100);
                Socket document = SlowCaller.begin("POST /api/v1/customers", 100, token)) {
            for (Socket socket : List.of(link, session, document)) {
                assertThat(SlowCaller.answer(socket))
                        .startsWith("HTTP/1.1 408")
                        .containsIgnoringCase("Content-Type: application/problem+json")
                        .contains("/problems/request-timeout");
            }
        }
    }

    @Test
    void streamsAnUploadAndHoldsItBackWhileTheServiceDoesNotRead() throws Exception {
        long size = 300L * MEGABYTE;
        AtomicLong taken = new AtomicLong();
        CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return send("/api/v1/imports/gated/content", "text/csv", new Blanks(size, taken));
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        });
        // The service does not read: what the door takes must come to an end, and long before the file does.
        AtomicLong before = new AtomicLong(-1);
        await().pollInterval(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(30))
                .until(() -> taken.get() > 0 && before.getAndSet(taken.get()) == taken.get());
        assertThat(taken.get()).isLessThan(32L * MEGABYTE);
        Siblings.startReading();
        HttpResponse<String> done = answer.get();
        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(done.body()).contains("\"bytes\":" + size);
    }

    @Test
    void tellsAtOnceWhenTheServiceRefusesAnUpload() throws Exception {
        HttpResponse<String> answer =
                send("/api/v1/imports/refused/content", "text/csv", new Blanks(20L * MEGABYTE, new AtomicLong()));
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("/problems/their-own");
    }

    @Test
    void streamsAnAnswerLineByLine() throws Exception {
        HttpResponse<InputStream> answer = HttpClient.newHttpClient()
                .send(request("/api/v1/customers/lines").build(), HttpResponse.BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            // The second line is written when the gate opens, and the first must be here before.
            assertThat(lines.readLine()).isEqualTo("{\"line\":1}");
            Siblings.sendSecondLine();
            assertThat(lines.readLine()).isEqualTo("{\"line\":2}");
        }
    }

    @Test
    void cutsTheAnswerWhereTheServiceCutIt() {
        assertThatThrownBy(() -> HttpClient.newHttpClient()
                        .send(request("/api/v1/customers/cut").build(), HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void takesASignInByHttp2() throws Exception {
        HttpRequest signIn = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + "/api/v1/sessions"))
                .version(HttpClient.Version.HTTP_2)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"login\":\"nobody\",\"password\":\"wrong\"}"))
                .build();
        try (HttpClient http2 =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            // The first asks for the upgrade, the second goes by HTTP/2 from its first byte.
            assertThat(http2.send(signIn, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(401);
            assertThat(http2.send(signIn, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void speaksHttp2AsWell() throws Exception {
        HttpClient http2 = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .connectTimeout(Duration.ofSeconds(30))
                .build();
        HttpRequest get = request("/api/v1/customers/1")
                .version(HttpClient.Version.HTTP_2)
                .build();
        HttpResponse<String> got = http2.send(get, HttpResponse.BodyHandlers.ofString());
        assertThat(got.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(http2.send(get, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
        HttpRequest upload = request("/api/v1/imports/1/content")
                .version(HttpClient.Version.HTTP_2)
                .POST(announced(11 * MEGABYTE))
                .build();
        assertThat(http2.send(upload, HttpResponse.BodyHandlers.ofString()).body())
                .contains("\"bytes\":" + 11 * MEGABYTE);
        HttpRequest tooLarge = request("/api/v1/customers")
                .version(HttpClient.Version.HTTP_2)
                .POST(announced(11 * MEGABYTE))
                .build();
        assertThat(http2.send(tooLarge, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(413);
    }

    @Test
    void answersHeadWithoutABody() {
        Response head = Door.admin().request().head("/api/v1/customers/1");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(Integer.parseInt(head.header("Content-Length"))).isPositive();
    }

    @Test
    void tellsBrowsersToBeCareful() {
        RestAssured.get("/")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "no-referrer")
                .header("Content-Security-Policy", containsString("default-src 'self'"))
                .body(containsString("/q/swagger-ui"));
        RestAssured.get("/snowball.css").then().statusCode(200);
        Door.admin().request().get("/api/v1/customers/1").then().header("Cache-Control", "no-store");
        RestAssured.given()
                .header("Origin", "https://elsewhere.example")
                .get("/api/v1/openapi")
                .then()
                .header("Access-Control-Allow-Origin", nullValue());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Authorization", "Bearer " + Door.admin().token());
    }

    private static HttpRequest.BodyPublisher announced(int length) {
        return HttpRequest.BodyPublishers.ofByteArray(new byte[length]);
    }

    private static HttpRequest.BodyPublisher unannounced(int length) {
        return HttpRequest.BodyPublishers.ofInputStream(() -> new Blanks(length, new AtomicLong()));
    }

    private HttpResponse<String> send(String path, String type, InputStream body) throws Exception {
        return send(path, type, HttpRequest.BodyPublishers.ofInputStream(() -> body));
    }

    private HttpResponse<String> send(String path, String type, HttpRequest.BodyPublisher body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        request(path).header("Content-Type", type).POST(body).build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** So many bytes, none of them kept; counts what was taken. */
    private static final class Blanks extends InputStream {
        private final long size;
        private final AtomicLong taken;

        Blanks(long size, AtomicLong taken) {
            this.size = size;
            this.taken = taken;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : ' ';
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            int count = (int) Math.min(length, size - taken.get());
            if (count <= 0) {
                return -1;
            }
            Arrays.fill(buffer, offset, offset + count, (byte) ' ');
            taken.addAndGet(count);
            return count;
        }
    }
}
