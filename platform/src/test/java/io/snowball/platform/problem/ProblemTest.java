package io.snowball.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.snowball.platform.feed.OwnFeed;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong request gets a problem of the right status, and never what it had sent. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(OwnFeed.class)
class ProblemTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"name":"ok","surprise":"secret"}         | /surprise     | unknown-field
            {"name":{"secret":1}}                     | /name         | wrong-type
            {"name":"secret but far too long"}        | /name         | size
            {}                                        | /name         | not-null
            {"name":"ok","parts":[{"code":"secret"}]} | /parts/0/code | size
            """)
    void pointsToTheWrongField(String body, String pointer, String code) {
        post(body)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/invalid-request"))
                .body("errors[0].pointer", equalTo(pointer))
                .body("errors[0].code", equalTo(code))
                .body(not(containsString("secret")));
    }

    @Test
    void refusesWhatIsNotJson() {
        post("{\"name\": secret")
                .statusCode(400)
                .body("type", equalTo("/problems/invalid-request"))
                .body(not(containsString("secret")));
        post("").statusCode(400);
        post("null").statusCode(400);
        post("[]").statusCode(400);
    }

    @Test
    void answersAProblemWhereNothingIs() {
        TestTokens.as(Roles.ADMIN)
                .get("/api/v1/nothing")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
        TestTokens.as(Roles.ADMIN).put("/api/v1/things").then().statusCode(405).contentType("application/problem+json");
        TestTokens.as(Roles.ADMIN)
                .contentType("text/plain")
                .body("x")
                .post("/api/v1/things")
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"down", "terminated", "cancelled", "full"})
    void asksToTryAgainWhenTheDatabaseDoesNotAnswer(String fault) {
        TestTokens.as(Roles.ADMIN)
                .get("/api/v1/faults/" + fault)
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", "5")
                .body("type", equalTo("/problems/unavailable"))
                .body(not(containsString("localhost")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nul", "uuid", "time", "late", "json"})
    void catchesWhatTheDatabaseCantTake(String fault) {
        TestTokens.as(Roles.ADMIN)
                .get("/api/v1/faults/" + fault)
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/invalid-request"))
                .body(not(containsString("secret")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"text":"a\\u0000b"}                        | /text
            {"at":"+1000000000-12-31T23:59:59Z"}        | /at
            {"at":"1899-12-31T23:59:59Z"}               | /at
            {"at":1e15}                                 | /at
            """)
    void refusesWhatNoTableHolds(String body, String pointer) {
        take(body)
                .statusCode(400)
                .body("type", equalTo("/problems/invalid-request"))
                .body("errors[0].pointer", equalTo(pointer))
                .body("errors[0].detail", startsWith("must "));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T01:02:03Z,200",
        "+1000000000-12-31T23:59:59Z,400",
        "0001-01-01T00:00:00Z,400",
        "yesterday,400"
    })
    void boundsTimesInTheAddressToo(String at, int status) {
        TestTokens.as(Roles.ADMIN)
                .queryParam("at", at)
                .get("/api/v1/faults")
                .then()
                .statusCode(status);
    }

    @Test
    void refusesAFormThatCanNotBeDecoded() {
        TestTokens.as(Roles.ADMIN)
                .contentType("application/x-www-form-urlencoded")
                .body("words=%zz")
                .post("/api/v1/faults/forms")
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/invalid-request"));
    }

    /** No client library sends such an address. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/faults?at=%zz", "/api/v1/faults?at=%", "/api/v1/faults/%zz"})
    void refusesAnAddressThatCanNotBeDecoded(String target) throws IOException {
        String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                + TestTokens.token(Roles.ADMIN) + "\r\n\r\n";
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void takesWhatATableHolds() {
        take("{\"text\":\"Ёлка\",\"at\":\"2026-11-22T01:02:03Z\"}").statusCode(200);
        take("{\"text\":null,\"at\":null}").statusCode(200);
    }

    private static ValidatableResponse take(String body) {
        return TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/faults")
                .then();
    }

    @Test
    void tellsNothingOfItsInsideWhenItFails() {
        post("{\"name\":\"bad\"}")
                .statusCode(500)
                .contentType("application/problem+json")
                .body("detail", nullValue())
                .body(not(containsString("fails after it wrote")))
                .body(not(containsString("java")));
    }

    private static ValidatableResponse post(String body) {
        return TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/things")
                .then();
    }
}
