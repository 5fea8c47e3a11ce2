package io.snowball.customer.product;

import static io.snowball.customer.Shop.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.customer.Shop;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is sold: C16, A4 (margin), G4 (categories). */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ProductTest {
    @Inject
    Shop shop;

    String root = unique("kitchen");
    String leaf = unique("filters");
    String sku = unique("SKU");

    @BeforeEach
    void aTreeOfTwo() {
        category(root, "{\"name\":\"Кухня\"}").then().statusCode(200);
        category(leaf, "{\"name\":\"Фильтры\",\"parent\":\"%s\"}".formatted(root))
                .then()
                .statusCode(200);
    }

    @Test
    @DisplayName("C16: category, margin, replenishment and service interval; told again nothing happens")
    void c16StoresAProductAndAnnouncesIt() {
        String product = """
                {"sku":"%s","name":"Фильтр","category":"%s","price":799.95,"marginPercent":32.5,"replenishmentDays":90,"serviceDays":365}
                """.formatted(sku, leaf);
        outcome(product, "ACCEPTED");
        outcome(product, "DUPLICATE");
        UUID id = id();
        TestTokens.as(Roles.MARKETER)
                .get("/api/v1/products/" + id)
                .then()
                .statusCode(200)
                .body("category", equalTo(leaf))
                .body("price", equalTo(799.95f))
                .body("marginPercent", equalTo(32.5f))
                .body("replenishmentDays", equalTo(90))
                .body("active", equalTo(true));
        outcome(product.replace("32.5", "30"), "UPDATED");
        List<String> events = shop.events(id, "product.changed");
        assertThat(events).hasSize(2);
        assertThat(events.getLast())
                .contains(
                        "\"categoryPath\": [\"" + root + "\", \"" + leaf + "\"]",
                        "\"margin\": 3000",
                        "\"price\": 79995",
                        "\"serviceDays\": 365",
                        "\"version\": 2")
                .doesNotContain("Фильтр");
    }

    @Test
    @DisplayName("G4: orders tell the category of what was bought")
    void g04TellsTheCategoryWithTheOrder() {
        outcome("{\"sku\":\"%s\",\"name\":\"Фильтр\",\"category\":\"%s\"}".formatted(sku, leaf), "ACCEPTED");
        String customer = unique("c");
        UUID id = Shop.customer(customer);
        Shop.send("""
                {"externalId":"%s","customerExternalId":"%s","orderedAt":"2026-01-02T03:04:05Z",
                 "lines":[{"sku":"%s","quantity":1,"price":1},{"sku":"unknown","quantity":1,"price":1}]}
                """.formatted(unique("o"), customer, sku));
        assertThat(shop.events(id, "order.changed").getFirst())
                .contains("\"category\": \"" + leaf + "\"")
                .containsOnlyOnce("category");
    }

    @Test
    void movesACategoryWithAllBelowAndRefusesACycle() {
        outcome("{\"sku\":\"%s\",\"name\":\"Фильтр\",\"category\":\"%s\"}".formatted(sku, leaf), "ACCEPTED");
        String house = unique("house");
        category(house, "{\"name\":\"Дом\"}").then().statusCode(200);
        category(root, "{\"name\":\"Кухня\",\"parent\":\"%s\"}".formatted(house))
                .then()
                .statusCode(200);
        assertThat(shop.events(id(), "product.changed").getLast())
                .contains("[\"" + house + "\", \"" + root + "\", \"" + leaf + "\"]", "\"version\": 2");
        category(house, "{\"name\":\"Дом\",\"parent\":\"%s\"}".formatted(leaf))
                .then()
                .statusCode(400);
        category(house, "{\"name\":\"Дом\",\"parent\":\"%s\"}".formatted(house))
                .then()
                .statusCode(400);
        category(house, "{\"name\":\"Дом\",\"parent\":\"nowhere\"}").then().statusCode(400);
        category("Wrong Code", "{\"name\":\"Дом\"}").then().statusCode(400);
        TestTokens.as(Roles.ANALYST)
                .get("/api/v1/product-categories")
                .then()
                .statusCode(200)
                .body("items.code", hasItem(house));
    }

    @Test
    void refusesEachBadProductForItsReasonAndStoresTheGoodOnes() {
        String good = "{\"sku\":\"%s\",\"name\":\"Фильтр\"}".formatted(sku);
        assertThat(send(
                                good,
                                good,
                                "{\"sku\":\"%s\",\"name\":\"x\",\"category\":\"nowhere\"}".formatted(unique("SKU")),
                                "{\"sku\":\" \",\"name\":\"x\"}",
                                "{\"sku\":\"%s\",\"name\":\"x\",\"price\":-1}".formatted(unique("SKU")))
                        .jsonPath()
                        .getList("items.outcome"))
                .containsExactly("ACCEPTED", "REJECTED", "REJECTED", "REJECTED", "REJECTED");
        send("{\"sku\":\"a\",\"name\":\"x\",\"marginPercent\":101}").then().statusCode(400);
        send("{\"sku\":\"a\",\"name\":\"x\",\"replenishmentDays\":0}").then().statusCode(400);
        TestTokens.as(Roles.ADMIN).get("/api/v1/products/" + Ids.next()).then().statusCode(404);
        TestTokens.as(Roles.ADMIN).get("/api/v1/products?limit=1").then().statusCode(200);
    }

    private UUID id() {
        return UUID.fromString(String.valueOf(shop.text("select id::text from product where sku = $1", sku)));
    }

    private void outcome(String product, String expected) {
        send(product).then().statusCode(200).body("items[0].outcome", equalTo(expected));
    }

    private static Response send(String... products) {
        return TestTokens.as(Roles.PARTNER)
                .contentType(ContentType.JSON)
                .body("{\"items\":[" + String.join(",", products) + "]}")
                .post("/api/v1/products");
    }

    private static Response category(String code, String body) {
        return TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body(body)
                .put("/api/v1/product-categories/" + code);
    }
}
