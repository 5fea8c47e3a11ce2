package io.snowball.customer.deal;

import static io.snowball.customer.Shop.unique;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.snowball.customer.Shop;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestTokens;
import java.util.List;
import java.util.UUID;

/** A pipeline and a customer that no other test knows, and what can be done with deals of theirs. */
final class Selling {
    final UUID customer;
    final String pipeline;
    final List<String> stages;

    static final Selling NONE = new Selling(Ids.next(), "", List.of());

    private Selling(UUID customer, String pipeline, List<String> stages) {
        this.customer = customer;
        this.pipeline = pipeline;
        this.stages = stages;
    }

    static Selling begin() {
        JsonPath made =
                pipeline(unique("p"), """
                [{"name":"Заявка","kind":"OPEN","expectedHours":24},{"name":"Предложение","kind":"OPEN","expectedHours":72},
                 {"name":"Продано","kind":"WON"},{"name":"Отказ","kind":"LOST"}]
                """).then().statusCode(201).extract().jsonPath();
        return new Selling(Shop.customer(unique("c")), made.getString("id"), made.getList("stages.id", String.class));
    }

    static io.restassured.specification.RequestSpecification as(String role) {
        return TestTokens.as(role);
    }

    static Response post(String role, String path, String body) {
        return as(role).contentType(ContentType.JSON).body(body).post(path);
    }

    static Response put(String path, String version, String body) {
        return as(Roles.SALES)
                .contentType(ContentType.JSON)
                .header("If-Match", version)
                .body(body)
                .put(path);
    }

    static String pipelineBody(String name, String stages) {
        return "{\"name\":\"%s\",\"stages\":%s}".formatted(name, stages);
    }

    static Response pipeline(String name, String stages) {
        return post(Roles.ADMIN, "/api/v1/pipelines", pipelineBody(name, stages));
    }

    String create(String more) {
        return "{\"customerId\":\"%s\",\"pipelineId\":\"%s\",\"title\":\"Станок\"%s}"
                .formatted(customer, pipeline, more.isEmpty() ? "" : "," + more);
    }

    String deal(String more) {
        return post(Roles.SALES, "/api/v1/deals", create(more))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    static Response move(String deal, int version, String stage) {
        return step(deal, version, "moves", "{\"stageId\":\"%s\"}".formatted(stage));
    }

    static Response move(String deal, int version, String stage, String reason) {
        return step(deal, version, "moves", "{\"stageId\":\"%s\",\"lossReason\":\"%s\"}".formatted(stage, reason));
    }

    static Response reopen(String deal, int version, String stage) {
        return step(deal, version, "reopenings", "{\"stageId\":\"%s\"}".formatted(stage));
    }

    static Response step(String deal, int version, String step, String body) {
        return as(Roles.SALES)
                .contentType(ContentType.JSON)
                .header("If-Match", "\"" + version + "\"")
                .body(body)
                .post("/api/v1/deals/" + deal + "/" + step);
    }

    static void block(UUID customer) {
        as(Roles.SERVICE)
                .put("/api/v1/personal-data/" + customer + "/block")
                .then()
                .statusCode(204);
    }
}
