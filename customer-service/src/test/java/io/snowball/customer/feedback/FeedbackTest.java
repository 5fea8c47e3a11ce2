package io.snowball.customer.feedback;

import static io.snowball.customer.Shop.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

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

/** What customers say (C3, C11, H7, X9), whom to ask for a review (C12), and advocates (G15). */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class FeedbackTest {
    private static final String LAST_YEAR = "2025-06-01T00:00:00Z";
    private static final String THIS_YEAR = "2026-01-15T00:00:00Z";

    @Inject
    Shop shop;

    private final String code = "q" + Ids.next();
    private UUID customer = Ids.next();

    @BeforeEach
    void somebody() {
        customer = Shop.customer(unique("c"));
    }

    @Test
    @DisplayName(
            "C11: an answer told twice is stored once, told differently the later word counts, and the comment stays here")
    void c11AnswersAreStoredOnce() {
        String question = question("NPS", "Порекомендуете?");
        String name = unique("a");
        String answer = answer(name, question, customer, "\"score\":9,\"comment\":\"Быстро\\nи дёшево\"", THIS_YEAR);
        send(answer).body("items[0].outcome", equalTo("ACCEPTED")).body("items[0].answerId", notNullValue());
        send(answer).body("items[0].outcome", equalTo("DUPLICATE"));
        send(answer(name, question, customer, "\"score\":6", THIS_YEAR)).body("items[0].outcome", equalTo("UPDATED"));
        send(answer(name, question, Shop.customer(unique("c")), "\"score\":6", THIS_YEAR))
                .body("items[0].outcome", equalTo("REJECTED"));
        assertThat(shop.events(customer, "feedback.given"))
                .hasSize(2)
                .allMatch(event -> event.contains("\"questionId\": \"" + question + "\""))
                .noneMatch(event -> event.contains("Быстро"))
                .last()
                .asString()
                .contains("\"kind\": \"NPS\"", "\"score\": 6", "\"customerId\": \"" + customer + "\"");
    }

    @Test
    void commentsAreForRolesThatSeePersonalData() {
        String question = question("CSAT", "Как вам визит?");
        send(answer(
                        unique("a"),
                        question,
                        customer,
                        "\"score\":5,\"comment\":\"Спасибо Анне\",\"orderExternalId\":\"o-1\",\"ticket\":\"T-1\",\"journeyStep\":\"s\"",
                        THIS_YEAR))
                .body("items[0].outcome", equalTo("ACCEPTED"));
        for (String path : List.of(
                "customers/" + customer + "/feedback",
                "feedback-answers?kind=CSAT&from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z&question=" + code)) {
            TestTokens.as(Roles.SALES)
                    .get("/api/v1/" + path)
                    .then()
                    .statusCode(200)
                    .body("items", hasSize(1))
                    .body("items[0].comment", equalTo("Спасибо Анне"))
                    .body("items[0].ticket", equalTo("T-1"));
            TestTokens.as(Roles.MARKETER)
                    .get("/api/v1/" + path)
                    .then()
                    .statusCode(200)
                    .body("items[0].score", equalTo(5))
                    .body("items[0].comment", nullValue());
        }
        TestTokens.as(Roles.MARKETER)
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/feedback-answers/batches")
                .then()
                .statusCode(403);
    }

    @Test
    void aWordingNeverChanges() {
        String first = question("NPS", "Раз?");
        assertThat(question("NPS", "Раз?")).isEqualTo(first);
        String second = question("NPS", "Два?");
        assertThat(second).isNotEqualTo(first);
        TestTokens.as(Roles.ANALYST)
                .get("/api/v1/feedback-questions/" + second)
                .then()
                .statusCode(200)
                .body("version", equalTo(2))
                .body("most", equalTo(10));
        ask("CSAT", "Три?", "").then().statusCode(409);
        ask("CLI", "Три?", "").then().statusCode(400);
        TestTokens.as(Roles.ANALYST)
                .get("/api/v1/feedback-questions?limit=1")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("nextCursor", notNullValue());
    }

    @Test
    void refusesOneByOneWhatIsWrong() {
        String question = question("NPS", "Порекомендуете?");
        String name = unique("a");
        send(
                        answer(unique("a"), question, customer, "\"score\":11", THIS_YEAR),
                        answer(unique("a"), Ids.next().toString(), customer, "\"score\":1", THIS_YEAR),
                        answer(unique("a"), question, Ids.next(), "\"score\":1", THIS_YEAR),
                        answer(unique("a"), question, customer, "\"score\":1", "2199-01-01T00:00:00Z"),
                        answer(name, question, customer, "\"score\":1", THIS_YEAR),
                        answer(name, question, customer, "\"score\":2", THIS_YEAR),
                        answer(unique("a"), question, customer, "\"score\":1,\"comment\":\"\\u0007\"", THIS_YEAR))
                .body(
                        "items.outcome",
                        equalTo(List.of(
                                "REJECTED", "REJECTED", "REJECTED", "REJECTED", "ACCEPTED", "REJECTED", "REJECTED")));
    }

    @Test
    @DisplayName("H7: figures with n, population, the period before and an interval; a customer counts once")
    void h07FiguresOfAPeriod() {
        String question = question("NPS", "Порекомендуете?");
        send(
                answer(unique("a"), question, customer, "\"score\":3,\"channel\":\"email\"", "2026-01-10T00:00:00Z"),
                answer(unique("a"), question, customer, "\"score\":10,\"channel\":\"email\"", "2026-01-11T00:00:00Z"),
                answer(unique("a"), question, null, "\"score\":9,\"channel\":\"sms\"", "2026-01-12T00:00:00Z"),
                answer(unique("a"), question, null, "\"score\":8,\"channel\":\"sms\"", "2026-01-12T00:00:00Z"),
                answer(unique("a"), question, null, "\"score\":0", "2026-01-31T23:59:59Z"),
                answer(unique("a"), question, customer, "\"score\":6", "2025-12-31T00:00:00Z"),
                answer(unique("a"), question, customer, "\"score\":10", "2026-02-01T00:00:00Z"));
        figures("NPS", "")
                .body("items", hasSize(1))
                .body("population", greaterThanOrEqualTo(0))
                .body("previousFrom", equalTo("2025-12-01T00:00:00Z"))
                .body("items[0].current.answers", equalTo(5))
                .body("items[0].current.n", equalTo(4))
                .body("items[0].current.value", equalTo(25.0f))
                .body("items[0].current.interval.method", equalTo("ADJUSTED_WALD"))
                .body("items[0].previous.n", equalTo(1))
                .body("items[0].previous.value", equalTo(-100.0f))
                .body("items[0].change", equalTo(125.0f));
        figures("NPS", "&by=CHANNEL")
                .body("items.part", equalTo(List.of("", "email", "sms")))
                .body("items.find { it.part == 'email' }.current.value", equalTo(100.0f))
                .body("items.find { it.part == 'sms' }.current.value", equalTo(50.0f));
        figures("NPS", "&by=QUESTION&channel=email").body("items.part", equalTo(List.of(code)));
        figures("CES", "").body("items[0].current.n", equalTo(0)).body("items[0].current.value", nullValue());
        TestTokens.as(Roles.ANALYST)
                .get("/api/v1/feedback-figures?kind=NPS&from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z")
                .then()
                .statusCode(400);
    }

    @Test
    @DisplayName("X9: CLI has three items and is their mean")
    void customerLoyaltyIndex() {
        String question = ask(
                        "CLI",
                        "О нас",
                        ",\"items\":{\"recommend\":\"Посоветуете?\",\"repurchase\":\"Купите ещё?\",\"tryOther\":\"Попробуете другое?\"}")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String marks = "\"items\":{\"recommend\":%d,\"repurchase\":%d,\"tryOther\":%d}";
        send(
                        answer(unique("a"), question, customer, marks.formatted(6, 5, 4), THIS_YEAR),
                        answer(unique("a"), question, null, marks.formatted(6, 6, 6), THIS_YEAR),
                        answer(unique("a"), question, null, marks.formatted(7, 6, 6), THIS_YEAR))
                .body("items.outcome", equalTo(List.of("ACCEPTED", "ACCEPTED", "REJECTED")));
        figures("CLI", "").body("items[0].current.value", equalTo(5.5f)).body("items[0].current.index", equalTo(90.0f));
        assertThat(shop.events(customer, "feedback.given").getFirst()).contains("\"score\": 5");
    }

    @Test
    @DisplayName("C12 and G15: promoters by the last word; advocates have bought as well")
    void c12G15PromotersAndAdvocates() {
        String question = question("NPS", "Порекомендуете?");
        UUID changed = Shop.customer(unique("c"));
        UUID buyer = Shop.customer(unique("c"));
        send(
                answer(unique("a"), question, customer, "\"score\":9", THIS_YEAR),
                answer(unique("a"), question, changed, "\"score\":10", LAST_YEAR),
                answer(unique("a"), question, changed, "\"score\":2", THIS_YEAR),
                answer(unique("a"), question, buyer, "\"score\":10", THIS_YEAR));
        assertThat(promoters("")).containsExactly(customer.toString(), buyer.toString());
        assertThat(promoters("&since=2026-02-01T00:00:00Z")).isEmpty();
        assertThat(promoters("&limit=1")).containsExactly(customer.toString());
        Shop.send("""
                        {"externalId":"%s","customerId":"%s","orderedAt":"%s","lines":[{"sku":"a","quantity":1,"price":1}]}
                        """.formatted(unique("o"), buyer, THIS_YEAR)).then().statusCode(200);
        assertThat(advocates()).contains(buyer.toString()).doesNotContain(customer.toString(), changed.toString());
        TestTokens.as(Roles.SERVICE).put("/api/v1/personal-data/" + buyer + "/block");
        assertThat(promoters("")).containsExactly(customer.toString());
        assertThat(advocates()).doesNotContain(buyer.toString());
    }

    @Test
    @DisplayName("152-FZ 14, 21: feedback is in the personal data; erased, the mark stays and is nobody's")
    void erasureTakesThePersonOut() {
        String question = question("NPS", "Порекомендуете?");
        String marker = "zz" + Ids.next();
        send(answer(marker, question, customer, "\"score\":9,\"comment\":\"" + marker + "\"", THIS_YEAR));
        TestTokens.as(Roles.DPO)
                .get("/api/v1/personal-data/" + customer)
                .then()
                .body("categories.find { it.category == 'FEEDBACK' }.rows[0].comment", equalTo(marker));
        TestTokens.as(Roles.DPO)
                .delete("/api/v1/personal-data/" + customer)
                .then()
                .statusCode(200);
        assertThat(shop.count("select count(*) from feedback_answer a where position($1 in a::text) > 0", marker))
                .isZero();
        figures("NPS", "").body("items[0].current.n", equalTo(1));
    }

    @Test
    void feedbackMovesWithAMergedPerson() {
        String question = question("NPS", "Порекомендуете?");
        UUID other = Shop.customer(unique("c"));
        send(answer(unique("a"), question, other, "\"score\":9", THIS_YEAR));
        TestTokens.as(Roles.ADMIN)
                .contentType(ContentType.JSON)
                .body("{\"customerId\":\"%s\",\"mergedCustomerId\":\"%s\"}".formatted(customer, other))
                .post("/api/v1/merges")
                .then()
                .statusCode(201);
        TestTokens.as(Roles.ADMIN)
                .get("/api/v1/customers/" + customer + "/feedback")
                .then()
                .body("items", hasSize(1));
    }

    private List<String> promoters(String more) {
        return TestTokens.as(Roles.MARKETER)
                .get("/api/v1/promoters?question=" + code + more)
                .then()
                .statusCode(200)
                .extract()
                .path("items.customerId");
    }

    private static List<String> advocates() {
        return TestTokens.as(Roles.MARKETER)
                .get("/api/v1/advocates?days=3650&limit=200")
                .then()
                .statusCode(200)
                .extract()
                .path("items.customerId");
    }

    private io.restassured.response.ValidatableResponse figures(String kind, String more) {
        return TestTokens.as(Roles.ANALYST)
                .get("/api/v1/feedback-figures?kind=" + kind
                        + "&from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z&question=" + code + more)
                .then()
                .statusCode(200);
    }

    private String question(String kind, String wording) {
        return ask(kind, wording, "").path("id");
    }

    private Response ask(String kind, String wording, String more) {
        return TestTokens.as(Roles.MARKETER)
                .contentType(ContentType.JSON)
                .body("{\"code\":\"%s\",\"kind\":\"%s\",\"language\":\"ru\",\"wording\":\"%s\"%s}"
                        .formatted(code, kind, wording, more))
                .post("/api/v1/feedback-questions");
    }

    private static String answer(
            String id, String question, @org.jspecify.annotations.Nullable UUID customer, String mark, String at) {
        String who = customer == null ? "" : "\"customerId\":\"%s\",".formatted(customer);
        return "{\"id\":\"%s\",\"questionId\":\"%s\",%s%s,\"answeredAt\":\"%s\"}"
                .formatted(id, question, who, mark, at);
    }

    private static io.restassured.response.ValidatableResponse send(String... answers) {
        return TestTokens.as(Roles.PARTNER)
                .contentType(ContentType.JSON)
                .body("{\"items\":[" + String.join(",", answers) + "]}")
                .post("/api/v1/feedback-answers/batches")
                .then()
                .statusCode(200);
    }
}
