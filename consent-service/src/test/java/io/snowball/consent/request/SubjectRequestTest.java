package io.snowball.consent.request;

import static io.snowball.consent.Samples.advertisingDocument;
import static io.snowball.consent.Samples.givenNow;
import static io.snowball.platform.testkit.TestTokens.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.consent.Requisites;
import io.snowball.consent.Samples;
import io.snowball.consent.paper.Printer;
import io.snowball.consent.sibling.FakeCustomers;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirements r21 to r25: requests as timers, with identity, one extension, answers on paper. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class SubjectRequestTest {
    @Inject
    Pool pool;

    @Inject
    @RestClient
    FakeCustomers customers;

    private final UUID customer = Ids.next();

    @BeforeEach
    void anOperator() {
        Requisites.record();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "ACCESS, 2024-05-16, 2024-05-23, -",
                "CORRECTION, 2024-05-13, -, -",
                "ERASURE_ILLEGAL, 2024-05-13, -, 2024-05-13",
                "STOP_PROCESSING, 2024-05-16, 2024-05-23, -",
                "WITHDRAWAL, 2024-05-27, -, 2024-05-27",
                "DISSEMINATION_STOP, 2024-05-03, -, -",
                "OBJECTION, 2024-05-03, -, 2024-05-16",
                "RKN_REQUEST, 2024-05-16, 2024-05-23, -"
            })
    @DisplayName("r22: each kind has its term, and what may be put off says so")
    void r22EachKindHasItsTerm(String kind, String due, @Nullable String extendable, @Nullable String destroyBy) {
        register(kind, "2024-04-26T12:00:00Z")
                .then()
                .statusCode(201)
                .body("state", equalTo("RECEIVED"))
                .body("dueOn", equalTo(due))
                .body("extendableTo", extendable == null ? nullValue() : equalTo(extendable))
                .body("destroyByOn", destroyBy == null ? nullValue() : equalTo(destroyBy))
                .body("overdue", equalTo(true))
                .body("article", startsWith("152-ФЗ"));
    }

    @Test
    @DisplayName("r22: the day is the operator's: late in the evening in UTC is the next day in Moscow")
    void r22TheDayIsTheOperators() {
        register("CORRECTION", "2024-04-25T22:30:00Z").then().body("dueOn", equalTo("2024-05-13"));
    }

    @Test
    @DisplayName("r22: to stop advertising takes effect with the request, and closes it")
    void r22MarketingStopsAtOnce() {
        Samples.record(givenNow(customer, advertisingDocument()));
        register("MARKETING_STOP", null)
                .then()
                .statusCode(201)
                .body("state", equalTo("ANSWERED"))
                .body("overdue", equalTo(false));
        Samples.decide("ADVERTISING", customer).then().body("decisions[0].allowed", equalTo(false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"STOP_PROCESSING", "WITHDRAWAL"})
    @DisplayName("r22: whatever term the rest has, advertising is silent at once")
    void r22WhoeverWantsItToStopHearsNothingMore(String kind) {
        Samples.record(givenNow(customer, advertisingDocument()));
        register(kind, null).then().statusCode(201).body("state", equalTo("RECEIVED"));
        Samples.decide("ADVERTISING", customer).then().body("decisions[0].allowed", equalTo(false));
    }

    @Test
    @DisplayName("r21: nobody's data are handed out before it is known whose they are")
    void r21IdentityComesFirst() {
        customers.knows(customer, "{\"lastName\": \"Тайнов\"}");
        String id = register("ACCESS", null).path("id");
        answer(id, "DONE").then().statusCode(409).body("type", equalTo("/problems/identity-not-confirmed"));
        identity(id, false).then().statusCode(200).body("state", equalTo("RECEIVED"));
        answer(id, "DONE").then().statusCode(409);
        papers(id).then().body("items", hasSize(0));

        identity(id, true)
                .then()
                .body("state", equalTo("IDENTIFIED"))
                .body("identity.method", equalTo("DOCUMENT"))
                .body("identity.checkedAt", notNullValue());
        answer(id, "DONE").then().statusCode(201).body("state", equalTo("ANSWERED"));
    }

    @Test
    @DisplayName("r25: the answer has each item of article 14 p. 7 and the person's data")
    void r25TheAnswerHasEachItem() {
        Samples.record(givenNow(customer, advertisingDocument()));
        customers.knows(customer, """
                {"profile": {"lastName": "Приметов-Щукин", "phones": ["+79990000001", "+79990000002"]}, "orders": [{"sku": "Ж-1"}]}
                """);
        String id = register("ACCESS", null).path("id");
        identity(id, true);
        Response answered = answer(id, "DONE");
        String location = answered.then().statusCode(201).extract().header("Location");

        String html = as(Roles.DPO)
                .get(location.replace("/pdf", "/html"))
                .then()
                .statusCode(200)
                .contentType(startsWith("text/html"))
                .extract()
                .asString();
        assertThat(html)
                .contains(
                        "1. Подтверждение факта обработки",
                        "2. Правовые основания и цели",
                        "3. Цели и применяемые способы",
                        "4. Оператор и лица",
                        "5. Обрабатываемые персональные данные",
                        "6. Сроки обработки",
                        "7. Порядок осуществления прав",
                        "8. Трансграничная передача",
                        "9. Лица, обрабатывающие",
                        "9.1. Исполнение обязанностей",
                        "10. Иные сведения")
                .contains("Приметов-Щукин", "+79990000002", "Ж-1", "7700000000", "ADVERTISING");
        byte[] pdf = as(Roles.DPO)
                .get(location)
                .then()
                .statusCode(200)
                .contentType("application/pdf")
                .extract()
                .asByteArray();
        papers(id)
                .then()
                .body("items[0].kind", equalTo("ACCESS_ANSWER"))
                .body("items[0].sha256", equalTo(Printer.sha256(pdf)));
    }

    @Test
    @DisplayName("r25: where a sibling does not answer there is no answer, and nothing is changed")
    void r25NoAnswerWithoutTheData() {
        String id = register("ACCESS", null).path("id");
        identity(id, true);
        customers.isDownFor(customer);
        answer(id, "DONE").then().statusCode(503).body("detail", containsString("customer-service"));
        get(id).then().body("state", equalTo("IDENTIFIED"));
        customers.isUpAgainFor(customer);
        answer(id, "DONE").then().statusCode(201);
    }

    @Test
    @DisplayName("r22: a term is put off once, with a notice")
    void r22ATermIsPutOffOnce() {
        Response registered = register("ACCESS", null);
        String id = registered.path("id");
        String later = registered.path("extendableTo");
        extend(id)
                .then()
                .statusCode(201)
                .body("dueOn", equalTo(later))
                .body("extendableTo", nullValue())
                .body("extension.reason", equalTo("Ждём обработчика"));
        papers(id).then().body("items.kind", hasItem("EXTENSION_NOTICE"));
        extend(id).then().statusCode(409).body("type", equalTo("/problems/term-extended-before"));
    }

    @Test
    @DisplayName("r22: what is over, and what the law does not let be put off, is not put off")
    void r22NotAfterTheLastDayAndNotEverything() {
        extend(register("ACCESS", "2024-04-26T12:00:00Z").path("id"))
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/term-over"));
        extend(register("CORRECTION", null).path("id"))
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/term-not-extendable"));
    }

    @Test
    @DisplayName("r24: a claim that it is unlawful blocks from the moment of the request, until it is refused")
    void r24AClaimBlocksAtOnce() {
        String id = register("OBJECTION", null).path("id");
        assertThat(Samples.announced(pool, customer))
                .anySatisfy(row -> assertThat(row.getString("data")).contains("\"blocked\": true"));
        blocks().then().body("items.customerId", hasItem(customer.toString()));

        answer(id, "REFUSED").then().statusCode(201).body("state", equalTo("REFUSED"));
        blocks().then().body("items.customerId", not(hasItem(customer.toString())));
        assertThat(Samples.announced(pool, customer).getLast().getString("data"))
                .contains("\"blocked\": false");
    }

    @Test
    @DisplayName("r24: what is right to be destroyed stays blocked until it is")
    void r24StaysBlockedUntilDestroyed() {
        String id = register("ERASURE_ILLEGAL", null).path("id");
        identity(id, true);
        answer(id, "DONE").then().statusCode(201);
        blocks().then().body("items.customerId", hasItem(customer.toString()));
    }

    @Test
    @DisplayName("r24: what can't be destroyed in time is blocked, and has six months")
    void r24SixMonthsForWhatCanNotBeDestroyed() {
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"customerId\": \"%s\", \"category\": \"ORDERS\", \"reason\": \"CAN_NOT_BE_DESTROYED\"}"
                        .formatted(customer))
                .post("/api/v1/processing-blocks")
                .then()
                .statusCode(201)
                .body("category", equalTo("ORDERS"))
                .body("destroyBy", notNullValue());
        as(Roles.DPO)
                .delete("/api/v1/processing-blocks/{id}/ORDERS", customer)
                .then()
                .statusCode(204);
        blocks().then().body("items.customerId", not(hasItem(customer.toString())));
    }

    @Test
    @DisplayName("r21: overdue requests are a list of their own, the most urgent first")
    void r21OverdueRequestsAreListed() {
        String late = register("RKN_REQUEST", "2024-04-26T12:00:00Z").path("id");
        String early = register("CORRECTION", null).path("id");
        var overdue = as(Roles.DPO)
                .get("/api/v1/subject-requests?overdue=true&customerId=" + customer)
                .then()
                .statusCode(200)
                .extract();
        assertThat(overdue.<java.util.List<String>>path("items.id")).containsExactly(late);
        answer(late, "DONE").then().statusCode(201);
        as(Roles.DPO)
                .get("/api/v1/subject-requests?overdue=true&customerId=" + customer)
                .then()
                .body("items", hasSize(0));
        as(Roles.DPO)
                .get("/api/v1/subject-requests?open=true&limit=1&customerId=" + customer)
                .then()
                .body("items.id", hasItem(early))
                .body("nextCursor", nullValue());
    }

    @Test
    void closedIsClosed() {
        String id = register("RKN_REQUEST", null).path("id");
        answer(id, "DONE").then().statusCode(201);
        answer(id, "REFUSED").then().statusCode(409).body("type", equalTo("/problems/subject-request-closed"));
        identity(id, true).then().statusCode(409);
    }

    @Test
    void aRequestCanBeRepeatedAndNotComeFromTheFuture() {
        UUID key = Ids.next();
        String body = body("ACCESS", null);
        String first = as(Roles.DPO)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1/subject-requests")
                .path("id");
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1/subject-requests")
                .then()
                .statusCode(201)
                .body("id", equalTo(first));
        register("ACCESS", LocalDate.now(ZoneId.of("UTC")).plusDays(2) + "T00:00:00Z")
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/received-in-the-future"));
    }

    @ParameterizedTest
    @ValueSource(strings = {Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.PARTNER, Roles.SERVICE})
    void onlyThoseWhoAnswerForItSeeRequests(String role) {
        as(role).get("/api/v1/subject-requests").then().statusCode(403);
    }

    @Test
    void whatIsNotThereIsSaidSo() {
        get(Ids.next().toString()).then().statusCode(404);
        String id = register("ACCESS", null).path("id");
        as(Roles.DPO)
                .get("/api/v1/subject-requests/{id}/papers/{paper}/pdf", id, Ids.next())
                .then()
                .statusCode(404);
    }

    private Response register(String kind, @Nullable String receivedAt) {
        return as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body(body(kind, receivedAt))
                .post("/api/v1/subject-requests");
    }

    private String body(String kind, @Nullable String receivedAt) {
        return """
                {"kind": "%s", "channel": "LETTER", "customerId": "%s"%s,
                 "applicant": {"name": "Иванова Мария", "contact": "maria@example.org"}, "text": "Прошу"}
                """.formatted(kind, customer, receivedAt == null ? "" : ", \"receivedAt\": \"" + receivedAt + "\"");
    }

    private static Response identity(String id, boolean confirmed) {
        return as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"method\": \"DOCUMENT\", \"confirmed\": %s}".formatted(confirmed))
                .post("/api/v1/subject-requests/{id}/identity-checks", id);
    }

    private static Response answer(String id, String outcome) {
        return as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"outcome\": \"%s\", \"text\": \"Сделано, что следовало\"}".formatted(outcome))
                .post("/api/v1/subject-requests/{id}/answers", id);
    }

    private static Response extend(String id) {
        return as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"reason\": \"Ждём обработчика\"}")
                .post("/api/v1/subject-requests/{id}/extensions", id);
    }

    private static Response papers(String id) {
        return as(Roles.DPO).get("/api/v1/subject-requests/{id}/papers", id);
    }

    private static Response get(String id) {
        return as(Roles.DPO).get("/api/v1/subject-requests/{id}", id);
    }

    private static Response blocks() {
        return as(Roles.DPO).get("/api/v1/processing-blocks?limit=200");
    }
}
