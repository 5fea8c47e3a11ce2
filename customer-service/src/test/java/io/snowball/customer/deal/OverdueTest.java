package io.snowball.customer.deal;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.deal.Selling.as;
import static io.snowball.customer.deal.Selling.block;
import static io.snowball.customer.deal.Selling.move;
import static io.snowball.customer.deal.Selling.pipelineBody;
import static io.snowball.customer.deal.Selling.post;
import static io.snowball.customer.deal.Selling.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
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

/** Deals too long at a stage: C6, C7. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class OverdueTest {
    @Inject
    Shop shop;

    @Inject
    OverdueWorker overdue;

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
    @DisplayName("C6, C7: a deal too long at a stage is told once a stay, and again at the next stage")
    void c06C07IsToldOnceAStay() {
        String deal = sale.deal("\"managerId\":\"manager-7\"");
        tell();
        assertThat(shop.events(customer, "deal.overdue")).isEmpty();
        makeLate(deal);
        late(stages.getFirst()).then().body("items.id", contains(deal));
        tell();
        tell();
        assertThat(shop.events(customer, "deal.overdue"))
                .singleElement()
                .asString()
                .contains(deal, stages.getFirst(), "\"managerId\": \"manager-7\"", "dueAt");
        move(deal, 1, stages.get(1)).then().statusCode(200);
        late(stages.get(1)).then().body("items", hasSize(0));
        makeLate(deal);
        tell();
        assertThat(shop.events(customer, "deal.overdue")).hasSize(2);
        move(deal, 2, stages.get(2)).then().statusCode(200);
        tell();
        assertThat(shop.events(customer, "deal.overdue")).hasSize(2);
    }

    @Test
    void isNotToldOfWhoIsBlockedUntilThatEnds() {
        String deal = sale.deal("");
        makeLate(deal);
        block(customer);
        tell();
        assertThat(shop.events(customer, "deal.overdue")).isEmpty();
        late(stages.getFirst()).then().body("items", hasSize(0));
        post(Roles.SALES, "/api/v1/deals", sale.create("")).then().statusCode(409);
        as(Roles.SERVICE)
                .delete("/api/v1/personal-data/" + customer + "/block")
                .then()
                .statusCode(204);
        tell();
        assertThat(shop.events(customer, "deal.overdue")).hasSize(1);
    }

    @Test
    void followsTheStageWhereItExpectsAnotherTime() {
        String deal = sale.deal("");
        String due = as(Roles.SALES).get("/api/v1/deals/" + deal).jsonPath().getString("dueAt");
        put("/api/v1/pipelines/" + pipeline, "\"1\"", pipelineBody(unique("p"), """
                        [{"id":"%s","name":"Заявка","kind":"OPEN"},{"id":"%s","name":"Предложение","kind":"OPEN","expectedHours":1},
                         {"name":"Договор","kind":"OPEN"},{"id":"%s","name":"Продано","kind":"WON"}]
                        """.formatted(
                                stages.get(0), stages.get(1), stages.get(2))))
                .then()
                .statusCode(200)
                .body("stages.name", contains("Заявка", "Предложение", "Договор", "Продано"));
        assertThat(due).isNotNull();
        as(Roles.SALES).get("/api/v1/deals/" + deal).then().body("dueAt", nullValue());
    }

    private void tell() {
        overdue.tell().await().indefinitely();
    }

    private void makeLate(String deal) {
        shop.text(
                "update deal set due_at = now() - interval '1 hour' where id = $1 returning id::text",
                UUID.fromString(deal));
    }

    private static Response late(String stage) {
        return as(Roles.MARKETER).get("/api/v1/deals?overdue=true&stageId=" + stage);
    }
}
