package io.snowball.campaign.person;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.campaign.FakeSiblings;
import io.snowball.campaign.Fixtures;
import io.snowball.campaign.MailSink;
import io.snowball.platform.db.Params;
import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.feed.FeedHandler;
import io.snowball.platform.id.Ids;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** H1, C23: a person gets a campaign once, and is in its control group or not, under whatever ids. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeSiblings.class)
@WithTestResource(MailSink.class)
class PersonFeedTest {
    private static final Instant DAY = Instant.parse("2026-06-01T10:00:00Z");

    @Inject
    CustomerFeed customers;

    @Inject
    ConsentFeed consents;

    @Inject
    Pool pool;

    private final UUID stays = Ids.next();
    private final UUID merged = Ids.next();
    private final UUID mergeId = Ids.next();
    private UUID campaign = Ids.next();

    @BeforeEach
    void aRunningCampaign() {
        campaign = campaign();
    }

    @Test
    void theMessagesOfTheMergedOneAreOfWhoStaysAndGoBack() {
        UUID due = message(merged, "DUE", false);
        UUID sent = message(campaign(), merged, "SENT", false, null);
        merge();
        assertThat(row(due)).isEqualTo(stays + " DUE null false");
        assertThat(row(sent)).isEqualTo(stays + " SENT null false");
        // Planning meets the person again: the unique key is the customer's.
        assertThat(plan(stays)).isZero();
        unmerge();
        assertThat(row(due)).isEqualTo(merged + " DUE null false");
        assertThat(row(sent)).isEqualTo(merged + " SENT null false");
    }

    /** What either had of one campaign, and what becomes of it; -C is of the control group. The first is the message of who stays. */
    @ParameterizedTest
    @CsvSource({
        "DUE,         DUE,         DUE,         CANCELLED,   stays",
        "DUE,         DUE-C,       DUE-C,       CANCELLED-C, stays",
        "DUE-C,       DUE,         DUE-C,       CANCELLED,   stays",
        "CLAIMED,     DUE,         CLAIMED,     CANCELLED,   stays",
        "DUE,         CLAIMED,     CANCELLED,   CLAIMED,     merged",
        "SENT,        DUE,         SENT,        CANCELLED,   stays",
        "SENT,        CLAIMED,     SENT,        CLAIMED,     stays",
        "DUE,         SENT,        CANCELLED,   SENT,        merged",
        "DUE,         UNCERTAIN,   CANCELLED,   UNCERTAIN,   merged",
        "DUE,         HELD_OUT-C,  CANCELLED,   HELD_OUT-C,  merged",
        "HELD_OUT-C,  DUE,         HELD_OUT-C,  CANCELLED,   stays",
        "HELD_OUT-C,  SENT,        CANCELLED-C, SENT,        merged",
        "SENT,        HELD_OUT-C,  SENT,        CANCELLED-C, stays",
        "HELD_OUT-C,  HELD_OUT-C,  HELD_OUT-C,  CANCELLED-C, stays",
        "SENT,        SENT,        SENT,        SENT,        stays",
        "SUPPRESSED,  DUE,         SUPPRESSED,  DUE,         merged",
        "DUE,         SUPPRESSED,  DUE,         SUPPRESSED,  stays"
    })
    @DisplayName("Of two messages of one campaign the one that has come further is the person's")
    void ofTwoMessagesOne(String hisBefore, String othersBefore, String his, String others, String whose) {
        UUID first = message(stays, hisBefore.replace("-C", ""), hisBefore.endsWith("-C"));
        UUID second = message(merged, othersBefore.replace("-C", ""), othersBefore.endsWith("-C"));
        merge();
        boolean kept = whose.equals("stays");
        assertThat(row(first)).isEqualTo(expected(kept ? stays : merged, his));
        assertThat(row(second)).isEqualTo(expected(kept ? merged : stays, others));

        unmerge();
        assertThat(row(first)).isEqualTo(expected(stays, hisBefore));
        assertThat(row(second)).isEqualTo(expected(merged, othersBefore));
    }

    @Test
    void whatWasRefusedBecauseWeHadNotHeardOfTheMergeGoesOn() {
        UUID refused = message(campaign, merged, "SUPPRESSED", false, "MERGED");
        merge();
        assertThat(row(refused)).isEqualTo(stays + " DUE null false");
    }

    @Test
    void anOrderFollowsItsMessageWhicheverIsToldOfFirst() {
        message(merged, "SENT", false);
        UUID order = Ids.next();
        apply(customers, order(order, merged, 1));
        apply(customers, order(order, stays, 2), merging("customer.merged"));
        assertThat(ofOrder(order)).isEqualTo(stays);
        apply(customers, order(order, merged, 3));
        apply(customers, merging("customer.unmerged"));
        assertThat(ofOrder(order)).isEqualTo(merged);
    }

    @Test
    @DisplayName("r27: of who is erased nothing is found under their id, and the figures stay")
    void r27WhoIsErasedIsNobody() {
        UUID due = message(stays, "DUE", false);
        UUID sent = message(campaign(), stays, "SENT", false, null);
        pool.preparedQuery("insert into message_event (message_id, kind, at) values ($1, 'OPEN', now())")
                .execute(Params.of(sent))
                .await()
                .indefinitely();
        UUID order = Ids.next();
        apply(customers, order(order, stays, 1));
        apply(
                consents,
                consentChanged(stays, "PENDING_CONFIRMATION", Instant.now().toString()));
        merge();
        var erased = JsonNodeFactory.instance.objectNode().put("customerId", stays.toString());
        apply(customers, event("customer.erased", stays, erased));
        for (String table : List.of("message", "customer_order", "message_move", "confirmation_mail")) {
            assertThat(count("select count(*) from " + table + " where customer_id = '" + stays + "'"))
                    .as(table)
                    .isZero();
        }
        assertThat(row(due)).endsWith(" CANCELLED ERASED false");
        assertThat(row(sent))
                .endsWith(" SENT null false")
                .startsWith(ofOrder(order).toString());
        assertThat(count("select count(*) from message_event where message_id = '" + sent + "'"))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "EMAIL, SUBJECT_DEMAND,   ADVERTISING,   SUPPRESSED SUBJECT_DEMAND",
        "ANY,   COMPLAINT,        ADVERTISING,   SUPPRESSED COMPLAINT",
        "SMS,   SUBJECT_DEMAND,   ADVERTISING,   DUE null",
        "EMAIL, SUBJECT_DEMAND,   TRANSACTIONAL, DUE null",
        "EMAIL, OPERATOR_REFUSAL, TRANSACTIONAL, SUPPRESSED OPERATOR_REFUSAL",
        "EMAIL, BLOCKED,          ADVERTISING,   DUE null"
    })
    @DisplayName("r13: what waits for somebody who is stopped is over at once")
    void r13AStopEndsWhatWaits(String channel, String reason, String messageClass, String becomes) {
        pool.preparedQuery("update campaign set message_class = $2 where id = $1")
                .execute(Params.of(campaign, messageClass))
                .await()
                .indefinitely();
        UUID message = message(stays, "DUE", false);
        var data = JsonNodeFactory.instance
                .objectNode()
                .put("customerId", stays.toString())
                .put("channel", channel)
                .put("reason", reason)
                .put("at", DAY.toString());
        apply(consents, event("contact.stopped", stays, data));
        assertThat(row(message)).isEqualTo(stays + " " + becomes + " false");
    }

    @Test
    @DisplayName("r27: what waits for somebody who is to be destroyed is over at once")
    void r27ADestructionEndsWhatWaits() {
        UUID message = message(stays, "DUE", false);
        var data = JsonNodeFactory.instance.objectNode().put("customerId", stays.toString());
        apply(consents, event("destruction.ordered", stays, data));
        assertThat(row(message)).endsWith(" SUPPRESSED DESTROYED false").doesNotStartWith(stays.toString());
        // customer-service has not heard of it yet, and tells of an order.
        UUID late = Ids.next();
        apply(customers, order(late, stays, 1));
        assertThat(count("select count(*) from customer_order where order_id = '" + late + "'"))
                .isZero();
    }

    private void merge() {
        apply(customers, merging("customer.merged"));
    }

    private void unmerge() {
        apply(customers, merging("customer.unmerged"));
    }

    private FeedEvent merging(String type) {
        return event(
                type,
                stays,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("mergeId", mergeId.toString())
                        .put("customerId", stays.toString())
                        .put("mergedCustomerId", merged.toString()));
    }

    private static FeedEvent order(UUID order, UUID customer, int version) {
        return event(
                "order.changed",
                customer,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("orderId", order.toString())
                        .put("customerId", customer.toString())
                        .put("orderedAt", DAY.toString())
                        .put("status", "PAID")
                        .put("amount", 100)
                        .put("version", version));
    }

    private static FeedEvent consentChanged(UUID customer, String state, String at) {
        return event(
                "consent.changed",
                customer,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("customerId", customer.toString())
                        .put("recordId", Ids.next().toString())
                        .put("type", "ADVERTISING")
                        .put("purpose", "marketing")
                        .put("channel", "EMAIL")
                        .put("state", state)
                        .put("at", at));
    }

    private static FeedEvent event(String type, UUID subject, ObjectNode data) {
        return new FeedEvent("1-0", type, subject, DAY, data);
    }

    private void apply(FeedHandler handler, FeedEvent... events) {
        pool.withTransaction(tx -> handler.apply(tx, List.of(events))).await().indefinitely();
    }

    private static UUID campaign() {
        return Fixtures.launched(FakeSiblings.segment(List.of()), Fixtures.purpose(), 0);
    }

    private UUID message(UUID customer, String state, boolean control) {
        return message(campaign, customer, state, control, null);
    }

    private UUID message(UUID of, UUID customer, String state, boolean control, @Nullable String reason) {
        UUID id = Ids.next();
        pool.preparedQuery("""
                        insert into message (id, campaign_id, customer_id, control, state, due_at, lease, decided_at, reason)
                        values ($1, $2, $3, $4, $5, '2099-01-01T00:00:00Z',
                          case when $5 = 'CLAIMED' then $1 end, '2026-05-01T00:00:00Z', $6)
                        """)
                .execute(Params.of(id, of, customer, control, state, reason))
                .await()
                .indefinitely();
        return id;
    }

    private int plan(UUID customer) {
        return pool.preparedQuery("""
                        insert into message (id, campaign_id, customer_id, control, state, due_at)
                        values ($1, $2, $3, false, 'DUE', now())
                        on conflict (customer_id, campaign_id) do nothing""")
                .execute(Params.of(Ids.next(), campaign, customer))
                .await()
                .indefinitely()
                .rowCount();
    }

    private String row(UUID message) {
        var row = pool.preparedQuery("select customer_id, state, reason, control from message where id = $1")
                .execute(Params.of(message))
                .await()
                .indefinitely()
                .iterator()
                .next();
        return row.getUUID("customer_id") + " " + row.getString("state") + " " + row.getString("reason") + " "
                + row.getBoolean("control");
    }

    private static String expected(UUID customer, String state) {
        String name = state.replace("-C", "");
        return customer + " " + name + " " + (name.equals("CANCELLED") ? "MERGED" : null) + " " + state.endsWith("-C");
    }

    private UUID ofOrder(UUID order) {
        return pool.preparedQuery("select customer_id from customer_order where order_id = $1")
                .execute(Params.of(order))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getUUID(0);
    }

    private long count(String query) {
        return pool.query(query)
                .execute()
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }
}
