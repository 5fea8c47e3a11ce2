package io.snowball.platform.problem;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.snowball.platform.feed.OwnFeed;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
