package io.snowball.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class BodyLimitsTest {
    private static final int TOO_MUCH = 11 * 1024 * 1024;

    @Test
    void refusesABodyThatIsTooLargeForJson() {
        TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body("{\"firstName\":\"" + "x".repeat(TOO_MUCH) + "\"}")
                .post("/api/v1/customers")
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/payload-too-large"));
    }

    /** Chunked, so that nothing says beforehand how much will come. */
    @Test
    void refusesItAlsoWhenItsLengthIsNotKnownBefore() throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://localhost:" + RestAssured.port + "/api/v1/customers"))
                    .header("Authorization", "Bearer " + TestTokens.token(Roles.ADMIN))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[3 * TOO_MUCH])))
                    .build();
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).isBetween(400, 499);
        } catch (IOException _) {
            // The server may close the connection before the client has read the answer.
        }
    }
}
