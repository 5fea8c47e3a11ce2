package io.snowball.customer.deal;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.deal.Selling.as;
import static io.snowball.customer.deal.Selling.move;
import static io.snowball.customer.deal.Selling.post;
import static io.snowball.customer.deal.Selling.put;
import static io.snowball.customer.deal.Selling.reopen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
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
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deals on their way: C2, C4, C5. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class DealTest {
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
    @DisplayName("C2, C4, C5: the feed tells who is in charge, each stage and the goal; the history how long each took")
    void c02C04C05MakesAnEventAndAStayOfEachMove() {
        String deal = sale.deal("\"managerId\":\"manager-7\",\"amount\":1250000.50,\"expectedCloseOn\":\"2027-01-31\"");
        move(deal, 1, stages.get(1)).then().statusCode(200).body("version", equalTo(2));
        move(deal, 1, stages.get(2)).then().statusCode(412);
        move(deal, 2, stages.get(1)).then().statusCode(200).body("version", equalTo(2));
        move(deal, 2, stages.get(2))
                .then()
                .statusCode(200)
                .body("stageKind", equalTo("WON"))
                .body("closedAt", notNullValue())
                .body("dueAt", nullValue());
        List<String> told = shop.events(customer, "deal.changed");
        assertThat(told).hasSize(3);
        assertThat(told.getFirst())
                .contains(
                        "\"managerId\": \"manager-7\"",
                        "\"amount\": 125000050",
                        "\"stageKind\": \"OPEN\"",
                        "\"expectedCloseOn\": \"2027-01-31\"",
                        "\"version\": 1")
                .doesNotContain("Станок");
        assertThat(told.getLast()).contains("\"stageKind\": \"WON\"", "\"version\": 3");
        as(Roles.ANALYST)
                .get("/api/v1/deals/" + deal + "/stays")
                .then()
                .statusCode(200)
                .body("items.stageName", contains("Заявка", "Предложение", "Продано"))
                .body("items.seconds", hasSize(3))
                .body("items[0].leftAt", notNullValue())
                .body("items[2].leftAt", nullValue())
                .body("items[2].seconds", greaterThanOrEqualTo(0));
    }

    @Test
    void movesAClosedDealOnlyAfterItWasReopened() {
        String deal = sale.deal("");
        move(deal, 1, stages.get(3), "price").then().statusCode(200).body("lossReason", equalTo("price"));
        move(deal, 2, stages.getFirst()).then().statusCode(409).body("type", equalTo("/problems/deal-closed"));
        reopen(deal, 2, stages.get(2)).then().statusCode(400);
        reopen(deal, 2, stages.get(1))
                .then()
                .statusCode(200)
                .body("stageKind", equalTo("OPEN"))
                .body("lossReason", nullValue())
                .body("closedAt", nullValue());
        reopen(deal, 3, stages.get(1)).then().statusCode(409);
        move(deal, 3, stages.get(2), "price").then().statusCode(400);
        move(deal, 3, Ids.next().toString()).then().statusCode(400);
        post(Roles.SALES, "/api/v1/deals/" + deal + "/moves", "{\"stageId\":\"%s\"}".formatted(stages.get(1)))
                .then()
                .statusCode(400);
    }

    @Test
    void letsOneOfManyWinWhoMoveItAtTheSameTime() throws Exception {
        String deal = sale.deal("");
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Response>> calls = IntStream.range(0, 8)
                    .mapToObj(i -> (Callable<Response>) () -> move(deal, 1, stages.get(1 + i % 2)))
                    .toList();
            int moved = 0;
            for (Future<Response> answer : threads.invokeAll(calls)) {
                moved += answer.get().statusCode() == 200 ? 1 : 0;
            }
            assertThat(moved).isEqualTo(1);
        }
        assertThat(shop.events(customer, "deal.changed")).hasSize(2);
        assertThat(shop.count("select count(*) from deal_stay where deal_id = $1", UUID.fromString(deal)))
                .isEqualTo(2);
    }

    @Test
    void changesWhatItIsAboutWithItsVersionOnly() {
        String deal = sale.deal("");
        as(Roles.SALES)
                .get("/api/v1/deals/" + deal)
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"1\""))
                .body("title", equalTo("Станок"));
        put("/api/v1/deals/" + deal, "\"1\"", "{\"title\":\"Два станка\",\"managerId\":\"m.2\"}")
                .then()
                .statusCode(200)
                .body("version", equalTo(2))
                .body("managerId", equalTo("m.2"));
        put("/api/v1/deals/" + deal, "\"1\"", "{\"title\":\"x\"}").then().statusCode(412);
        put("/api/v1/deals/" + deal, "\"2\"", "{\"title\":\"Два станка\",\"managerId\":\"m.2\"}")
                .then()
                .statusCode(200)
                .body("version", equalTo(2));
        put("/api/v1/deals/" + Ids.next(), "\"1\"", "{\"title\":\"x\"}").then().statusCode(404);
        as(Roles.MARKETER).get("/api/v1/deals/" + deal).then().body("title", nullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"title\":\" \"",
                "\"amount\":-1",
                "\"managerId\":\"a@example.ru\"",
                "\"expectedCloseOn\":\"9999-01-01\"",
                "\"stageId\":\"01890a5d-ac96-774b-bcce-b302099a8057\"",
                "\"pipelineId\":\"01890a5d-ac96-774b-bcce-b302099a8057\"",
                "\"customerId\":\"01890a5d-ac96-774b-bcce-b302099a8057\"",
                "\"customerId\":null",
                "\"unknown\":1"
            })
    void refusesAWrongDeal(String field) {
        // Of a field that comes twice the last one counts.
        post(Roles.SALES, "/api/v1/deals", sale.create(field)).then().statusCode(400);
    }

    @Test
    void goesWithThePersonWhenTwoAreOneAndBackAndIsErasedWithIt() {
        String deal = sale.deal("");
        UUID stays = Shop.customer(unique("c"));
        String merge = post(
                        Roles.ADMIN,
                        "/api/v1/merges",
                        "{\"customerId\":\"%s\",\"mergedCustomerId\":\"%s\"}".formatted(stays, customer))
                .jsonPath()
                .getString("id");
        assertThat(shop.events(stays, "deal.changed"))
                .singleElement()
                .asString()
                .contains("\"customerId\": \"" + stays, "\"version\": 2");
        String later = sale.deal("");
        as(Roles.SALES).get("/api/v1/deals/" + later).then().body("customerId", equalTo(stays.toString()));
        as(Roles.ADMIN).post("/api/v1/merges/" + merge + "/unmerges").then().statusCode(200);
        as(Roles.SALES).get("/api/v1/deals/" + deal).then().body("customerId", equalTo(customer.toString()));
        as(Roles.SALES).get("/api/v1/deals/" + later).then().body("customerId", equalTo(stays.toString()));
        assertThat(shop.events(customer, "deal.changed").getLast()).contains("\"version\": 3");

        as(Roles.SERVICE)
                .get("/api/v1/personal-data/" + customer)
                .then()
                .body("categories.category", org.hamcrest.Matchers.hasItems("DEALS", "DEAL_STAYS"));
        as(Roles.DPO).delete("/api/v1/personal-data/" + customer).then().statusCode(200);
        as(Roles.SALES).get("/api/v1/deals/" + deal).then().statusCode(404);
        assertThat(shop.count("select count(*) from deal_stay where deal_id = $1", UUID.fromString(deal)))
                .isZero();
    }
}
