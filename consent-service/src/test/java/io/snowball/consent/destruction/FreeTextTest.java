package io.snowball.consent.destruction;

import static io.snowball.platform.testkit.TestTokens.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.consent.Requisites;
import io.snowball.consent.Tables;
import io.snowball.consent.sibling.FakeCustomers;
import io.snowball.platform.db.Params;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requirements r27, r28: wherever a person at a desk could write somebody's name, it is gone with the data. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class FreeTextTest {
    private static final String PROOF = "destruction_archive.proof";

    @Inject
    Pool pool;

    @Inject
    @RestClient
    FakeCustomers customers;

    @Inject
    DestructionWorker worker;

    private final UUID customer = Ids.next();
    private final String words = "Словцов-" + customer;

    @BeforeEach
    void aPersonWithData() {
        Requisites.record();
        customers.knows(customer, "{\"profile\": {\"lastName\": \"%s\"}}".formatted(words));
    }

    @Test
    void r28TheWordsOfARequestGoWithTheDataItsTimesStay() {
        String request = post("/api/v1/subject-requests", """
                        {"kind": "ACCESS", "channel": "LETTER", "customerId": "%s", "text": "%s",
                         "applicant": {"name": "%s", "contact": "%s", "representative": "%s"}}
                        """.formatted(customer, words, words, words, words))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String path = "/api/v1/subject-requests/" + request;
        post(path + "/identity-checks", "{\"method\": \"DOCUMENT\", \"confirmed\": true}")
                .then()
                .statusCode(200);
        post(path + "/extensions", "{\"reason\": \"%s\"}".formatted(words))
                .then()
                .statusCode(201);
        post(path + "/answers", "{\"outcome\": \"DONE\", \"text\": \"%s\"}".formatted(words))
                .then()
                .statusCode(201);
        assertThat(Tables.thatHold(pool, words)).contains("public.subject_request", "public.subject_request_paper");

        destroy("Требование № 17");

        assertThat(Tables.thatHold(pool, words)).containsExactly(PROOF);
        as(Roles.DPO)
                .get(path)
                .then()
                .statusCode(200)
                .body("state", equalTo("ANSWERED"))
                .body("closing.text", equalTo(""))
                .body("extension.reason", equalTo(""));
    }

    @Test
    void r28TheWordsOfStopsNoticesAndEarlierPlansGoToo() {
        post("/api/v1/contact-stops", """
                        {"customerId": "%s", "channel": "SMS", "reason": "COMPLAINT", "source": "call-centre", "reference": "%s"}
                        """.formatted(customer, words)).then().statusCode(201);
        insert("""
                insert into recipient_notice (id, customer_id, recipient, what, cause, cause_id, due_on, created_at, sent_at, sent_by,
                  sent_reference, acknowledged_at, acknowledged_by, acknowledgement)
                values ($1, $2, 'Почта', 'CORRECTION', 'SUBJECT_REQUEST', $1, current_date, now(), now(), 'x', $3, now(), 'x', $3)
                """);
        insert("""
                insert into destruction (id, customer_id, reason, reason_text, state, due_on, categories, planned_at, planned_by,
                  next_attempt_at)
                values ($1, $2, 'OTHER', $3, 'REJECTED', current_date, array['имя'], now(), 'x', now())
                """);
        assertThat(Tables.thatHold(pool, words))
                .contains(
                        "public.contact_stop",
                        "public.recipient_notice",
                        "public.destruction",
                        "public.idempotency_key");

        destroy("Требование № 17");

        assertThat(Tables.thatHold(pool, words)).containsExactly(PROOF);
    }

    @Test
    void r28TheWordsOfTheReasonAreInTheActAndNowhereElse() {
        String reason = "По заявлению: " + Ids.next();
        String id = destroy(reason);
        assertThat(Tables.thatHold(pool, reason)).containsExactly(PROOF);
        as(Roles.DPO).get("/api/v1/destructions/{id}", id).then().body("text", equalTo(""));
        assertThat(as(Roles.DPO).get("/api/v1/destructions/{id}/act/html", id).asString())
                .contains(reason);
    }

    private String destroy(String reason) {
        String id = post(
                        "/api/v1/destructions",
                        "{\"customerId\": \"%s\", \"reason\": \"REQUEST\", \"text\": \"%s\"}"
                                .formatted(customer, reason))
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        await().until(() -> {
            worker.work().await().indefinitely();
            return as(Roles.DPO)
                    .get("/api/v1/destructions/{id}", id)
                    .path("state")
                    .equals("DONE");
        });
        return id;
    }

    private static Response post(String path, String body) {
        return as(Roles.DPO)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", Ids.next())
                .body(body)
                .post(path);
    }

    private void insert(String statement) {
        pool.preparedQuery(statement)
                .execute(Params.of(Ids.next(), customer, words))
                .await()
                .indefinitely();
    }
}
