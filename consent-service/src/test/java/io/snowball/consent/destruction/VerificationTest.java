package io.snowball.consent.destruction;

import static io.snowball.platform.testkit.TestTokens.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.snowball.consent.Requisites;
import io.snowball.consent.Samples;
import io.snowball.consent.sibling.FakeCampaign;
import io.snowball.consent.sibling.FakeCustomers;
import io.snowball.consent.sibling.FakeFactKeeper;
import io.snowball.consent.sibling.FakeSegmentation;
import io.snowball.platform.db.Params;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.CustomerColumns;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirement r27: there is no act before everybody who keeps something of the person has said that nothing is left. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class VerificationTest {
    @Inject
    Pool pool;

    @Inject
    @RestClient
    FakeCustomers customers;

    @Inject
    @RestClient
    FakeSegmentation segmentation;

    @Inject
    @RestClient
    FakeCampaign campaign;

    @Inject
    DestructionSteps steps;

    @Inject
    DestructionSql sql;

    private final UUID customer = Ids.next();
    private final UUID old = Ids.next();

    @BeforeEach
    void aPersonOfTwoIds() {
        Requisites.record();
        customers.knows(customer, "{\"profile\": {\"lastName\": \"Меткин\"}}");
        customers.alsoKnowsAs(customer, old);
    }

    @ParameterizedTest
    @ValueSource(strings = {"segmentation-service", "campaign-service"})
    @DisplayName(
            "r27: rows left with anybody, under any id, hold the act back; they are told again, and then it is written")
    void r27RowsLeftAnywhereHoldTheActBack(String service) {
        keeper(service).has(old, 3);
        UUID id = plan();
        run(id);
        get(id).body("state", equalTo("VERIFYING"))
                .body("attempts", equalTo(1))
                .body("lastFault", equalTo("No act yet: " + service + " still has data of the person: MESSAGES 3"));
        noAct(id);
        assertThat(orders(old)).as("who has data again is told again").isOne();

        keeper(service).hasNothingMoreOf(old);
        run(id);
        get(id).body("state", equalTo("DONE")).body("lastFault", nullValue());
        String act = act(id);
        assertThat(act)
                .contains("customer-service: уничтожено или обезличено записей: IDENTITIES 2; запрошено")
                .contains("segmentation-service: сведения под номером субъекта уничтожены по распоряжению; запрошено")
                .contains("campaign-service: сведения под номером субъекта уничтожены по распоряжению; запрошено")
                .contains("consent-service: сведения из обращений и переписки уничтожены")
                .contains("ничего не найдено");
    }

    @ParameterizedTest
    @ValueSource(strings = {"segmentation-service", "campaign-service"})
    @DisplayName("r27: who is down postpones the act, and the state says who")
    void r27WhoIsDownPostponesTheAct(String service) {
        keeper(service).isDownFor(customer);
        UUID id = plan();
        run(id);
        get(id).body("state", equalTo("VERIFYING"))
                .body("attempts", greaterThan(0))
                .body("lastFault", equalTo("No act yet: " + service + " does not answer (status 503)"));
        noAct(id);
        keeper(service).isUpAgainFor(customer);
        run(id);
        get(id).body("state", equalTo("DONE"));
    }

    @Test
    @DisplayName(
            "r27: that nothing is found proves nothing before the order has come; it is waited for, and told again in the end")
    void r27WhoHasNotHeardIsWaitedFor() {
        campaign.hasNotHeardOf(customer);
        UUID id = plan();
        run(id);
        get(id).body("state", equalTo("VERIFYING"))
                .body("attempts", equalTo(0))
                .body("lastFault", equalTo("No act yet: campaign-service has not heard of the destruction yet"));
        noAct(id);
        assertThat(orders(customer)).isOne();

        update(id, "destroyed_at = now() - interval '2 hours'");
        run(id);
        assertThat(orders(customer)).isEqualTo(2);
        campaign.hearsOf(customer);
        run(id);
        get(id).body("state", equalTo("DONE"));
    }

    @Test
    @DisplayName("r27: all that hold it back are named at once")
    void r27AllAreNamed() {
        segmentation.isDownFor(customer);
        campaign.has(customer, 1);
        UUID id = plan();
        run(id);
        get(id).body(
                        "lastFault",
                        allOf(
                                containsString("segmentation-service does not answer"),
                                containsString("campaign-service still has data of the person: MESSAGES 1")));
        segmentation.isUpAgainFor(customer);
        campaign.hasNothingMoreOf(customer);
    }

    @Test
    @DisplayName(
            "r27: killed while it verifies, it asks everybody anew, under the ids that only customer-service knew of")
    void r27KilledInTheMiddleItAsksEverybodyAnew() {
        campaign.isDownFor(customer);
        UUID id = plan();
        run(id);
        campaign.isUpAgainFor(customer);
        segmentation.has(old, 1);
        update(id, "claimed_until = now() + interval '1 hour'");
        run(id);
        get(id).body("lastFault", containsString("segmentation-service still has data"));
        noAct(id);
        segmentation.hasNothingMoreOf(old);
        run(id);
        get(id).body("state", equalTo("DONE"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            REQUEST_WORDS  | insert into subject_request (id, kind, state, channel, received_at, received_on, due_on, customer_id, article, text, created_at, created_by) values ($1, 'ACCESS', 'RECEIVED', 'LETTER', now(), current_date, current_date, $2, 'x', 'слова', now(), 'x')
            STOP_WORDS     | insert into contact_stop (id, customer_id, channel, reason, source, reference, added_at, added_by) values ($1, $2, 'SMS', 'COMPLAINT', 'x', 'слова', now(), 'x')
            NOTICE_WORDS   | insert into recipient_notice (id, customer_id, recipient, what, cause, cause_id, due_on, created_at, sent_at, sent_by, sent_reference) values ($1, $2, 'Почта', 'CORRECTION', 'SUBJECT_REQUEST', $1, current_date, now(), now(), 'x', 'слова')
            NUMBER_SIGNS   | insert into number_sign (customer_id, heard_at) select $2::uuid, now() where $1::uuid is not null
            PLAN_WORDS     | insert into destruction (id, customer_id, reason, reason_text, state, due_on, categories, planned_at, planned_by, next_attempt_at) values ($1, $2, 'OTHER', 'слова', 'REJECTED', current_date, array['имя'], now(), 'x', now())
            """)
    @DisplayName("r27: this service's own tables are asked too")
    void r27OwnTablesAreAskedToo(String trace, String insert) {
        campaign.isDownFor(customer);
        UUID id = plan();
        run(id);
        campaign.isUpAgainFor(customer);
        pool.preparedQuery(insert)
                .execute(Params.of(Ids.next(), customer))
                .await()
                .indefinitely();
        // As if the step that destroys had passed over it.
        update(id, "destroyed_at = now() + interval '1 minute'");
        run(id);
        get(id).body("state", equalTo("VERIFYING"))
                .body(
                        "lastFault",
                        equalTo("No act yet: consent-service still has data of the person: " + trace + " 1"));
        run(id);
        get(id).body("state", equalTo("DONE"));
    }

    @Test
    @DisplayName("r27: a consent in force ends with the data, though customer-service never knew the person")
    void r27AConsentInForceEnds() {
        Samples.record(Samples.givenNow(old, Samples.advertisingDocument()))
                .then()
                .statusCode(201);
        UUID id = plan(old);
        run(id);
        get(id).body("state", equalTo("DONE"));
        assertThat(count("select count(*) as n from consent_state where customer_id = $1 and state = 'EXPIRED'", old))
                .isOne();
    }

    @Test
    @DisplayName("r27: every column of ours that names a customer is looked into, or kept by law")
    void r27NoColumnIsForgotten() {
        assertThat(CustomerColumns.of(pool))
                .as("put a new one into OwnTrace and into what is forgotten, or here with the reason")
                .isEqualTo(Set.of(
                        // Looked into.
                        "contact_stop.customer_id",
                        "destruction.customer_id",
                        "recipient_notice.customer_id",
                        "subject_request.customer_id",
                        "consent_state.customer_id",
                        "number_sign.customer_id",
                        // The ledger.
                        "consent_chain.customer_id",
                        "consent_event.customer_id",
                        "consent_event_purged.customer_id",
                        // Which ids are one person's: a decision about the old one is no.
                        "merged_customer.customer_id",
                        "merged_customer.into_id",
                        // Until the act is written, which releases them.
                        "processing_block.customer_id",
                        "processing_block_note.customer_id",
                        // The access log, three years.
                        "access_record.customers",
                        // Answers about the ledger, by id and for 30 days; those with words are deleted.
                        "idempotency_key.subjects",
                        // What was told, by ids that are nobody's any more.
                        "feed_event.subject"));
    }

    @Test
    @DisplayName("r27: what runs for too long is counted for the alarm")
    void r27WhatRunsTooLongIsCounted() {
        Instant before = Instant.now().minus(10 * 365, ChronoUnit.DAYS);
        campaign.isDownFor(customer);
        UUID id = plan();
        run(id);
        long others = sql.late(pool, before).await().indefinitely();
        pool.preparedQuery("update destruction set planned_at = $2 where id = $1")
                .execute(Params.of(id, before.minusSeconds(1).atOffset(ZoneOffset.UTC)))
                .await()
                .indefinitely();
        assertThat(sql.late(pool, before).await().indefinitely()).isEqualTo(others + 1);
        campaign.isUpAgainFor(customer);
        run(id);
        assertThat(sql.late(pool, before).await().indefinitely()).isEqualTo(others);
    }

    private FakeFactKeeper keeper(String service) {
        return service.startsWith("campaign") ? campaign : segmentation;
    }

    private void run(UUID id) {
        steps.run(id).await().indefinitely();
    }

    private UUID plan() {
        return plan(customer);
    }

    private static UUID plan(UUID whom) {
        return UUID.fromString(as(Roles.DPO)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", Ids.next())
                .body("{\"customerId\": \"%s\", \"reason\": \"REQUEST\", \"text\": \"№ 17\"}".formatted(whom))
                .post("/api/v1/destructions")
                .then()
                .statusCode(202)
                .extract()
                .path("id"));
    }

    private static ValidatableResponse get(UUID id) {
        return as(Roles.DPO).get("/api/v1/destructions/{id}", id).then().statusCode(200);
    }

    private static void noAct(UUID id) {
        as(Roles.DPO).get("/api/v1/destructions/{id}/proof", id).then().statusCode(404);
    }

    private static String act(UUID id) {
        return as(Roles.DPO).get("/api/v1/destructions/{id}/act/html", id).asString();
    }

    private long orders(UUID whom) {
        return count("select count(*) as n from feed_event where subject = $1 and type = 'destruction.ordered'", whom);
    }

    private void update(UUID id, String what) {
        pool.preparedQuery("update destruction set " + what + " where id = $1")
                .execute(Params.of(id))
                .await()
                .indefinitely();
    }

    private long count(String query, UUID whom) {
        return pool.preparedQuery(query)
                .execute(Params.of(whom))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong("n");
    }
}
