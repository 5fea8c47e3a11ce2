package io.snowball.customer.exports;

import static org.hamcrest.Matchers.equalTo;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.customer.Shop;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.InternalTokens;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.ContractConformance;
import io.snowball.platform.testkit.TestTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Asking for exports of people that no other test knows. */
@ApplicationScoped
public class Desk {
    @Inject
    ExportWorker worker;

    @Inject
    InternalTokens tokens;

    static UUID customer(String name, String phone, String more) {
        return UUID.fromString(Shop.tell("{\"externalId\":\"%s\",\"phone\":\"%s\"%s}"
                        .formatted(name, phone, more.isEmpty() ? "" : "," + more))
                .jsonPath()
                .getString("id"));
    }

    static String body(String fields) {
        return "{\"format\":\"CSV\",\"purpose\":\"marketing\",\"reason\":\"ticket:17\",%s}".formatted(fields);
    }

    static Response post(String role, String fields) {
        return send(role, body(fields));
    }

    static Response send(String role, String body) {
        return TestTokens.as(role)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", Ids.next())
                .body(body)
                .post("/api/v1/exports");
    }

    static String ask(String role, String fields, UUID... customers) {
        String ids = Arrays.stream(customers).map(id -> "\"" + id + "\"").collect(Collectors.joining(","));
        return post(role, fields + ",\"customerIds\":[" + ids + "]")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    String ready(String fields, UUID... customers) {
        String export = ask(Roles.ADMIN, fields, customers);
        worker.run();
        get(export).then().statusCode(200).body("state", equalTo("READY"));
        return export;
    }

    static Response get(String export) {
        return TestTokens.as(Roles.ADMIN).get("/api/v1/exports/" + export);
    }

    static Response download(String role, String export) {
        return TestTokens.as(role).get("/api/v1/exports/" + export + "/content");
    }

    static Response accesses(String export) {
        return TestTokens.as(Roles.DPO).get("/api/v1/exports/" + export + "/accesses");
    }

    String another(String role) {
        return tokens.mint("somebody-else", "somebody", Set.of(role));
    }

    static io.restassured.specification.RequestSpecification as(String token) {
        return io.restassured.RestAssured.given()
                .filter(ContractConformance.filter())
                .auth()
                .oauth2(token);
    }

    static Response decide(String token, String export, String decision) {
        return as(token)
                .contentType(ContentType.JSON)
                .body("{\"decision\":\"" + decision + "\"}")
                .post("/api/v1/exports/" + export + "/decisions");
    }

    static void block(UUID customer) {
        TestTokens.as(Roles.SERVICE)
                .put("/api/v1/personal-data/" + customer + "/block")
                .then()
                .statusCode(204);
    }
}
