package io.snowball.gateway.publiclink;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.snowball.gateway.MovedClock;
import io.snowball.gateway.Siblings;
import io.snowball.gateway.SlowCaller;
import io.snowball.platform.testkit.TestDatabase;
import jakarta.inject.Inject;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(Siblings.class)
class PublicLinksTest {
    @Inject
    MovedClock clock;

    @ParameterizedTest
    @CsvSource({
        "GET,/o/abc-_1,campaign",
        "GET,/c/abc?x=1,campaign",
        "GET,/u/abc,consent",
        "POST,/u/abc,consent",
        "GET,/snowball.js,customer",
        "POST,/w/events,customer"
    })
    void followsALinkWithoutLoginAndWithoutCookies(String method, String uri, String service) {
        RestAssured.given()
                .header("Authorization", "Bearer left-over")
                .header("Cookie", "a=b")
                .request(method, uri)
                .then()
                .statusCode(200)
                .body("service", equalTo(service))
                .body("method", equalTo(method))
                .body("uri", equalTo(uri))
                .body("headers.authorization", nullValue())
                .body("headers.cookie", nullValue());
    }

    @Test
    void passesAShortFormOn() {
        RestAssured.given()
                .contentType("application/x-www-form-urlencoded")
                .body("List-Unsubscribe=One-Click")
                .post("/u/abc")
                .then()
                .statusCode(200)
                .body("bytes", equalTo(26));
        RestAssured.given().body(new byte[65 << 10]).post("/u/abc").then().statusCode(413);
    }

    @Test
    void asksAPageThatSendsTooMuchToWait() {
        Response answer = send("0190a1de-0000-4000-8000-000000000001");
        for (int i = 0; i < 400 && answer.statusCode() == 200; i++) {
            answer = send("0190A1DE-0000-4000-8000-000000000001");
        }
        answer.then().statusCode(429).contentType("application/problem+json").header("Retry-After", equalTo("1"));
        send("0190a1de-0000-4000-8000-000000000002").then().statusCode(200);
        clock.forward(Duration.ofMinutes(1));
        send("0190a1de-0000-4000-8000-000000000001").then().statusCode(200);
    }

    private static Response send(String visitor) {
        return RestAssured.given()
                .contentType("text/plain")
                .body("{\"visitorId\" : \"" + visitor + "\",\"events\":[]}")
                .post("/w/events");
    }

    @Test
    void workWhileHundredsSendTheirFormSlowly() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                slow.add(SlowCaller.begin(i % 2 == 0 ? "POST /u/abc" : "GET /c/abc", 100));
            }
            RestAssured.post("/u/abc").then().statusCode(200);
            RestAssured.get("/c/abc").then().statusCode(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"POST,/o/abc", "DELETE,/u/abc", "PUT,/c/abc", "POST,/snowball.js", "DELETE,/w/events"})
    void refusesEverythingElse(String method, String uri) {
        RestAssured.request(method, uri).then().statusCode(405).contentType("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({"/u/../q/health", "/o/%2e%2e/feed", "/u"})
    void leadsNowhereElse(String uri) {
        RestAssured.given().urlEncodingEnabled(false).get(uri).then().body(not(containsString("\"service\":\"c")));
    }

    @Test
    void countsRequestsWithoutKeepingTokensAndIds() {
        RestAssured.get("/o/token-to-be-kept-nowhere").then().statusCode(200);
        RestAssured.get("/api/v1/customers/id-to-be-kept-nowhere").then().statusCode(401);
        RestAssured.get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("http_server_requests"))
                .body(not(containsString("kept-nowhere")));
    }
}
