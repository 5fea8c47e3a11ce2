package io.snowball.segmentation.rfm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.snowball.segmentation.TestClock;
import io.snowball.segmentation.fact.FactFixtures;
import io.snowball.segmentation.fact.FakeCustomerService;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C23: a company declares grids of its own")
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class RfmGridResourceTest {
    @Inject
    FactFixtures facts;

    @Inject
    TestClock clock;

    @BeforeEach
    void atNoon() {
        clock.set(TestClock.NOON);
    }

    @Test
    void gradesByThresholdsUpToAndFromTheBound() {
        UUID inside = facts.customer();
        facts.order(inside, TestClock.NOON.minus(Duration.ofDays(31)).plusMillis(1), 100_000);
        UUID outside = facts.customer();
        facts.order(outside, TestClock.NOON.minus(Duration.ofDays(31)), 99_999);

        String grid = created(body("")).path("id");
        assertThat(score(grid, inside)).isEqualTo(List.of(2, 1, 2, "BEST"));
        assertThat(score(grid, outside)).isEqualTo(List.of(1, 1, 1, "OTHERS"));
        report(grid)
                .then()
                .statusCode(200)
                .body("cells.code", equalTo(List.of("BEST", "OTHERS")))
                .body("bands.recencyDays", equalTo(List.of(31.0f)))
                .body("bands.revenue", equalTo(List.of(1000.0f)));
        TestTokens.as(Roles.ANALYST)
                .queryParam("cell", "BEST")
                .queryParam("limit", 10_000)
                .get("/api/v1/rfm-grids/" + grid + "/scores")
                .then()
                .statusCode(200)
                .body("items.customerId", hasItems(inside.toString()));
    }

    @Test
    void gradesByQuantilesOfAllBuyers() {
        facts.order(facts.customer(), TestClock.NOON, 100);
        String grid = created("""
                {"name": "%s", "method": "QUANTILES", "bands": 3, "cells": [
                  {"code": "TOP", "name": "Лучшие", "recency": {"from": 3, "to": 3},
                   "frequency": {"from": 1, "to": 3}, "monetary": {"from": 1, "to": 3}}]}
                """.formatted(Ids.next())).path("id");
        Response report = report(grid);
        report.then().statusCode(200).body("bands.orders.size()", equalTo(2));
        int sum = report.jsonPath().<Integer>getList("cells.customers").stream()
                .mapToInt(n -> n)
                .sum();
        assertThat(sum).isEqualTo(report.<Integer>path("customers"));
    }

    @Test
    void isEditedByOneAtATimeAndDeleted() {
        Response created = created(body(""));
        String id = created.path("id");
        assertThat(created.header("Location")).endsWith("/api/v1/rfm-grids/" + id);
        String tag = TestTokens.as(Roles.ANALYST).get("/api/v1/rfm-grids/" + id).header("ETag");
        put(id, tag, body("")).then().statusCode(200);
        put(id, tag, body("")).then().statusCode(412);
        TestTokens.as(Roles.ANALYST)
                .get("/api/v1/rfm-grids")
                .then()
                .statusCode(200)
                .body("items.id", hasItems(id));
        TestTokens.as(Roles.MARKETER).delete("/api/v1/rfm-grids/" + id).then().statusCode(204);
        TestTokens.as(Roles.MARKETER).delete("/api/v1/rfm-grids/" + id).then().statusCode(404);
        report(id).then().statusCode(404);
    }

    @Test
    void refusesAGridThatContradictsItself() {
        String name = Ids.next().toString();
        post("""
                {"name": "%s", "method": "THRESHOLDS", "bands": 5, "recencyDays": [30, 30], "orders": [2], "cells": [
                  {"code": "OTHERS", "name": "x", "recency": {"from": 2, "to": 1}, "frequency": {"from": 1, "to": 3},
                   "monetary": {"from": 1, "to": 1}}]}
                """.formatted(name))
                .then()
                .statusCode(400)
                .body(
                        "errors.pointer",
                        hasItems(
                                "/bands",
                                "/revenue",
                                "/recencyDays/1",
                                "/cells/0/code",
                                "/cells/0/recency",
                                "/cells/0/frequency"));
        post("{\"name\": \"x\", \"method\": \"QUANTILES\", \"bands\": 5, \"cells\": [null]}")
                .then()
                .statusCode(400);
        post("{\"name\": \"x\", \"method\": \"QUANTILES\", \"bands\": 11, \"cells\": []}")
                .then()
                .statusCode(400);
        String taken = body("");
        post(taken).then().statusCode(201);
        post(taken).then().statusCode(409).body("type", equalTo("/problems/rfm-grid-name-taken"));
    }

    @Test
    void letsOnlyMarketersDeclareGrids() {
        TestTokens.as(Roles.ANALYST)
                .contentType("application/json")
                .body(body(""))
                .post("/api/v1/rfm-grids")
                .then()
                .statusCode(403);
        TestTokens.as(Roles.SALES).get("/api/v1/rfm-grids").then().statusCode(403);
    }

    private static String body(String suffix) {
        return """
                {"name": "%s", "method": "THRESHOLDS", "recencyDays": [30], "orders": [2], "revenue": [1000.00], "cells": [
                  {"code": "BEST", "name": "Лучшие", "recency": {"from": 2, "to": 2}, "frequency": {"from": 1, "to": 2},
                   "monetary": {"from": 2, "to": 2}}]}
                """.formatted(Ids.next() + suffix);
    }

    private static List<Object> score(String grid, UUID customer) {
        var score = TestTokens.as(Roles.ANALYST)
                .queryParam("limit", 1)
                .queryParam("after", before(customer))
                .get("/api/v1/rfm-grids/" + grid + "/scores")
                .then()
                .statusCode(200)
                .body("items[0].customerId", equalTo(customer.toString()))
                .extract()
                .jsonPath();
        return List.of(
                score.get("items[0].recency"),
                score.get("items[0].frequency"),
                score.get("items[0].monetary"),
                score.get("items[0].cell"));
    }

    private static String before(UUID id) {
        return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() - 1).toString();
    }

    private static Response report(String grid) {
        return TestTokens.as(Roles.ANALYST).get("/api/v1/rfm-grids/" + grid + "/report");
    }

    private static Response put(String id, String tag, String body) {
        return TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .header("If-Match", tag)
                .body(body)
                .put("/api/v1/rfm-grids/" + id);
    }

    private static Response post(String body) {
        return TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .body(body)
                .post("/api/v1/rfm-grids");
    }

    private static Response created(String body) {
        return post(body).then().statusCode(201).extract().response();
    }
}
