package io.snowball.consent.recipient;

import static io.snowball.platform.testkit.TestTokens.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.consent.Requisites;
import io.snowball.consent.recipient.RecipientNotices.Cause;
import io.snowball.consent.recipient.RecipientNotices.CauseKind;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requirement r26: who has the data from us is told, and acknowledges. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RecipientNoticeTest {
    private static final String NOTICES = "/api/v1/recipient-notices";

    private final UUID customer = Ids.next();
    private final String recipient = "ООО «Почта " + Ids.next() + "»: доставка писем";

    @Inject
    RecipientNotices notices;

    @Inject
    Pool pool;

    @BeforeEach
    void aPurposeWithARecipient() {
        Requisites.record();
        String purpose = "p-" + Ids.next();
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"code\": \"%s\", \"title\": \"Доставка\"}".formatted(purpose))
                .post("/api/v1/purposes")
                .then()
                .statusCode(201);
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("""
                        {"legalBasis": "CONSENT", "subjects": ["покупатели"], "categories": ["адрес"], "actions": ["сбор"], "methods": ["авто"],
                         "recipients": ["%s"], "term": "до отзыва", "withdrawalMethod": "по ссылке"}
                        """.formatted(recipient))
                .post("/api/v1/purposes/{code}/versions", purpose)
                .then()
                .statusCode(201);
    }

    @Test
    @DisplayName(
            "r26: an answered correction or stop makes a notice for each recipient, once; a refused one makes none")
    void r26RequestsTellTheRecipients() {
        String request = request("STOP_PROCESSING");
        answer(request, "DONE");
        Map<String, ?> notice = mine();
        assertThat(notice.get("what")).isEqualTo("STOP");
        assertThat(notice.get("state")).isEqualTo("OPEN");
        assertThat(notice.get("causeId")).isEqualTo(request);
        assertThat(notice.get("customerId")).isEqualTo(customer.toString());
        UUID other = Ids.next();
        answer(request("CORRECTION", other), "REFUSED");
        assertThat(all()).noneMatch(one -> other.toString().equals(one.get("customerId")));
    }

    @Test
    @DisplayName("r26: a stop of advertising closes itself, and the recipients hear of it all the same")
    void r26AMarketingStopTellsTheRecipientsToo() {
        String request = request("MARKETING_STOP");
        Map<String, ?> notice = mine();
        assertThat(notice.get("what")).isEqualTo("STOP");
        assertThat(notice.get("causeId")).isEqualTo(request);
    }

    @Test
    @DisplayName(
            "r26: sent first, acknowledged after, each once and with its proof; the letter names nobody but the id")
    void r26StatesInOrder() {
        tell(What.ERASURE, Ids.next());
        String id = String.valueOf(mine().get("id"));
        record(id, "acknowledgements")
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/recipient-notice-not-sent"));
        record(id, "sendings").then().statusCode(200).body("state", equalTo("SENT"));
        record(id, "sendings").then().statusCode(409);
        record(id, "acknowledgements")
                .then()
                .statusCode(200)
                .body("state", equalTo("ACKNOWLEDGED"))
                .body("acknowledgement", equalTo("исх. 17"))
                .body("overdue", equalTo(false));
        record(id, "acknowledgements").then().statusCode(409);
        as(Roles.DPO)
                .get(NOTICES + "/{id}/letter/html", id)
                .then()
                .statusCode(200)
                .body(containsString("уничтожить персональные данные"))
                .body(containsString(customer.toString()));
        assertThat(as(Roles.DPO).get(NOTICES + "/{id}/letter/pdf", id).asByteArray())
                .startsWith("%PDF".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        as(Roles.MARKETER).get(NOTICES).then().statusCode(403);
        as(Roles.DPO).get(NOTICES + "/" + Ids.next()).then().statusCode(404);
    }

    @Test
    @DisplayName("r26: the same cause tells a recipient once, however often its step is repeated")
    void r26OnceForACause() {
        UUID cause = Ids.next();
        tell(What.ERASURE, cause);
        tell(What.ERASURE, cause);
        assertThat(all().stream()
                        .filter(one -> cause.toString().equals(one.get("causeId")))
                        .filter(one -> recipient.equals(one.get("recipient"))))
                .hasSize(1);
    }

    private void tell(What what, UUID cause) {
        pool.withTransaction(
                        tx -> notices.tell(tx, new Cause(CauseKind.DESTRUCTION, cause, customer, what), Instant.now()))
                .await()
                .indefinitely();
    }

    private Map<String, ?> mine() {
        return all().stream()
                .filter(one -> recipient.equals(one.get("recipient"))
                        && customer.toString().equals(one.get("customerId")))
                .findFirst()
                .orElseThrow();
    }

    private static List<Map<String, ?>> all() {
        List<Map<String, ?>> found = new java.util.ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Response page = as(Roles.DPO).get(NOTICES + "?limit=200&cursor=" + cursor);
            found.addAll(page.path("items"));
            cursor = page.path("nextCursor");
        }
        return found;
    }

    private static Response record(String id, String what) {
        return as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"reference\": \"исх. 17\"}")
                .post(NOTICES + "/{id}/" + what, id);
    }

    private String request(String kind) {
        return request(kind, customer);
    }

    private static String request(String kind, UUID whose) {
        return as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("""
                        {"kind": "%s", "channel": "LETTER", "customerId": "%s", "applicant": {"name": "Иванова Мария"}, "text": "Прошу"}
                        """.formatted(kind, whose))
                .post("/api/v1/subject-requests")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static void answer(String id, String outcome) {
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"method\": \"DOCUMENT\", \"confirmed\": true}")
                .post("/api/v1/subject-requests/{id}/identity-checks", id)
                .then()
                .statusCode(200);
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"outcome\": \"%s\", \"text\": \"Сделано, что следовало\"}".formatted(outcome))
                .post("/api/v1/subject-requests/{id}/answers", id)
                .then()
                .statusCode(201);
    }
}
