package io.snowball.customer.deal;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.deal.Selling.as;
import static io.snowball.customer.deal.Selling.move;
import static io.snowball.customer.deal.Selling.pipeline;
import static io.snowball.customer.deal.Selling.pipelineBody;
import static io.snowball.customer.deal.Selling.post;
import static io.snowball.customer.deal.Selling.put;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.snowball.customer.Shop;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pipelines, their boards and what they tell: A8. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class PipelineTest {
    @Inject
    Shop shop;

    Selling sale = Selling.NONE;

    UUID customer = Ids.next();
    String pipeline = "";
    List<String> stages = List.of();

    @BeforeEach
    void aPipelineAndACustomer() {
        Selling selling = Selling.begin();
        sale = selling;
        customer = selling.customer;
        pipeline = selling.pipeline;
        stages = selling.stages;
    }

    @Test
    void pageByStageAndByManager() {
        String first = sale.deal("\"managerId\":\"board-1\",\"amount\":10");
        String second = sale.deal("\"managerId\":\"board-1\",\"amount\":20.5");
        String other = sale.deal("\"managerId\":\"board-2\"");
        move(other, 1, stages.get(1)).then().statusCode(200);
        Response page = as(Roles.SALES).get("/api/v1/deals?limit=1&stageId=" + stages.getFirst());
        page.then().statusCode(200).body("items.id", contains(second));
        as(Roles.SALES)
                .get("/api/v1/deals?limit=1&stageId=" + stages.getFirst() + "&cursor="
                        + page.jsonPath().getString("nextCursor"))
                .then()
                .body("items.id", contains(first))
                .body("nextCursor", nullValue());
        as(Roles.SALES)
                .get("/api/v1/deals?managerId=board-2&pipelineId=" + pipeline)
                .then()
                .body("items.id", contains(other));
        as(Roles.SALES).get("/api/v1/deals?customerId=" + customer).then().body("items", hasSize(3));
        as(Roles.SALES).get("/api/v1/deals?cursor=x").then().statusCode(400);
        as(Roles.PARTNER).get("/api/v1/deals").then().statusCode(403);
    }

    @Test
    @DisplayName("A8: what hinders, and how long a decision takes")
    void a08SummariseStagesLossesAndTime() {
        sale.deal("\"amount\":10");
        makeOld(move(sale.deal("\"amount\":7"), 1, stages.get(2))
                .then()
                .statusCode(200)
                .extract()
                .path("id"));
        move(sale.deal(""), 1, stages.get(3), "price").then().statusCode(200);
        move(sale.deal(""), 1, stages.get(3), "price").then().statusCode(200);
        move(sale.deal(""), 1, stages.get(3)).then().statusCode(200);
        as(Roles.ANALYST)
                .get("/api/v1/pipelines/" + pipeline + "/summary")
                .then()
                .statusCode(200)
                .body("stages.name", contains("Заявка", "Предложение", "Продано", "Отказ"))
                .body("stages.deals", contains(1, 0, 1, 3))
                .body("stages[0].amount", equalTo(10.0f))
                .body("stages[0].meanHours", notNullValue())
                .body("lossReasons[0].reason", equalTo("price"))
                .body("lossReasons[0].deals", equalTo(2))
                .body("lossReasons[1].reason", nullValue())
                .body("meanDaysToWin", equalTo(10.0f));
    }

    private void makeOld(String deal) {
        shop.text(
                "update deal set created_at = closed_at - interval '10 days' where id = $1 returning id::text",
                UUID.fromString(deal));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[{\"name\":\"a\",\"kind\":\"WON\"}]",
                "[{\"name\":\"a\",\"kind\":\"OPEN\"},{\"name\":\"A\",\"kind\":\"OPEN\"}]",
                "[{\"name\":\" \",\"kind\":\"OPEN\"}]",
                "[{\"name\":\"a\",\"kind\":\"OPEN\",\"expectedHours\":0}]",
                "[{\"name\":\"a\",\"kind\":\"OPEN\"},{\"name\":\"b\",\"kind\":\"LOST\",\"expectedHours\":1}]",
                "[{\"id\":\"01890a5d-ac96-774b-bcce-b302099a8057\",\"name\":\"a\",\"kind\":\"OPEN\"}]",
                "[null]",
                "[{\"name\":\"a\"}]"
            })
    void refusesWrongStages(String stages) {
        pipeline(unique("p"), stages).then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    void keepStagesThatHaveDealsAndTheirKinds() {
        sale.deal("");
        String without = """
                [{"id":"%s","name":"Предложение","kind":"OPEN"},{"id":"%s","name":"Продано","kind":"WON"}]
                """.formatted(stages.get(1), stages.get(2));
        put("/api/v1/pipelines/" + pipeline, "\"1\"", pipelineBody(unique("p"), without))
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/stage-in-use"));
        String changed =
                "[{\"id\":\"%s\",\"name\":\"a\",\"kind\":\"OPEN\"},{\"id\":\"%s\",\"name\":\"b\",\"kind\":\"LOST\"}]"
                        .formatted(stages.get(0), stages.get(2));
        put("/api/v1/pipelines/" + pipeline, "\"1\"", pipelineBody(unique("p"), changed))
                .then()
                .statusCode(400);
        as(Roles.ANALYST)
                .get("/api/v1/pipelines/" + pipeline)
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"1\""))
                .body("stages.id", equalTo(stages));
        put("/api/v1/pipelines/" + pipeline, "\"7\"", pipelineBody(unique("p"), without))
                .then()
                .statusCode(412);
    }

    @Test
    void haveNamesOfTheirOwn() {
        String name = unique("p");
        pipeline(name, "[{\"name\":\"a\",\"kind\":\"OPEN\"}]").then().statusCode(201);
        pipeline(name, "[{\"name\":\"a\",\"kind\":\"OPEN\"}]")
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/pipeline-name-taken"));
        as(Roles.MARKETER).get("/api/v1/pipelines/" + Ids.next()).then().statusCode(404);
        post(Roles.MARKETER, "/api/v1/pipelines", pipelineBody(unique("p"), "[]"))
                .then()
                .statusCode(403);
    }
}
