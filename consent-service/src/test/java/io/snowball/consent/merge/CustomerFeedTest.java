package io.snowball.consent.merge;

import static io.snowball.consent.Samples.advertisingDocument;
import static io.snowball.consent.Samples.announced;
import static io.snowball.consent.Samples.decide;
import static io.snowball.consent.Samples.givenNow;
import static io.snowball.consent.Samples.record;
import static io.snowball.consent.Samples.withdrawnNow;
import static io.snowball.platform.testkit.TestTokens.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.snowball.consent.consent.ChainAudit;
import io.snowball.consent.consent.Channel;
import io.snowball.consent.consent.Consents;
import io.snowball.consent.consent.Consents.LinkWithdrawal;
import io.snowball.platform.db.Params;
import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** H1 and the law: of two records of one person the stricter word counts (152-FZ art. 9, 38-FZ art. 18). */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class CustomerFeedTest {
    @Inject
    CustomerFeed feed;

    @Inject
    Consents consents;

    @Inject
    ChainAudit audit;

    @Inject
    Pool pool;

    private final UUID stays = Ids.next();
    private final UUID merged = Ids.next();
    private final UUID mergeId = Ids.next();
    private String document = "";

    @BeforeEach
    void aText() {
        document = advertisingDocument();
    }

    @Test
    @DisplayName("A withdrawal of the merged one ends the consent of who stays, and undoing it brings it back")
    void r13AWithdrawalGoesOver() {
        record(givenNow(stays, document)).then().statusCode(201);
        record(givenNow(merged, document)).then().statusCode(201);
        record(withdrawnNow(merged)).then().statusCode(201);
        decision(stays, "GIVEN");
        merge();
        decision(stays, "WITHDRAWN");
        as(Roles.DPO)
                .get("/api/v1/consents?customerId=" + stays)
                .then()
                .body("items[1].evidence.source", equalTo("customer-merged"))
                .body("items[1].evidence.requestId", equalTo(mergeId.toString()));
        assertThat(announced(pool, stays).getLast().getString("data")).contains("\"WITHDRAWN\"");

        unmerge();
        decision(stays, "GIVEN");
        decision(merged, "WITHDRAWN");
        assertIntact();
    }

    @Test
    @DisplayName("A consent of the merged one is none of who stays, and is there again when it is undone")
    void r13AConsentDoesNotGoOver() {
        record(givenNow(merged, document)).then().statusCode(201);
        merge();
        decision(stays, "NO_CONSENT");
        decision(merged, "MERGED");
        unmerge();
        decision(stays, "NO_CONSENT");
        decision(merged, "GIVEN");
    }

    @Test
    @DisplayName("What is withdrawn while they are one is withdrawn for both, by the link of an old message too")
    void r13WithdrawnMeanwhileStaysWithdrawn() {
        record(givenNow(stays, document)).then().statusCode(201);
        record(givenNow(merged, document)).then().statusCode(201);
        merge();
        decision(stays, "GIVEN");
        consents.withdraw(new LinkWithdrawal(Ids.next(), merged, "marketing", Channel.EMAIL, null, null))
                .await()
                .indefinitely();
        decision(stays, "WITHDRAWN");
        unmerge();
        decision(stays, "WITHDRAWN");
        decision(merged, "WITHDRAWN");
        assertIntact();
    }

    @Test
    @DisplayName("Who had been silenced by the merge and then unsubscribes too does not get the consent back")
    void r13AnUnsubscribeAfterTheMergeIsTheLastWord() {
        record(givenNow(stays, document)).then().statusCode(201);
        record(withdrawnNow(merged)).then().statusCode(201);
        merge();
        var link = new LinkWithdrawal(Ids.next(), stays, "marketing", Channel.EMAIL, null, null);
        consents.withdraw(link).await().indefinitely();
        unmerge();
        decision(stays, "WITHDRAWN");
    }

    @Test
    @DisplayName("r24: a block goes over, stops everything but what the law demands, and goes back")
    void r24ABlockGoesOver() {
        record(givenNow(stays, document)).then().statusCode(201);
        block(merged);
        decide("ADVERTISING", merged).then().body("decisions[0].reason", equalTo("BLOCKED"));
        merge();
        decide("SERVICE", stays).then().body("decisions[0].reason", equalTo("BLOCKED"));
        decide("LEGAL", stays).then().body("decisions[0].allowed", equalTo(true));
        unmerge();
        decision(stays, "GIVEN");
        decide("SERVICE", merged).then().body("decisions[0].reason", equalTo("BLOCKED"));
    }

    @Test
    @DisplayName("r24: a block is lifted for the person, under whatever id it was set")
    void r24ABlockIsLiftedForThePerson() {
        block(merged);
        merge();
        as(Roles.DPO)
                .delete("/api/v1/processing-blocks/{id}/{category}", stays, "*")
                .then()
                .statusCode(204);
        decide("SERVICE", stays).then().body("decisions[0].allowed", equalTo(true));
        unmerge();
        decide("SERVICE", merged).then().body("decisions[0].allowed", equalTo(true));
    }

    @Test
    @DisplayName("r12: stops go over; what is stopped under the old id afterwards stops who stays")
    void r12StopsGoOver() {
        record(givenNow(stays, document)).then().statusCode(201);
        stop(merged, "COMPLAINT");
        merge();
        decision(stays, "COMPLAINT");
        stop(merged, "SUBJECT_DEMAND");
        as(Roles.DPO)
                .get("/api/v1/contact-stops?customerId=" + stays)
                .then()
                .body("items.reason", hasItem("SUBJECT_DEMAND"));
        unmerge();
        decision(stays, "SUBJECT_DEMAND");
        as(Roles.DPO)
                .get("/api/v1/contact-stops?customerId=" + stays)
                .then()
                .body("items.findAll { it.liftedAt == null }.reason", not(hasItem("COMPLAINT")));
    }

    @Test
    @DisplayName("Through several merges to the one who stays in the end")
    void mergesInARow() {
        UUID last = Ids.next();
        record(givenNow(last, document)).then().statusCode(201);
        merge();
        apply("customer.merged", Ids.next(), last, stays);
        decision(last, "GIVEN");
        record(withdrawnNow(merged)).then().statusCode(201);
        decision(last, "WITHDRAWN");
    }

    @Test
    @DisplayName("Undoing one of two merges does not undo the word of the other")
    void ofTwoMergedOneIsTakenBack() {
        record(givenNow(stays, document)).then().statusCode(201);
        record(withdrawnNow(merged)).then().statusCode(201);
        UUID second = Ids.next();
        record(withdrawnNow(second)).then().statusCode(201);
        merge();
        apply("customer.merged", Ids.next(), stays, second);
        unmerge();
        decision(stays, "WITHDRAWN");
        assertIntact();
    }

    @Test
    @DisplayName("r27: with the data the consents end")
    void r27WhoIsErasedHasNoConsentInForce() {
        record(givenNow(stays, document)).then().statusCode(201);
        var data = JsonNodeFactory.instance.objectNode().put("customerId", stays.toString());
        apply(new FeedEvent("1-0", "customer.erased", stays, Instant.EPOCH, data));
        decision(stays, "EXPIRED");
        apply(new FeedEvent("1-0", "customer.erased", stays, Instant.EPOCH, data));
        as(Roles.DPO).get("/api/v1/consents?customerId=" + stays).then().body("items.size()", equalTo(2));
    }

    @Test
    @DisplayName("r13: who tells the caller not to call again is on the stop-list for calls")
    void r13ARefusalOnTheTelephoneIsADemand() {
        for (String result : List.of("ACCEPTED", "DO_NOT_CALL")) {
            var data = JsonNodeFactory.instance
                    .objectNode()
                    .put("callListId", Ids.next().toString())
                    .put("entryId", Ids.next().toString())
                    .put("customerId", stays.toString())
                    .put("result", result)
                    .put("at", "2026-11-01T10:00:00Z");
            apply(new FeedEvent("1-0", "call.recorded", stays, Instant.EPOCH, data));
        }
        as(Roles.DPO)
                .get("/api/v1/contact-stops?customerId=" + stays)
                .then()
                .body("items.channel", equalTo(List.of("CALL")))
                .body("items[0].reason", equalTo("SUBJECT_DEMAND"));
    }

    @Test
    @DisplayName("r20: where somebody else answers, nothing goes to that number any more; who answers is heard of")
    void r20AWrongNumberIsSilent() {
        call(merged, "WRONG_NUMBER");
        as(Roles.DPO)
                .get("/api/v1/contact-stops?customerId=" + merged)
                .then()
                .body("items.channel", equalTo(List.of("CALL", "SMS")))
                .body("items.reason", equalTo(List.of("NUMBER_REISSUED", "NUMBER_REISSUED")));
        call(stays, "CALL_BACK");
        assertThat(signs(stays)).isEqualTo(1);
        assertThat(signs(merged)).isZero();
    }

    private void call(UUID customer, String result) {
        var data = JsonNodeFactory.instance
                .objectNode()
                .put("callListId", Ids.next().toString())
                .put("entryId", Ids.next().toString())
                .put("customerId", customer.toString())
                .put("result", result)
                .put("at", "2026-11-01T10:00:00Z");
        apply(new FeedEvent("1-0", "call.recorded", customer, Instant.EPOCH, data));
    }

    private long signs(UUID customer) {
        return pool.preparedQuery("select count(*) from number_sign where customer_id = $1")
                .execute(Params.of(customer))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }

    @Test
    void whatNobodyHasToldOfIsNothingToUndo() {
        record(givenNow(stays, document)).then().statusCode(201);
        unmerge();
        decision(stays, "GIVEN");
    }

    private void merge() {
        apply("customer.merged", mergeId, stays, merged);
    }

    private void unmerge() {
        apply("customer.unmerged", mergeId, stays, merged);
    }

    private void apply(String type, UUID id, UUID into, UUID other) {
        var data = JsonNodeFactory.instance
                .objectNode()
                .put("mergeId", id.toString())
                .put("customerId", into.toString())
                .put("mergedCustomerId", other.toString())
                .put("addedLater", "a consumer does not mind");
        apply(new FeedEvent("1-0", type, into, Instant.EPOCH, data));
    }

    private void apply(FeedEvent event) {
        pool.withTransaction(tx -> feed.apply(tx, List.of(event))).await().indefinitely();
    }

    private static void decision(UUID customer, String reason) {
        decide("ADVERTISING", customer).then().body("decisions[0].reason", equalTo(reason));
    }

    private static void block(UUID customer) {
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"customerId\": \"%s\", \"reason\": \"CHECK\"}".formatted(customer))
                .post("/api/v1/processing-blocks")
                .then()
                .statusCode(201);
    }

    private static void stop(UUID customer, String reason) {
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"customerId\": \"%s\", \"reason\": \"%s\", \"source\": \"call-centre\"}"
                        .formatted(customer, reason))
                .post("/api/v1/contact-stops")
                .then()
                .statusCode(201);
    }

    /** The chains of both, counted again. */
    private void assertIntact() {
        for (UUID customer : List.of(stays, merged)) {
            assertThat(audit.of(customer).await().indefinitely().faults()).isEmpty();
        }
    }
}
