package io.snowball.consent.access;

import static io.snowball.consent.Samples.advertisingDocument;
import static io.snowball.consent.Samples.decide;
import static io.snowball.consent.Samples.given;
import static io.snowball.platform.testkit.TestTokens.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.consent.OwnerDatabase;
import io.snowball.consent.Samples;
import io.snowball.consent.access.AccessAudit.Fault;
import io.snowball.consent.access.AccessAudit.Kind;
import io.snowball.platform.access.AccessRelay;
import io.snowball.platform.db.Params;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirement r30: the access log is complete, can be searched, and can't be changed without being found out. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AccessLogTest {
    private static final String RECORDS = "/api/v1/access-records";

    private final UUID customer = Ids.next();

    /** A chain of its own for each test. */
    private final String source = "t"
            + Ids.next()
                    .toString()
                    .replaceAll("[^a-f]", "")
                    .concat("aaaaaaaaaaaa")
                    .substring(0, 12)
            + letters(System.nanoTime());

    @Inject
    AccessRelay relay;

    @Inject
    AccessAudit audit;

    @Inject
    AccessSeals seals;

    @Inject
    RetentionWorker retention;

    @Inject
    Pool pool;

    @BeforeEach
    void threeRecords() {
        send(source, item(Ids.next(), customer), item(Ids.next(), customer), item(Ids.next(), customer));
    }

    @Test
    @DisplayName(
            "r30: reading, changing, deciding and what was refused is in the log with who, what, why, from where and the result")
    void r30WhatIsDoneHereIsInTheLog() {
        UUID person = Ids.next();
        Samples.record(given(person, advertisingDocument())).then().statusCode(201);
        as(Roles.DPO)
                .header("Snowball-Access-Reason", "complaint:17")
                .get("/api/v1/consents?customerId={id}", person)
                .then()
                .statusCode(200);
        as(Roles.ANALYST).get("/api/v1/consent-states/{id}", person).then().statusCode(403);
        decide("ADVERTISING", person, Ids.next()).then().statusCode(200);
        flush();
        Response log = search("customerId=" + person);
        log.then()
                .body(
                        "items.operation",
                        equalTo(List.of("decideConsents", "getConsentStates", "listConsents", "recordConsent")))
                .body("items.action", equalTo(List.of("DECISION", "READ", "READ", "CHANGE")))
                .body("items.result", equalTo(List.of("DONE", "DENIED", "DONE", "DONE")))
                .body("items[0].details", containsString("allowed=1 denied=1"))
                .body("items[0].customers", equalTo(2))
                .body("items[2].reason", equalTo("complaint:17"))
                .body("items[3].reason", equalTo("consent-ledger"))
                .body("items[3].actor", equalTo(new UUID(0, 1).toString()))
                .body("items[3].address", equalTo("127.0.0.1"));
        String id = log.path("items[0].id");
        as(Roles.DPO).get(RECORDS + "/" + id).then().statusCode(200).body("source", equalTo("consent"));
    }

    @Test
    @DisplayName("r30: changes of consent texts, purposes and rules are in the log")
    void r30ChangesOfTextsAreInTheLog() {
        String document = advertisingDocument();
        flush();
        as(Roles.DPO)
                .get(RECORDS + "?action=TEXT_CHANGE&limit=5")
                .then()
                .statusCode(200)
                .body("items.operation", hasItem("createConsentDocument"));
        assertThat(document).isNotEmpty();
    }

    @Test
    @DisplayName("r30: the log is read by the dpo alone, and reading it is in it")
    void r30TheDpoReadsIt() {
        for (String role : List.of(Roles.ADMIN, Roles.MARKETER, Roles.ANALYST, Roles.SALES, Roles.SERVICE)) {
            as(role).get(RECORDS).then().statusCode(403);
        }
        search("customerId=" + customer);
        flush();
        search("customerId=" + customer).then().body("items.operation", hasItem("listAccessRecords"));
        as(Roles.DPO).get(RECORDS + "/" + Ids.next()).then().statusCode(404);
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/api/v1/access-batches")
                .then()
                .statusCode(403);
    }

    @Test
    @DisplayName("r30: a batch that a killed relay brings again does nothing")
    void r30WhatComesTwiceIsKeptOnce() {
        UUID id = Ids.next();
        send(source, item(id, customer));
        send(source, item(id, customer), item(Ids.next(), customer));
        search("source=" + source)
                .then()
                .body("items", hasSize(5))
                .body("items.sequence", equalTo(List.of(5, 4, 3, 2, 1)));
    }

    @Test
    @DisplayName("r30: found by person, by user, by service and by time, page by page")
    void r30CanBeSearched() {
        Response first = search("source=" + source + "&limit=2");
        first.then().body("items", hasSize(2));
        String cursor = first.path("nextCursor");
        search("source=" + source + "&limit=2&cursor=" + cursor).then().body("items", hasSize(1));
        search("source=" + source + "&actor=u-" + source).then().body("items", hasSize(3));
        search("source=" + source + "&actor=nobody").then().body("items", hasSize(0));
        search("source=" + source + "&from=2026-11-20T10:00:00Z&to=2026-11-20T10:00:01Z")
                .then()
                .body("items", hasSize(3));
        search("source=" + source + "&from=2026-11-20T10:00:01Z").then().body("items", hasSize(0));
        search("customerId=" + customer + "&action=EXPORT").then().body("items", hasSize(0));
        as(Roles.DPO).get(RECORDS + "?limit=2&cursor=" + cursor).then().statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id = gen_random_uuid()",
                "at = at + interval '1 microsecond'",
                "actor = actor || 'x'",
                "roles = array['admin']",
                "action = 'EXPORT'",
                "operation = 'getCustomers'",
                "object_id = 'x'",
                "customers = '{}'",
                "customer_count = 2",
                "reason = reason || ' '",
                "address = '203.0.113.8'",
                "result = 'DENIED'",
                "searched = 'x'",
                "details = null",
                "received_at = received_at - interval '1 microsecond'",
                "format = 2",
                "previous_hash = set_bit(previous_hash, 9, 1 - get_bit(previous_hash, 9))",
                "hash = set_bit(hash, 255, 1 - get_bit(hash, 255))"
            })
    @DisplayName("r30: one byte changed anywhere is found and named")
    void r30OneByteChangedAnywhereIsFoundAndNamed(String change) {
        assertThat(faults()).isEmpty();
        OwnerDatabase.tamper(
                "update access_record set %s where source = '%s' and sequence = 2".formatted(change, source));
        assertThat(faults()).contains(new Fault(Kind.ALTERED, source, 2));
    }

    @Test
    @DisplayName("r30: a record that is gone is named, whether first, middle or last, or all with the end of the chain")
    void r30ARecordThatIsGoneIsNamed() {
        for (int gone = 1; gone <= 3; gone++) {
            send(
                    source + "x" + letters(gone),
                    item(Ids.next(), customer),
                    item(Ids.next(), customer),
                    item(Ids.next(), customer));
            String chain = source + "x" + letters(gone);
            OwnerDatabase.tamper(
                    "delete from access_record where source = '%s' and sequence = %d".formatted(chain, gone));
            assertThat(audit.of(chain).await().indefinitely().faults()).contains(new Fault(Kind.REMOVED, chain, gone));
        }
        seals.seal().await().indefinitely();
        OwnerDatabase.tamper("delete from access_record where source = '%s'".formatted(source));
        OwnerDatabase.tamper("delete from access_chain where source = '%s'".formatted(source));
        assertThat(faults()).contains(new Fault(Kind.REMOVED, source, 3));
    }

    @Test
    @DisplayName("r30: who counts all hashes again is found by the seal")
    void r30WhoCountsAllHashesAgainIsFoundByTheSeal() {
        seals.seal().await().indefinitely();
        OwnerDatabase.tamper("delete from access_record where source = '%s'".formatted(source));
        OwnerDatabase.tamper("delete from access_chain where source = '%s'".formatted(source));
        send(source, item(Ids.next(), customer), item(Ids.next(), customer), item(Ids.next(), customer));
        assertThat(faults()).containsExactly(new Fault(Kind.ALTERED, source, 3));
    }

    @Test
    @DisplayName("r30: the service itself may neither change nor delete a record")
    void r30TheServiceMayOnlyAdd() {
        for (String statement : List.of(
                "update access_record set actor = 'x'",
                "delete from access_record",
                "truncate access_record",
                "select set_config('snowball.purging', 'access_record', false); delete from access_record")) {
            assertThatThrownBy(() -> pool.query(statement).execute().await().indefinitely())
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    @DisplayName("r31: records leave after their three years, by a rule and with a record of it; the chain still holds")
    void r31RecordsLeaveAfterTheirTerm() {
        OwnerDatabase.tamper(
                "update access_record set received_at = now() - interval '3 years 2 days' where source = '%s' and sequence <= 2"
                        .formatted(source));
        retention.keepHouse().await().indefinitely();
        search("source=" + source).then().body("items.sequence", equalTo(List.of(3)));
        assertThat(faults()).isEmpty();
        as(Roles.DPO)
                .get("/api/v1/retention-purges")
                .then()
                .statusCode(200)
                .body("items.findAll { it.source == '%s' }.rowsRemoved".formatted(source), equalTo(List.of(2)));
        send(source, item(Ids.next(), customer));
        assertThat(faults()).isEmpty();
        // A year at the least, whatever anybody asks for.
        assertThatThrownBy(() -> pool.query(
                                "select purge_access_record(gen_random_uuid(), '%s', now() - interval '300 days', now())"
                                        .formatted(source))
                        .execute()
                        .await()
                        .indefinitely())
                .hasMessageContaining("for a year at least");
    }

    @Test
    @DisplayName(
            "r31: a notice to a recipient leaves three years after it was acknowledged, one that was not stays a duty")
    void r31AcknowledgedNoticesLeaveAfterTheirTerm() {
        for (String acknowledged : List.of("now() - interval '3 years 2 days'", "now() - interval '2 years'", "null")) {
            OwnerDatabase.run("""
                    insert into recipient_notice (id, customer_id, recipient, what, cause, cause_id, due_on, created_at, sent_at,
                      acknowledged_at)
                    values (gen_random_uuid(), '%s', '%s', 'STOP', 'SUBJECT_REQUEST', gen_random_uuid(), date '2020-01-01',
                      now() - interval '5 years', now() - interval '5 years', %s)""".formatted(customer, source, acknowledged));
        }
        retention.keepHouse().await().indefinitely();
        assertThat(pool.preparedQuery("select count(*) from recipient_notice where customer_id = $1")
                        .execute(Params.of(customer))
                        .await()
                        .indefinitely()
                        .iterator()
                        .next()
                        .getLong(0))
                .isEqualTo(2);
        as(Roles.DPO).get("/api/v1/retention-purges?limit=200").then().body("items.what", hasItem("RECIPIENT_NOTICES"));
    }

    private List<Fault> faults() {
        return audit.of(source).await().indefinitely().faults();
    }

    private void flush() {
        relay.flush().await().indefinitely();
    }

    private static Response search(String query) {
        Response answer = as(Roles.DPO).get(RECORDS + "?" + query);
        answer.then().statusCode(200);
        return answer;
    }

    private void send(String from, String... items) {
        as(Roles.SERVICE)
                .contentType(ContentType.JSON)
                .body("{\"source\": \"%s\", \"records\": [%s]}".formatted(from, String.join(", ", items)))
                .post("/api/v1/access-batches")
                .then()
                .statusCode(204);
    }

    private String item(UUID id, UUID whose) {
        return """
                {"id": "%s", "at": "2026-11-20T10:00:00.123456Z", "actor": "u-%s", "roles": ["sales", "dpo"], "action": "READ",
                 "operation": "getCustomer", "customers": ["%s"], "customerCount": 1, "reason": "customer-care",
                 "address": "203.0.113.7", "result": "DONE", "details": "n=1"}
                """.formatted(id, source, whose);
    }

    private static String letters(long number) {
        return IntStream.iterate((int) Math.abs(number % 1_000_000), n -> n > 0, n -> n / 26)
                .mapToObj(n -> String.valueOf((char) ('a' + n % 26)))
                .reduce("", String::concat);
    }
}
