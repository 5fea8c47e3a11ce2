package io.snowball.consent.incident;

import static io.snowball.platform.testkit.TestTokens.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.consent.Requisites;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requirements r33, r34: two clocks in hours, two forms, the class of the fine. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class IncidentTest {
    @BeforeEach
    void anOperator() {
        Requisites.record();
    }

    @Test
    @DisplayName("r34: 24 and 72 hours of real time, over new year's holidays too")
    void r34ClocksRunInHours() {
        report("2025-12-31T20:00:00Z", 10, 10)
                .then()
                .statusCode(201)
                .body("noticeDueAt", equalTo("2026-01-01T20:00:00Z"))
                .body("resultDueAt", equalTo("2026-01-03T20:00:00Z"))
                .body("overdue", equalTo(true));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "999, 9999, -, -",
                "1000, 0, 13.11 ч. 12, 3000000",
                "0, 10000, 13.11 ч. 12, 3000000",
                "10000, 100000, 13.11 ч. 12, 3000000",
                "10001, 0, 13.11 ч. 13, 5000000",
                "0, 100001, 13.11 ч. 13, 5000000",
                "100000, 1000000, 13.11 ч. 13, 5000000",
                "100001, 0, 13.11 ч. 14, 10000000",
                "0, 1000001, 13.11 ч. 14, 10000000"
            })
    @DisplayName("r33: the class of the fine follows from people or identifiers, whichever weighs more")
    void r33TheClassFollowsFromTheCounts(long subjects, long identifiers, @Nullable String part, @Nullable String min) {
        Response answer = report("2026-01-10T00:00:00Z", subjects, identifiers);
        answer.then().statusCode(201).body("fine.part", part == null ? nullValue() : equalTo(part));
        if (min != null) {
            answer.then().body("fine.min", equalTo(Float.parseFloat(min)));
        }
    }

    @Test
    @DisplayName("r33, r34: people and identifiers are counted from the access log: by time, by user, by where from")
    void r33CountedFromTheAccessLog() {
        String actor = "u-" + Ids.next();
        UUID one = Ids.next();
        UUID two = Ids.next();
        seen(actor, "READ", "DONE", 0, one);
        seen(actor, "EXPORT", "DONE", 0, one, two);
        seen(actor, "READ", "DENIED", 0, Ids.next());
        seen(actor, "CHANGE", "DONE", 0, Ids.next());
        seen("another", "READ", "DONE", 0, Ids.next());
        seen(actor, "EXPORT", "DONE", 1500);
        String id = report("2026-11-21T00:00:00Z", 1, 1).path("id");
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("""
                        {"from": "2026-11-20T00:00:00Z", "to": "2026-11-21T00:00:00Z", "actor": "%s"}
                        """.formatted(actor))
                .post("/api/v1/incidents/{id}/counts", id)
                .then()
                .statusCode(200)
                .body("counted.records", equalTo(3))
                .body("counted.subjects", equalTo(2))
                .body("counted.unnamed", equalTo(1500))
                // Each has an id here and, as customer-service says, two identifiers more.
                .body("counted.identifiers", equalTo(6))
                .body("subjects", equalTo(1502))
                .body("identifiers", equalTo(1506))
                .body("fine.part", equalTo("13.11 ч. 12"));
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"from\": \"2026-11-21T00:00:00Z\", \"to\": \"2026-11-20T00:00:00Z\"}")
                .post("/api/v1/incidents/{id}/counts", id)
                .then()
                .statusCode(400);
    }

    private static void seen(String actor, String action, String result, int unnamed, UUID... whose) {
        String ids = java.util.Arrays.stream(whose)
                .map(id -> "\"" + id + "\"")
                .collect(java.util.stream.Collectors.joining(", "));
        as(Roles.SERVICE)
                .contentType(ContentType.JSON)
                .body("""
                        {"source": "customer", "records": [{"id": "%s", "at": "2026-11-20T12:00:00Z", "actor": "%s", "roles": [],
                          "action": "%s", "operation": "x", "customers": [%s], "customerCount": %d, "reason": "x", "result": "%s"}]}
                        """.formatted(Ids.next(), actor, action, ids, unnamed + whose.length, result))
                .post("/api/v1/access-batches")
                .then()
                .statusCode(204);
    }

    @Test
    @DisplayName("r34: before 30.05.2025 there was no such class")
    void r34TheLawOfTheDayCounts() {
        report("2025-05-29T00:00:00Z", 5000, 5000).then().body("fine", nullValue());
    }

    @Test
    @DisplayName("r34: forms of order 187, the notice before the result, each once with its number")
    void r34NoticeThenResult() {
        String id = report(null, 1200, 3600)
                .then()
                .body("overdue", equalTo(false))
                .extract()
                .path("id");
        as(Roles.DPO)
                .get("/api/v1/incidents/{id}/notice/html", id)
                .then()
                .statusCode(200)
                .body(containsString("Первичное уведомление"))
                .body(containsString("Предполагаемые причины"))
                .body(containsString("1200"));
        result(id).then().statusCode(409).body("type", equalTo("/problems/incident-notice-first"));
        notice(id).then().statusCode(200).body("noticeReference", equalTo("РКН-1"));
        notice(id).then().statusCode(409).body("type", equalTo("/problems/incident-sent"));
        result(id).then().statusCode(200).body("actNumber", equalTo("1-И")).body("overdue", equalTo(false));
        result(id).then().statusCode(409);
        as(Roles.DPO)
                .get("/api/v1/incidents/{id}/result/pdf", id)
                .then()
                .statusCode(200)
                .contentType("application/pdf");
        as(Roles.DPO)
                .get("/api/v1/incidents/{id}/notice/pdf", id)
                .then()
                .statusCode(200)
                .contentType("application/pdf");
    }

    @Test
    void whatIsNotThereOrNotAllowedIsSaidSo() {
        as(Roles.DPO).get("/api/v1/incidents/{id}", Ids.next()).then().statusCode(404);
        as(Roles.DPO).get("/api/v1/incidents").then().statusCode(200);
        as(Roles.MARKETER).get("/api/v1/incidents").then().statusCode(403);
        report("2199-01-01T00:00:00Z", 1, 1).then().statusCode(400);
    }

    private static Response report(@Nullable String discoveredAt, long subjects, long identifiers) {
        return as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("""
                        {%s "what": "Выгрузка", "reasons": "Пароль", "data": "Телефоны", "subjects": %d, "identifiers": %d,
                         "harm": "Звонки", "measures": "Закрыто"}
                        """.formatted(
                                discoveredAt == null ? "" : "\"discoveredAt\": \"" + discoveredAt + "\",",
                                subjects,
                                identifiers))
                .post("/api/v1/incidents");
    }

    private static Response notice(String id) {
        return as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"reference\": \"РКН-1\"}")
                .post("/api/v1/incidents/{id}/notices", id);
    }

    private static Response result(String id) {
        return as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"confirmed\": \"Пароль\", \"actNumber\": \"1-И\", \"reference\": \"РКН-2\"}")
                .post("/api/v1/incidents/{id}/results", id);
    }
}
