package io.snowball.consent.destruction;

import static io.snowball.platform.testkit.TestTokens.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.snowball.consent.Requisites;
import io.snowball.consent.Samples;
import io.snowball.consent.Tables;
import io.snowball.consent.consent.IdentifierHash;
import io.snowball.consent.paper.Printer;
import io.snowball.consent.sibling.FakeCustomers;
import io.snowball.platform.db.Params;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirements r27, r28: what is destroyed is gone everywhere, and proven for three years. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class DestructionTest {
    @Inject
    Pool pool;

    @Inject
    @RestClient
    FakeCustomers customers;

    @Inject
    DestructionWorker worker;

    @Inject
    DestructionSteps steps;

    @Inject
    DestructionSql sql;

    @Inject
    IdentifierHash hashes;

    private final UUID customer = Ids.next();
    private final String marker = "Меткин-" + customer;
    private final String email = "mark-" + customer + "@example.org";

    @BeforeEach
    void aPersonWithData() {
        Requisites.record();
        customers.knows(customer, """
                {"profile": {"lastName": "%s", "firstName": "Пётр"}, "categories": [{"category": "IDENTITIES", "rows": [{"kind": "EMAIL", "value": "%s"}]}]}
                """.formatted(marker, email));
    }

    @Test
    @DisplayName("r27, r28: destroyed, asked again, act and log of order 179 with their hashes, kept three years")
    void r27DestroysVerifiesAndProves() {
        String id = plan().then().statusCode(202).extract().path("id");
        done(id);
        assertThat(customers.stillKnows(customer)).isFalse();

        var proof = as(Roles.DPO)
                .get("/api/v1/destructions/{id}/proof", id)
                .then()
                .statusCode(200)
                .extract();
        String log = as(Roles.DPO)
                .get("/api/v1/destructions/{id}/log/csv", id)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(log)
                .contains(
                        "\"subject\",\"categories\",\"ispdn\",\"reason\",\"destroyed_at\"", marker, "ИСПДн «Клиенты»");
        assertThat(Printer.sha256(log.getBytes(StandardCharsets.UTF_8))).isEqualTo(proof.path("logSha256"));
        String xml = as(Roles.DPO)
                .get("/api/v1/destructions/{id}/log/xml", id)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(xml).contains("<subject>", marker, "<ispdn>ИСПДн «Клиенты»</ispdn>");
        assertThat(Printer.sha256(xml.getBytes(StandardCharsets.UTF_8))).isEqualTo(proof.path("logXmlSha256"));
        byte[] pdf = as(Roles.DPO)
                .get("/api/v1/destructions/{id}/act/pdf", id)
                .then()
                .statusCode(200)
                .contentType("application/pdf")
                .extract()
                .asByteArray();
        assertThat(Printer.sha256(pdf)).isEqualTo(proof.path("actSha256"));
        as(Roles.DPO)
                .get("/api/v1/destructions/{id}/act/html", id)
                .then()
                .body(containsString(marker))
                .body(containsString("Категории уничтоженных данных"))
                .body(containsString("в базах данных средствами СУБД; уничтожение проверено повторным запросом"))
                .body(containsString("Общество с ограниченной ответственностью"));
        LocalDate destroyedOn =
                LocalDate.parse(proof.<String>path("destroyedAt").substring(0, 10));
        assertThat(LocalDate.parse(proof.path("keptUntil"))).isAfterOrEqualTo(destroyedOn.plusYears(3));
    }

    @Test
    @DisplayName("r28: nothing is left of the name but the act, and of the address but a keyed hash")
    void r28NothingIsLeftButTheActAndAHash() {
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", Ids.next())
                .body("""
                        {"kind": "ACCESS", "channel": "LETTER", "customerId": "%s", "applicant": {"name": "%s", "contact": "%s"},
                         "text": "Я, %s, прошу"}
                        """.formatted(customer, marker, email, marker))
                .post("/api/v1/subject-requests")
                .then()
                .statusCode(201);
        done(plan().path("id"));

        assertThat(Tables.thatHold(pool, marker)).containsExactly("destruction_archive.proof");
        assertThat(Tables.thatHold(pool, email)).isEmpty();
        var kept = pool.preparedQuery("""
                        select count(*) as n from contact_stop
                        where address_hash = decode($1, 'hex') and reason = 'DESTROYED' and customer_id is null""")
                .execute(Params.of(hashes.of(email.toUpperCase(java.util.Locale.ROOT))))
                .await()
                .indefinitely();
        assertThat(kept.iterator().next().getLong("n")).isEqualTo(1);
    }

    @Test
    @DisplayName("r27: nothing is sent meanwhile, and nothing is told that names the person")
    void r27BlockedMeanwhile() {
        done(plan().path("id"));
        var said = Samples.announced(pool, customer).stream()
                .map(row -> row.getString("data"))
                .toList();
        assertThat(said).hasSize(3);
        assertThat(said.getFirst()).contains("\"blocked\": true");
        assertThat(said.get(1)).contains("destructionId");
        assertThat(said.getLast()).contains("\"blocked\": false");
        assertThat(Samples.announced(pool, customer).toString())
                .doesNotContain(marker)
                .doesNotContain(email);
    }

    @Test
    @DisplayName("r27: who only says that it is destroyed is asked again, and there is no act until it is")
    void r27NoActBeforeItIsTrue() {
        customers.pretendsToDestroy(customer);
        String id = plan().path("id");
        steps.run(UUID.fromString(id)).await().indefinitely();
        get(id).then()
                .body("state", equalTo("VERIFYING"))
                .body("attempts", greaterThan(0))
                .body("lastFault", containsString("still has data"));
        as(Roles.DPO).get("/api/v1/destructions/{id}/proof", id).then().statusCode(404);
        customers.reallyDestroys(customer);
        // Once to be told that it was still there, and to have it destroyed; once more to be sure.
        steps.run(UUID.fromString(id)).await().indefinitely();
        steps.run(UUID.fromString(id)).await().indefinitely();
        get(id).then().body("state", equalTo("DONE")).body("lastFault", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLANNED", "DESTROYING", "VERIFYING"})
    @DisplayName("r27: wherever it broke off, it goes on there and the act names the person")
    void r27GoesOnWhereItBrokeOff(String state) {
        UUID id = UUID.fromString(plan().path("id"));
        assertThat(brokenOff(id, state)).isTrue();
        steps.run(id).await().indefinitely();
        get(id.toString()).then().body("state", equalTo("DONE"));
        as(Roles.DPO).get("/api/v1/destructions/{id}/act/html", id).then().body(containsString(marker));
        steps.run(id).await().indefinitely();
    }

    /** Puts it to where a crash would have left it. */
    private boolean brokenOff(UUID id, String state) {
        if (state.equals("VERIFYING")) {
            customers.destroy(customer).await().indefinitely();
        }
        return pool.preparedQuery("""
                        update destruction
                        set state = $2, subject = case when $2 = 'PLANNED' then null else $3 end, destroyed_at = case when $2 = 'VERIFYING' then now() end,
                          claimed_until = now() + interval '1 hour'
                        where id = $1
                        """)
                        .execute(Params.of(id, state, marker))
                        .await()
                        .indefinitely()
                        .rowCount()
                == 1;
    }

    @Test
    @DisplayName("r27: where a sibling does not answer it waits and tries again")
    void r27WaitsForASiblingThatIsDown() {
        customers.isDownFor(customer);
        String id = plan().path("id");
        steps.run(UUID.fromString(id)).await().indefinitely();
        get(id).then().body("state", equalTo("PLANNED")).body("lastFault", containsString("customer-service"));
        customers.isUpAgainFor(customer);
        steps.run(UUID.fromString(id)).await().indefinitely();
        get(id).then().body("state", equalTo("DONE"));
    }

    @Test
    @DisplayName("r27: one at a time for a person, and a key that makes it repeatable")
    void r27OneAtATime() {
        customers.isDownFor(customer);
        UUID key = Ids.next();
        String id = plan(key).then().statusCode(202).extract().path("id");
        plan(key).then().statusCode(202).body("id", equalTo(id));
        plan().then().statusCode(409).body("type", equalTo("/problems/destruction-running"));
        plan(null).then().statusCode(400);
    }

    @Test
    @DisplayName("r28, r31: acts go when their three years are over, and not before")
    void r28ActsGoAfterThreeYears() {
        String id = plan().path("id");
        done(id);
        LocalDate until = LocalDate.parse(
                as(Roles.DPO).get("/api/v1/destructions/{id}/proof", id).<String>path("keptUntil"));
        sql.purge(pool, until.minusDays(1)).await().indefinitely();
        as(Roles.DPO).get("/api/v1/destructions/{id}/proof", id).then().statusCode(200);
        sql.purge(pool, until).await().indefinitely();
        as(Roles.DPO).get("/api/v1/destructions/{id}/proof", id).then().statusCode(404);
    }

    @Test
    @DisplayName("r27: a purpose that is reached is proposed only, and runs when somebody has approved")
    void r27WhatIsReachedIsProposed() {
        String purpose = "r-" + Ids.next();
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"code\": \"%s\", \"title\": \"Клуб\"}".formatted(purpose))
                .post("/api/v1/purposes")
                .then()
                .statusCode(201);
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("""
                        {"effectiveFrom": "2020-01-01T00:00:00Z", "legalBasis": "CONSENT", "subjects": ["а"], "categories": ["б"],
                         "actions": ["в"], "methods": ["г"], "recipients": [], "term": "год", "retentionDays": 365,
                         "withdrawalMethod": "д"}
                        """)
                .post("/api/v1/purposes/{code}/versions", purpose)
                .then()
                .statusCode(201);
        UUID recent = Ids.next();
        withdrawn(customer, purpose, "2024-01-01T00:00:00Z");
        withdrawn(recent, purpose, java.time.Instant.now().toString());

        // Whose consent to a purpose that nobody has described is in force is not done with.
        String undescribed = "u-" + Ids.next();
        UUID elsewhere = Ids.next();
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"code\": \"%s\", \"title\": \"Без описания\"}".formatted(undescribed))
                .post("/api/v1/purposes")
                .then()
                .statusCode(201);
        withdrawn(elsewhere, purpose, "2024-01-01T00:00:00Z");
        Samples.record(Samples.givenNow(elsewhere, Samples.document("ADVERTISING", undescribed))
                        .replace("\"marketing\"", "\"" + undescribed + "\""))
                .then()
                .statusCode(201);

        worker.keepHouse().await().indefinitely();
        String id = as(Roles.DPO)
                .get("/api/v1/destructions?state=PROPOSED&limit=200")
                .then()
                .statusCode(200)
                .extract()
                .path("items.find {it.customerId == '" + customer + "'}.id");
        assertThat(id).isNotNull();
        assertThat(as(Roles.DPO)
                        .get("/api/v1/destructions?limit=200")
                        .<Object>path("items.find {it.customerId == '" + recent + "'}"))
                .isNull();
        assertThat(as(Roles.DPO)
                        .get("/api/v1/destructions?limit=200")
                        .<Object>path("items.find {it.customerId == '" + elsewhere + "'}"))
                .isNull();
        steps.run(UUID.fromString(id)).await().indefinitely();
        assertThat(customers.stillKnows(customer)).isTrue();

        as(Roles.DPO)
                .post("/api/v1/destructions/{id}/approvals", id)
                .then()
                .statusCode(200)
                .body("state", equalTo("PLANNED"));
        as(Roles.DPO).post("/api/v1/destructions/{id}/rejections", id).then().statusCode(409);
        done(id);
        assertThat(customers.stillKnows(customer)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {Roles.MARKETER, Roles.SALES, Roles.PARTNER, Roles.SERVICE})
    void onlyThoseWhoAnswerForItDestroy(String role) {
        as(role).get("/api/v1/destructions").then().statusCode(403);
    }

    private static void withdrawn(UUID customer, String purpose, String at) {
        Samples.record("""
                {"customerId": "%s", "purpose": "%s", "channel": "EMAIL", "action": "WITHDRAWN",
                 "evidence": {"source": "letter", "at": "%s"}}
                """.formatted(customer, purpose, at)).then().statusCode(201);
    }

    private void done(String id) {
        await().until(() -> {
            worker.work().await().indefinitely();
            return get(id).path("state").equals("DONE");
        });
    }

    private Response plan() {
        return plan(Ids.next());
    }

    private Response plan(@Nullable UUID key) {
        var request = as(Roles.DPO).contentType(ContentType.JSON).body("""
                {"customerId": "%s", "reason": "REQUEST", "text": "Требование субъекта № 17"}
                """.formatted(customer));
        return (key == null ? request : request.header("Idempotency-Key", key)).post("/api/v1/destructions");
    }

    private static Response get(String id) {
        return as(Roles.DPO).get("/api/v1/destructions/{id}", id);
    }
}
