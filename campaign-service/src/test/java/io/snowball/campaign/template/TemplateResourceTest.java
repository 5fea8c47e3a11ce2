package io.snowball.campaign.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.campaign.FakeSiblings;
import io.snowball.campaign.Fixtures;
import io.snowball.campaign.MailSink;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeSiblings.class)
@WithTestResource(MailSink.class)
class TemplateResourceTest {
    private static final String ALL = "/api/v1/templates";
    private static final String PATH = ALL + "/";

    @Test
    void isReadWithTheTagThatChangingItNeeds() {
        UUID id = Fixtures.template();
        Response read = TestTokens.as(Roles.MARKETER).get(PATH + id);
        assertThat(read.header("ETag")).isEqualTo("\"1\"");
        put(id, "\"1\"", "Здравствуйте").then().statusCode(200).header("ETag", equalTo("\"2\""));
        put(id, "\"1\"", "Ещё раз").then().statusCode(412).body("type", equalTo("/problems/stale-version"));
        put(id, null, "Ещё раз").then().statusCode(400).body("errors[0].pointer", equalTo("If-Match"));
        put(Ids.next(), "\"1\"", "Ещё раз").then().statusCode(404);
        TestTokens.as(Roles.MARKETER).get(PATH + id).then().body("subject", equalTo("Здравствуйте"));
    }

    @Test
    void refusesATextThatCanNotBeKept() {
        Fixtures.post(ALL, "{\"name\": \"a\", \"subject\": \"b\", \"html\": \"c\\u0000d\"}")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/html"));
    }

    @Test
    void tellsEveryMistakeWithItsLine() {
        Fixtures.post(ALL, """
                        {"name": "x", "subject": "{{ customer.frist_name }}", "html": "<p>\\n{% if customer.language %}</p>"}""")
                .then()
                .statusCode(400)
                .body("errors.pointer", org.hamcrest.Matchers.hasItems("/subject", "/html"))
                .body("errors.find { it.pointer == '/subject' }.detail", containsString("customer.first_name"))
                .body("errors[0].code", equalTo("liquid"));
        Fixtures.post(ALL, "{\"name\": \"\", \"subject\": \"x\", \"html\": \"x\"}")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/name"));
    }

    @Test
    void showsAMailAsACustomerWouldGetItAndEscapesWhatTheCustomerIsCalled() {
        UUID id = Fixtures.template();
        Fixtures.post(PATH + id + "/previews", "{\"firstName\": \"<b>Анна</b>\"}")
                .then()
                .statusCode(200)
                .body("subject", equalTo("<b>Анна</b>, скидки"))
                .body("html", containsString("&lt;b&gt;Анна"))
                .body("html", containsString("https://shop.example/sale"))
                .body("html", not(containsString("/c/")));
        Fixtures.post(PATH + Ids.next() + "/previews", "{}").then().statusCode(404);
    }

    @Test
    void isMadeOnceHoweverOftenTheRequestIsRepeated() {
        UUID key = Ids.next();
        String body = "{\"name\": \"x\", \"subject\": \"x\", \"html\": \"<p>x</p>\"}";
        assertThat(create(key, body).asString()).isEqualTo(create(key, body).asString());
        create(key, body.replace("<p>x</p>", "<p>y</p>")).then().statusCode(422);
    }

    @Test
    void isForMarketersAndListsTheNewestFirst() {
        UUID older = Fixtures.template();
        UUID newer = Fixtures.template();
        TestTokens.as(Roles.ADMIN)
                .queryParam("limit", 2)
                .get(ALL)
                .then()
                .statusCode(200)
                .body("items[0].id", equalTo(newer.toString()))
                .body("items[1].id", equalTo(older.toString()));
        TestTokens.as(Roles.ANALYST).get(PATH + older).then().statusCode(403);
        TestTokens.anonymous().get(PATH + older).then().statusCode(401);
        TestTokens.as(Roles.MARKETER).get(PATH + "abc").then().statusCode(400);
    }

    private static Response create(UUID key, String body) {
        return TestTokens.as(Roles.MARKETER)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post(ALL);
    }

    private static Response put(UUID id, @Nullable String ifMatch, String subject) {
        var request = TestTokens.as(Roles.MARKETER)
                .contentType(ContentType.JSON)
                .body("{\"name\": \"x\", \"subject\": \"" + subject + "\", \"html\": \"<p>x</p>\"}");
        return (ifMatch == null ? request : request.header("If-Match", ifMatch)).put(PATH + id);
    }
}
