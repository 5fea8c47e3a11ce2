package io.snowball.consent.policy;

import static io.snowball.platform.testkit.TestTokens.anonymous;
import static io.snowball.platform.testkit.TestTokens.as;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.consent.OwnerDatabase;
import io.snowball.consent.document.Sha256;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** B1, r35: the policy, in versions that never change, on a page for everybody (152-FZ art. 18.1 p. 2). */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class PolicyTest {
    @Test
    @DisplayName("r35: a new version takes effect on its day; the one before stays to the letter")
    void r35EachVersionStaysAsItWas() {
        String first = "Политика\n<b>первая</b> " + Ids.next();
        int version = publish("ru", first, "").then().statusCode(201).extract().path("version");
        page("ru")
                .statusCode(200)
                .contentType("text/html")
                .body(containsString("&lt;b&gt;первая&lt;/b&gt;"))
                .body(containsString(Sha256.hex(first)))
                .body(containsString("Редакция " + version));
        publish("ru", "Будущая " + Ids.next(), ", \"effectiveFrom\": \"2099-01-01T00:00:00Z\"")
                .then()
                .statusCode(201)
                .body("version", equalTo(version + 1));
        page("ru").body(containsString(Sha256.hex(first))).body(not(containsString("Будущая")));
        as(Roles.DPO)
                .get("/api/v1/policies/ru/versions/" + version)
                .then()
                .statusCode(200)
                .body("text", equalTo(first))
                .body("sha256", equalTo(Sha256.hex(first)));
        publish("ru", "Задним числом", ", \"effectiveFrom\": \"2020-01-01T00:00:00Z\"")
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/policy-version-out-of-order"));
        assertThatThrownBy(() -> OwnerDatabase.run("update policy_version set text = 'другое'"))
                .hasMessageContaining("append-only");
    }

    @Test
    @DisplayName("r35: in the reader's language if there is one, and the preference page leads to it")
    void r35TheReadersLanguage() {
        publish("en", "Policy " + Ids.next(), "").then().statusCode(201);
        page("en").statusCode(200).body(containsString("Policy on personal data"));
        String url = as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"customerId\": \"%s\", \"channel\": \"EMAIL\"}".formatted(Ids.next()))
                .post("/api/v1/preference-links")
                .path("url");
        anonymous()
                .get(url.substring(url.indexOf("/p/")))
                .then()
                .statusCode(200)
                .body(containsString("href=\"/p/policy\""));
    }

    @Test
    void onlyDpoAndAdminPublishAndWhatIsNotThereIsSaidSo() {
        as(Roles.MARKETER)
                .contentType(ContentType.JSON)
                .body("{\"text\": \"x\"}")
                .post("/api/v1/policies/ru/versions")
                .then()
                .statusCode(403);
        publish("russian", "x", "").then().statusCode(400);
        as(Roles.DPO).get("/api/v1/policies/de/versions/7").then().statusCode(404);
    }

    private static Response publish(String language, String text, String more) {
        return as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"text\": \"%s\"%s}".formatted(text.replace("\n", "\\n"), more))
                .post("/api/v1/policies/" + language + "/versions");
    }

    private static io.restassured.response.ValidatableResponse page(String language) {
        return anonymous().header("Accept-Language", language).get("/p/policy").then();
    }
}
