package io.snowball.consent.operator;

import static io.snowball.platform.testkit.TestTokens.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.snowball.consent.OwnerDatabase;
import io.snowball.consent.Requisites;
import io.snowball.consent.Samples;
import io.snowball.consent.document.PurposeVersions;
import io.snowball.platform.id.Ids;
import io.snowball.platform.problem.ProblemException;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirements r01, r04: who the operator is and what a purpose means, by date. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class OperatorTest {
    @Inject
    Pool pool;

    @Inject
    Operators operators;

    @Inject
    PurposeVersions purposes;

    @Test
    @DisplayName("r01: a document of a day names the operator as it was on that day")
    void r01TheOperatorIsKnownByDate() {
        Requisites.record("ООО «Прежнее»", "2015-01-01T00:00:00Z");
        Requisites.record("ООО «Ромашка»", "2016-01-01T00:00:00Z");
        assertThat(at("2015-06-01T00:00:00Z")).isEqualTo("ООО «Прежнее»");
        assertThat(at("2016-06-01T00:00:00Z")).isEqualTo("ООО «Ромашка»");
        assertThatThrownBy(() -> at("2000-01-01T00:00:00Z")).isInstanceOf(ProblemException.class);
    }

    @Test
    @DisplayName("r01: requisites are added, never changed")
    void r01RequisitesAreNeverChanged() {
        Requisites.record("ООО «Ромашка»", "2016-01-01T00:00:00Z");
        assertThatThrownBy(() -> OwnerDatabase.run("update operator_details set inn = '7711111111'"))
                .hasMessageContaining("append-only");
        Requisites.post("ООО «Другое»", "2016-01-01T00:00:00Z")
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/operator-details-exist"));
    }

    @Test
    @DisplayName(
            "r01: an event names the requisites that were in force; what is recorded later for a day before changes no receipt and no proof")
    void r01AnEventNamesTheOperatorOfItsDay() throws Exception {
        Requisites.record("ООО «Ромашка»", "2016-01-01T00:00:00Z");
        // What this test records in between must be nobody's operator of today.
        Requisites.record("ООО «Ромашка»", "2017-04-01T00:00:00Z");
        UUID customer = Ids.next();
        String recordId = Samples.record(Samples.withdrawn(customer, "2017-03-01T00:00:00Z"))
                .then()
                .statusCode(201)
                .extract()
                .path("recordId");
        String after = Samples.record(Samples.withdrawn(customer, "2017-04-01T00:00:00Z"))
                .path("recordId");
        String receipt = receipt(recordId);
        assertThat(receipt).contains("Ромашка");

        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body(Requisites.body("ООО «Задним числом»", "2017-02-01T00:00:00Z")
                        .replace("ответственностью «Ромашка»", "ответственностью «Задним числом»"))
                .post("/api/v1/operator-details")
                .then()
                .statusCode(201);

        as(Roles.DPO)
                .get("/api/v1/consents/{id}", recordId)
                .then()
                .body("operatorSince", equalTo("2016-01-01T00:00:00Z"))
                .body("format", equalTo(3));
        as(Roles.DPO).get("/api/v1/consents/{id}", after).then().body("operatorSince", equalTo("2017-04-01T00:00:00Z"));
        assertThat(receipt(recordId)).isEqualTo(receipt);
        String proof = proof(customer, "2017-03-02T00:00:00Z");
        assertThat(proof).contains("\"2016-01-01T00:00:00Z\"").doesNotContain("Задним числом");
        // What is said from now on about that day names what is known of it now.
        String late = Samples.record(Samples.withdrawn(Ids.next(), "2017-03-01T00:00:00Z"))
                .path("recordId");
        assertThat(receipt(late)).contains("Задним числом");
    }

    private static String receipt(String recordId) {
        return as(Roles.DPO)
                .get("/api/v1/consent-receipts/{id}", recordId)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("receipt")
                .toString();
    }

    private static String proof(UUID customer, String at) throws IOException {
        byte[] zip = as(Roles.DPO)
                .get("/api/v1/consent-proofs/{id}?channel=EMAIL&at={at}", customer, at)
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            ZipEntry entry = in.getNextEntry();
            while (!entry.getName().equals("proof.json")) {
                entry = in.getNextEntry();
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    @DisplayName("r04: a purpose has ground, data, actions, term and way of withdrawal by version")
    void r04APurposeIsDescribedByDate() {
        String code = "p-" + Ids.next();
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"code\": \"%s\", \"title\": \"Клуб\"}".formatted(code))
                .post("/api/v1/purposes")
                .then()
                .statusCode(201);
        describe(code, "телефон", "2026-01-01T00:00:00Z").then().statusCode(201).body("version", equalTo(1));
        describe(code, "почта", "2026-02-01T00:00:00Z").then().statusCode(201).body("version", equalTo(2));
        describe(code, "почта", "2026-02-01T00:00:00Z").then().statusCode(409);

        assertThat(categories(code, "2026-01-15T00:00:00Z")).isEqualTo("[телефон]");
        assertThat(categories(code, "2026-03-01T00:00:00Z")).isEqualTo("[почта]");
        as(Roles.MARKETER)
                .get("/api/v1/purposes/{code}/versions", code)
                .then()
                .statusCode(200)
                .body("items.categories[1]", hasItem("телефон"));
        assertThatThrownBy(() -> OwnerDatabase.run("delete from purpose_version"))
                .hasMessageContaining("append-only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"123", "77000000001", ""})
    void aWrongInnIsRefused(String inn) {
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body(Requisites.body("ООО", "2016-01-01T00:00:00Z").replace("7700000000", inn))
                .post("/api/v1/operator-details")
                .then()
                .statusCode(400);
    }

    @Test
    void onlyThoseWhoAnswerForItRecordRequisites() {
        as(Roles.MARKETER).get("/api/v1/operator-details").then().statusCode(403);
        as(Roles.DPO).get("/api/v1/operator-details").then().statusCode(200);
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/purposes/no-such/versions")
                .then()
                .statusCode(400);
        describe("no-such", "x", "2026-01-01T00:00:00Z").then().statusCode(404);
        as(Roles.DPO).get("/api/v1/purposes/no-such/versions").then().statusCode(404);
    }

    private String at(String time) {
        return operators.at(pool, Instant.parse(time)).await().indefinitely().shortName();
    }

    private String categories(String code, String time) {
        return purposes.at(pool, Instant.parse(time)).await().indefinitely().stream()
                .filter(purpose -> purpose.code().equals(code))
                .findFirst()
                .orElseThrow()
                .categories()
                .toString();
    }

    private static io.restassured.response.Response describe(String code, String category, String from) {
        return as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("""
                        {"effectiveFrom": "%s", "legalBasis": "CONSENT", "subjects": ["покупатели"], "categories": ["%s"],
                         "actions": ["сбор"], "methods": ["автоматизированная"], "recipients": [], "term": "год",
                         "withdrawalMethod": "по ссылке"}
                        """.formatted(from, category))
                .post("/api/v1/purposes/{code}/versions", code);
    }
}
