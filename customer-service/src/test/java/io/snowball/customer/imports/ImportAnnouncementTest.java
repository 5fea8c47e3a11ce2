package io.snowball.customer.imports;

import static io.snowball.customer.imports.Uploads.anImport;
import static io.snowball.customer.imports.Uploads.announce;
import static io.snowball.customer.imports.Uploads.put;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Announcing an import, and who may. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ImportAnnouncementTest {
    @Test
    void answersTheSameImportForTheSameKey() {
        UUID key = Ids.next();
        Response first = announce(key, "{\"kind\":\"ORDERS\",\"format\":\"CSV\"}");
        first.then()
                .statusCode(201)
                .header("Location", startsWith("/api/v1/imports/"))
                .body("state", equalTo("CREATED"))
                .body("startedAt", nullValue())
                .body("createdAt", notNullValue());
        assertThat(announce(key, "{\"kind\":\"ORDERS\",\"format\":\"CSV\"}").asString())
                .isEqualTo(first.asString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\":\"ORDERS\"}",
                "{\"kind\":\"CATS\",\"format\":\"CSV\"}",
                "{\"kind\":\"ORDERS\",\"format\":\"CSV\",\"delimiter\":\"ab\"}",
                "{\"kind\":\"ORDERS\",\"format\":\"CSV\",\"delimiter\":\"\\\"\"}",
                ""
            })
    void refusesAWrongBody(String body) {
        announce(Ids.next(), body).then().statusCode(400).contentType("application/problem+json");
    }

    /** Who may not change one customer may not change them by a file, not even one that somebody else has announced. */
    @Test
    void leavesCustomersToThoseWhoMayChangeOne() {
        String customers = "{\"kind\":\"CUSTOMERS\",\"format\":\"CSV\"}";
        announce(Roles.MARKETER, Ids.next(), customers)
                .then()
                .statusCode(403)
                .body("detail", containsString("admin, partner, sales"));
        announce(Roles.MARKETER, Ids.next(), "{\"kind\":\"ORDERS\",\"format\":\"CSV\"}")
                .then()
                .statusCode(201);
        announce(Roles.PARTNER, Ids.next(), customers).then().statusCode(201);
        announce(Roles.SALES, Ids.next(), "{\"kind\":\"ORDERS\",\"format\":\"CSV\"}")
                .then()
                .statusCode(403);
        TestTokens.as(Roles.MARKETER)
                .contentType("text/csv")
                .body("external_id\n".getBytes(UTF_8))
                .put("/api/v1/imports/" + anImport("CUSTOMERS", "CSV") + "/content")
                .then()
                .statusCode(403);
    }

    @Test
    void asksForAKeyAndForARole() {
        TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body("{\"kind\":\"ORDERS\",\"format\":\"CSV\"}")
                .post("/api/v1/imports")
                .then()
                .statusCode(400);
        TestTokens.as(Roles.ANALYST).get("/api/v1/imports/" + Ids.next()).then().statusCode(403);
        TestTokens.as(Roles.ADMIN).get("/api/v1/imports/" + Ids.next()).then().statusCode(404);
        TestTokens.as(Roles.ADMIN)
                .get("/api/v1/imports/" + Ids.next() + "/errors")
                .then()
                .statusCode(404);
        put(Ids.next().toString(), new byte[0]).then().statusCode(404);
    }
}
