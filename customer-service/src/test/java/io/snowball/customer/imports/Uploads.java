package io.snowball.customer.imports;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestTokens;
import java.util.List;
import java.util.UUID;

/** Announces files, sends them and asks what became of them. */
final class Uploads {
    private static final java.util.Map<String, String> MEDIA_TYPES = java.util.Map.of(
            "CSV", "text/csv",
            "NDJSON", "application/x-ndjson",
            "XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    private Uploads() {}

    static String anImport(String kind, String format) {
        return announced("{\"kind\":\"%s\",\"format\":\"%s\"}".formatted(kind, format));
    }

    static String announced(String body) {
        Response answer = announce(Ids.next(), body);
        answer.then().statusCode(201);
        return answer.jsonPath().getString("id");
    }

    static Response announce(UUID key, String body) {
        return announce(Roles.ADMIN, key, body);
    }

    static Response announce(String role, UUID key, String body) {
        return TestTokens.as(role)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1/imports");
    }

    static JsonPath completed(String id, byte[] content) {
        Response answer = put(id, content);
        answer.then().statusCode(200).body("state", equalTo("COMPLETED")).body("finishedAt", notNullValue());
        return answer.jsonPath();
    }

    /** In the format that was announced. */
    static Response put(String id, byte[] content) {
        return send(id, content).put("/api/v1/imports/" + id + "/content");
    }

    static Response preview(String id, byte[] content) {
        return send(id, content).post("/api/v1/imports/" + id + "/previews");
    }

    private static RequestSpecification send(String id, byte[] content) {
        Response announced = TestTokens.as(Roles.ADMIN).get("/api/v1/imports/" + id);
        String format = announced.statusCode() == 200 ? announced.jsonPath().getString("format") : "CSV";
        return TestTokens.as(Roles.ADMIN)
                .contentType(MEDIA_TYPES.getOrDefault(format, ""))
                .body(content);
    }

    static JsonPath status(String id) {
        return TestTokens.as(Roles.MARKETER).get("/api/v1/imports/" + id).jsonPath();
    }

    static List<String> errors(String id) {
        JsonPath page = TestTokens.as(Roles.ADMIN)
                .get("/api/v1/imports/" + id + "/errors?limit=200")
                .jsonPath();
        return page.<java.util.Map<String, Object>>getList("items").stream()
                .map(error -> error.get("line") + " " + error.get("field") + " " + error.get("reason"))
                .toList();
    }
}
