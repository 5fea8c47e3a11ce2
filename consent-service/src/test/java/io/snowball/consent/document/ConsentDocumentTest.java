package io.snowball.consent.document;

import static io.snowball.platform.testkit.TestTokens.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.consent.OwnerDatabase;
import io.snowball.consent.Samples;
import io.snowball.platform.db.Params;
import io.snowball.platform.id.Ids;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirements r03 to r05: one document for one consent, its text and hash fixed for ever. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ConsentDocumentTest {
    @Inject
    Pool pool;

    @Test
    void r05HashesTheTextToTheLetter() {
        String id = create("c-" + Ids.next(), "hello", "2026-01-01T00:00:00Z").path("document.id");
        as(Roles.PARTNER)
                .get("/api/v1/consent-documents/{id}/versions/1", id)
                .then()
                .statusCode(200)
                .body("text", equalTo("hello"))
                .body("sha256", equalTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"))
                .body("effectiveFrom", equalTo("2026-01-01T00:00:00Z"));
    }

    @Test
    void r05ANewVersionLeavesTheOldOneAsItWas() {
        String id =
                create("c-" + Ids.next(), "first words", "2026-01-01T00:00:00Z").path("document.id");
        String before = as(Roles.DPO)
                .get("/api/v1/consent-documents/{id}/versions/1", id)
                .asString();

        publish(id, "other words", "2026-02-01T00:00:00Z")
                .then()
                .statusCode(201)
                .body("version", equalTo(2))
                .header("Location", containsString("/api/v1/consent-documents/" + id + "/versions/2"));

        assertThat(as(Roles.DPO)
                        .get("/api/v1/consent-documents/{id}/versions/1", id)
                        .asString())
                .isEqualTo(before);
        as(Roles.MARKETER)
                .get("/api/v1/consent-documents/{id}", id)
                .then()
                .statusCode(200)
                .body("document.currentVersion", equalTo(2))
                .body("versions.version", equalTo(java.util.List.of(2, 1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update consent_document_version set text = 'x' where document_id = '%s'",
                "delete from consent_document_version where document_id = '%s'",
                "update consent_document set purpose = 'other' where id = '%s'"
            })
    void r05TheDatabaseRefusesToChangeWhatWasSigned(String change) {
        String id = Samples.advertisingDocument();
        assertThatThrownBy(() -> OwnerDatabase.run(change.formatted(id)))
                .as("not even the owner of the tables")
                .hasMessageMatching("(?s).*(append-only|never changes).*");
    }

    @Test
    void r05TheDatabaseRefusesATextUnderAnotherHash() {
        UUID id = UUID.fromString(Samples.advertisingDocument());
        assertThatThrownBy(() ->
                        pool.preparedQuery("""
                                insert into consent_document_version
                                values ($1, 9, 'these words', sha256('other words'), now(), now(), 'x')
                                """).execute(Params.of(id)).await().indefinitely())
                .hasMessageContaining("ck_consent_document_version__sha256");
    }

    @Test
    void aVersionThatIsStillToComeIsNotTheCurrentOne() {
        String id = Samples.advertisingDocument();
        publish(id, "later", "2199-01-01T00:00:00Z").then().statusCode(201);
        as(Roles.DPO)
                .get("/api/v1/consent-documents/{id}", id)
                .then()
                .body("document.currentVersion", equalTo(1))
                .body("versions.size()", equalTo(2));
    }

    @Test
    void refusesAVersionThatWouldTakeEffectBeforeTheLastOne() {
        String id = Samples.advertisingDocument();
        publish(id, "earlier", "2019-01-01T00:00:00Z")
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/version-out-of-order"));
    }

    @Test
    void refusesASecondDocumentWithTheSameCodeAndLanguage() {
        String code = "c-" + Ids.next();
        create(code, "text", "2026-01-01T00:00:00Z").then().statusCode(201).header("Location", notNullValue());
        create(code, "text", "2026-01-01T00:00:00Z")
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/consent-document-exists"));
    }

    @Test
    void refusesAnUnknownPurposeAndAnUnknownDocument() {
        as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body(body("c-" + Ids.next(), "text", "2026-01-01T00:00:00Z").replace("marketing", "nobody-knows"))
                .post("/api/v1/consent-documents")
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/unknown-purpose"));
        as(Roles.DPO).get("/api/v1/consent-documents/{id}", Ids.next()).then().statusCode(404);
        as(Roles.DPO).get("/api/v1/consent-documents/abc").then().statusCode(400);
        publish(Ids.next().toString(), "text", "2026-01-01T00:00:00Z")
                .then()
                .statusCode(404)
                .body("type", equalTo("/problems/consent-document-not-found"));
        as(Roles.DPO)
                .get("/api/v1/consent-documents/{id}/versions/7", Samples.advertisingDocument())
                .then()
                .statusCode(404);
    }

    @Test
    void listsDocumentsPageByPage() {
        Samples.advertisingDocument();
        Samples.advertisingDocument();
        String next = as(Roles.MARKETER)
                .get("/api/v1/consent-documents?limit=1")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1))
                .extract()
                .path("nextCursor");
        as(Roles.MARKETER)
                .queryParam("cursor", next)
                .get("/api/v1/consent-documents?limit=1")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1));
        as(Roles.MARKETER)
                .queryParam("cursor", Cursor.encode(List.of("made-up")))
                .get("/api/v1/consent-documents")
                .then()
                .statusCode(400);
        as(Roles.MARKETER)
                .urlEncodingEnabled(false)
                .get("/api/v1/purposes/%00")
                .then()
                .statusCode(400);
    }

    @Test
    void marketingIsAPurposeFromTheStartAndOthersCanBeAdded() {
        as(Roles.MARKETER)
                .get("/api/v1/purposes?limit=200")
                .then()
                .statusCode(200)
                .body("items.code", hasItem("marketing"));
        String code = "p-" + Ids.next();
        String body = "{\"code\": \"" + code + "\", \"title\": \"Клуб\"}";
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/purposes")
                .then()
                .statusCode(201);
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/purposes")
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/purpose-exists"));
        as(Roles.PARTNER)
                .get("/api/v1/purposes/{code}", code)
                .then()
                .statusCode(200)
                .body("title", equalTo("Клуб"));
        as(Roles.PARTNER).get("/api/v1/purposes/nobody-knows").then().statusCode(404);
    }

    @Test
    void onlyDpoAndAdminWrite() {
        String body = body("c-" + Ids.next(), "text", "2026-01-01T00:00:00Z");
        for (String role : new String[] {Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.PARTNER, Roles.SERVICE}) {
            as(role).contentType(ContentType.JSON)
                    .body(body)
                    .post("/api/v1/consent-documents")
                    .then()
                    .statusCode(403);
            as(role).contentType(ContentType.JSON)
                    .body("{\"code\": \"x\", \"title\": \"x\"}")
                    .post("/api/v1/purposes")
                    .then()
                    .statusCode(403);
        }
    }

    private static Response create(String code, String text, String effectiveFrom) {
        return as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body(body(code, text, effectiveFrom))
                .post("/api/v1/consent-documents");
    }

    private static String body(String code, String text, String effectiveFrom) {
        return """
                {"code": "%s", "type": "ADVERTISING", "purpose": "marketing", "language": "en", "title": "Consent",
                 "text": "%s", "effectiveFrom": "%s"}
                """.formatted(code, text, effectiveFrom);
    }

    private static Response publish(String id, String text, String effectiveFrom) {
        return as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"text\": \"" + text + "\", \"effectiveFrom\": \"" + effectiveFrom + "\"}")
                .post("/api/v1/consent-documents/{id}/versions", id);
    }
}
