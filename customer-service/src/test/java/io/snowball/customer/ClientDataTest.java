package io.snowball.customer;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.Shop.uniqueEmail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a company asks of its data about clients, room by room together: A5, A8, B3, C10, C16, C17, C19, G5, G7, H1, H11. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ClientDataTest {
    @Inject
    Shop shop;

    String name = "";
    String email = "";
    UUID customer = Ids.next();

    @BeforeEach
    void aClient() {
        name = unique("c");
        email = uniqueEmail();
        customer =
                UUID.fromString(Shop.tell("""
                        {"externalId":"%s","email":"%s","firstName":"Анна","sex":"FEMALE","birthday":"1990-05-17",
                         "address":{"country":"RU","region":"Омская область","city":"Омск"},
                         "device":{"type":"smartphone","browser":"Chrome","os":"Android"},
                         "socialAccounts":["https://vk.com/anna"],"source":"landing",
                         "childrenBirthdays":["2025-11-30","2019-02-01"]}
                        """.formatted(name, email)).jsonPath().getString("id"));
    }

    @Test
    @DisplayName(
            "G5, H1: all five groups: who and where; device, browser, OS; purchases; channel and payment; social nets")
    void g05H01KnowsTheFiveGroups() {
        buy("SKU-1", "2026-01-02T03:04:05Z");
        profile()
                .then()
                .body("firstName", equalTo("Анна"))
                .body("address.city", equalTo("Омск"))
                .body("device.browser", equalTo("Chrome"))
                .body("device.os", equalTo("Android"))
                .body("socialAccounts", hasItem("https://vk.com/anna"));
        orders().then()
                .body("items[0].channel", equalTo("web"))
                .body("items[0].paymentMethod", equalTo("card"))
                .body("items[0].shop", equalTo("omsk-1"));
        assertThat(shop.events(customer, "customer.changed").getLast())
                .contains("\"region\": \"Омская область\"", "\"browser\": \"Chrome\"", "\"birthYear\": 1990")
                .doesNotContain("vk.com", "Анна", email);
        assertThat(shop.events(customer, "order.changed").getLast())
                .contains("\"channel\": \"web\"", "\"paymentMethod\": \"card\"", "\"shop\": \"omsk-1\"");
    }

    @Test
    @DisplayName(
            "B3: who leaves an address at a form is a customer with the source and marks of the link, however often it is sent")
    void b03KnowsWhereAContactCameFrom() {
        String lead = """
                {"externalId":"%s","source":"popup-5-percent","utm":{"source":"yandex","medium":"cpc","campaign":"spring"}}
                """.formatted(unique("form"));
        String id = Shop.tell(lead).then().statusCode(201).extract().path("id");
        Shop.tell(lead).then().statusCode(200).body("id", equalTo(id)).body("version", equalTo(1));
        assertThat(shop.events(UUID.fromString(id), "customer.changed"))
                .singleElement()
                .asString()
                .contains("\"source\": \"popup-5-percent\"", "\"campaign\": \"spring\"");
    }

    @Test
    @DisplayName("C17: answers of a quiz are events of a type that the company declares")
    void c17TakesAnswersOfAQuiz() {
        TestTokens.as(Roles.MARKETER)
                .contentType(ContentType.JSON)
                .body(
                        "{\"fields\":[{\"name\":\"quiz\",\"type\":\"CODE\",\"required\":true},{\"name\":\"answer\",\"type\":\"CODE\"}],\"retentionDays\":365}")
                .put("/api/v1/event-types/quiz_answer")
                .then()
                .statusCode(200);
        event("quiz_answer", Instant.now(), "{\"quiz\":\"skin-type\",\"answer\":\"dry\"}");
        assertThat(shop.events(customer, "event.recorded"))
                .singleElement()
                .asString()
                .contains("\"quiz\": \"skin-type\"", "\"answer\": \"dry\"");
    }

    @Test
    @DisplayName("G7: needs by a child's age: siblings are told the years of birth, not the days")
    void g07TellsChildrensAgesByYear() {
        assertThat(shop.events(customer, "customer.changed").getLast())
                .contains("\"childBirthYears\": [2019, 2025]")
                .doesNotContain("2025-11");
        TestTokens.as(Roles.MARKETER)
                .get("/api/v1/customers/" + customer)
                .then()
                .body("childrenBirthdays", nullValue());
    }

    @Test
    @DisplayName("A5, C10: who comes back is known, with all that was bought before, to make a personal offer of it")
    void a05C10KnowsWhoComesBackAndWhatWasBought() {
        buy("SKU-1", "2026-01-02T03:04:05Z");
        String found = TestTokens.as(Roles.SERVICE)
                .contentType(ContentType.JSON)
                .body("{\"identities\":[{\"kind\":\"EMAIL\",\"value\":\"%s\"}]}"
                        .formatted(email.toLowerCase(java.util.Locale.ROOT)))
                .post("/api/v1/identifications")
                .then()
                .body("outcome", equalTo("KNOWN"))
                .extract()
                .path("customerId");
        assertThat(found).isEqualTo(customer.toString());
        String order = orders().jsonPath().getString("items[0].id");
        TestTokens.as(Roles.MARKETER)
                .get("/api/v1/orders/" + order)
                .then()
                .body("lines[0].sku", equalTo("SKU-1"))
                .body("customerId", equalTo(customer.toString()));
        assertThat(shop.events(customer, "order.changed").getLast()).contains("\"sku\": \"SKU-1\"");
    }

    @Test
    @DisplayName("C16, A8: what was bought when, and after how many days it is needed again or wants service")
    void c16A08TellsWhatIsNeededAgainAndWhen() {
        String sku = unique("FILTER");
        String product = TestTokens.as(Roles.PARTNER)
                .contentType(ContentType.JSON)
                .body("{\"items\":[{\"sku\":\"%s\",\"name\":\"Фильтр\",\"replenishmentDays\":90,\"serviceDays\":365}]}"
                        .formatted(sku))
                .post("/api/v1/products")
                .then()
                .body("items[0].outcome", equalTo("ACCEPTED"))
                .extract()
                .path("items[0].sku");
        assertThat(product).isEqualTo(sku);
        buy(sku, "2026-01-02T03:04:05Z");
        assertThat(shop.events(customer, "order.changed").getLast())
                .contains("\"sku\": \"" + sku, "2026-01-02T03:04:05");
        assertThat(shop.text(
                        "select data::text from feed_event where type = 'product.changed' and data ->> 'sku' = $1",
                        sku))
                .contains("\"replenishmentDays\": 90", "\"serviceDays\": 365");
    }

    @Test
    @DisplayName("C19: who writes to the support often is found by the count of a window")
    void c19CountsSupportContactsInAWindow() {
        Instant now = Instant.now();
        IntStream.of(1, 5, 20, 40)
                .forEach(days -> event(
                        "support_ticket",
                        now.minus(days, ChronoUnit.DAYS),
                        "{\"topic\":\"delivery\",\"text\":\"...\"}"));
        counts("").then().statusCode(200).body("items.find { it.type == 'support_ticket' }.count", equalTo(3));
        counts("?days=60").then().body("items.find { it.type == 'support_ticket' }.count", equalTo(4));
        counts("?days=0").then().statusCode(400);
        TestTokens.as(Roles.MARKETER)
                .get("/api/v1/customers/" + Ids.next() + "/event-counts")
                .then()
                .statusCode(404);
        assertThat(shop.events(customer, "event.recorded"))
                .hasSize(4)
                .allSatisfy(
                        told -> assertThat(told).contains("\"type\": \"support_ticket\"", "\"topic\": \"delivery\""));
    }

    @Test
    @DisplayName("H11: contacts in messengers and their repetition are counted, and told with what came of them")
    void h11CountsMessengerContacts() {
        Instant now = Instant.now();
        IntStream.of(1, 2)
                .forEach(hours -> event(
                        "messenger_contact",
                        now.minus(hours, ChronoUnit.HOURS),
                        "{\"channel\":\"telegram\",\"bot\":true,\"intent\":\"order_status\",\"solved\":%s}"
                                .formatted(hours == 1)));
        counts("").then().body("items.find { it.type == 'messenger_contact' }.count", equalTo(2));
        assertThat(shop.events(customer, "event.recorded"))
                .allSatisfy(told -> assertThat(told).contains("\"intent\": \"order_status\"", "\"bot\": true"));
    }

    @Test
    @DisplayName("H11, H7: satisfaction with the bot is asked for as CSAT, and told apart from other channels")
    void h11H07TellsSatisfactionWithTheBotApart() {
        String code = unique("bot").toLowerCase(java.util.Locale.ROOT);
        String question = TestTokens.as(Roles.MARKETER)
                .contentType(ContentType.JSON)
                .body("{\"code\":\"%s\",\"kind\":\"CSAT\",\"language\":\"ru\",\"wording\":\"Бот помог?\"}"
                        .formatted(code))
                .post("/api/v1/feedback-questions")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        TestTokens.as(Roles.PARTNER)
                .contentType(ContentType.JSON)
                .body("""
                        {"items":[
                          {"id":"%1$s-1","questionId":"%2$s","customerId":"%3$s","score":5,"channel":"telegram-bot","answeredAt":"2026-01-02T03:04:05Z"},
                          {"id":"%1$s-2","questionId":"%2$s","score":2,"channel":"telegram-bot","answeredAt":"2026-01-02T03:04:05Z"},
                          {"id":"%1$s-3","questionId":"%2$s","score":1,"channel":"email","answeredAt":"2026-01-02T03:04:05Z"}]}
                        """.formatted(code, question, customer))
                .post("/api/v1/feedback-answers/batches")
                .then()
                .statusCode(200);
        TestTokens.as(Roles.ANALYST)
                .get(
                        "/api/v1/feedback-figures?kind=CSAT&by=CHANNEL&from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z&question="
                                + code)
                .then()
                .statusCode(200)
                .body("items.find { it.part == 'telegram-bot' }.current.n", equalTo(2))
                .body("items.find { it.part == 'telegram-bot' }.current.value", equalTo(50.0f))
                .body("items.find { it.part == 'email' }.current.value", equalTo(0.0f));
    }

    private void buy(String sku, String at) {
        Shop.send("""
                        {"externalId":"%s","customerExternalId":"%s","orderedAt":"%s","status":"PAID","channel":"web","shop":"omsk-1",
                         "paymentMethod":"card","lines":[{"sku":"%s","quantity":1,"price":10}]}
                        """.formatted(unique("o"), name, at, sku)).then().body("items[0].outcome", equalTo("ACCEPTED"));
    }

    private void event(String type, Instant at, String properties) {
        TestTokens.as(Roles.PARTNER)
                .contentType(ContentType.JSON)
                .body(
                        "{\"items\":[{\"id\":\"%s\",\"type\":\"%s\",\"occurredAt\":\"%s\",\"customerExternalId\":\"%s\",\"properties\":%s}]}"
                                .formatted(unique("e"), type, at, name, properties))
                .post("/api/v1/events/batches")
                .then()
                .body("items[0].outcome", equalTo("ACCEPTED"));
    }

    private Response profile() {
        return TestTokens.as(Roles.ADMIN).get("/api/v1/customers/" + customer);
    }

    private Response orders() {
        return TestTokens.as(Roles.ADMIN).get("/api/v1/customers/" + customer + "/orders");
    }

    private Response counts(String query) {
        return TestTokens.as(Roles.MARKETER).get("/api/v1/customers/" + customer + "/event-counts" + query);
    }
}
