package io.snowball.segmentation.fact;

import static io.snowball.segmentation.fact.FactFixtures.customer;
import static io.snowball.segmentation.fact.FactFixtures.done;
import static io.snowball.segmentation.fact.FactFixtures.merge;
import static io.snowball.segmentation.fact.FactFixtures.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.platform.db.Params;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.snowball.segmentation.SegmentFeed;
import io.snowball.segmentation.TestClock;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** customer.unmerged gives back what went over, and nothing else: also what is told late, and under the wrong one of two ids. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class UnmergeTest {
    private static final Instant DAY = Instant.parse("2026-06-01T10:00:00Z");

    @Inject
    FactFixtures facts;

    @Inject
    TestClock clock;

    @Inject
    Pool pool;

    @BeforeEach
    void atNoon() {
        clock.set(TestClock.NOON);
    }

    @Test
    @DisplayName("unmerged: who stayed keeps what was theirs, and the other gets back events and messages")
    void givesBackWhatWentOver() {
        UUID stays = customerWith(2);
        UUID merged = customerWith(3);
        UUID merge = Ids.next();
        facts.apply(merge("customer.merged", merge, merged, stays));
        assertThat(counts(stays)).isEqualTo("5 events, 5 messages, sent 5");
        facts.apply(done(Ids.next(), stays, "SEARCHED", DAY));
        facts.apply(customer(merged, DAY, null), merge("customer.unmerged", merge, merged, stays));
        assertThat(counts(stays)).isEqualTo("3 events, 2 messages, sent 2");
        assertThat(counts(merged)).isEqualTo("3 events, 3 messages, sent 3");
    }

    @Test
    @DisplayName("unmerged: chains are undone link by link")
    void undoesChains() {
        UUID first = customerWith(1);
        UUID second = customerWith(2);
        UUID third = customerWith(4);
        UUID one = Ids.next();
        UUID two = Ids.next();
        facts.apply(merge("customer.merged", one, first, second), merge("customer.merged", two, second, third));
        assertThat(counts(third)).isEqualTo("7 events, 7 messages, sent 7");
        facts.apply(customer(second, DAY, null), merge("customer.unmerged", two, second, third));
        assertThat(counts(second)).isEqualTo("3 events, 3 messages, sent 3");
        facts.apply(customer(first, DAY, null), merge("customer.unmerged", one, first, second));
        assertThat(List.of(counts(first), counts(second), counts(third)))
                .containsExactly(
                        "1 events, 1 messages, sent 1", "2 events, 2 messages, sent 2", "4 events, 4 messages, sent 4");
    }

    @Test
    @DisplayName("unmerged: who stays takes the place in lists, and gives it back")
    void listsFollow() {
        UUID stays = facts.customer();
        UUID merged = facts.customer();
        String list = list(merged);
        String takenOff = list(merged);
        String both = list(merged, stays);
        String dependent = segment("{\"type\": \"segment\", \"segmentId\": \"" + list + "\"}");
        UUID merge = Ids.next();
        SegmentFeed feed = new SegmentFeed();
        facts.apply(merge("customer.merged", merge, merged, stays));
        assertThat(members(list)).containsExactly(stays.toString());
        assertThat(members(dependent)).containsExactly(stays.toString());
        assertThat(members(both)).containsExactly(stays.toString());
        assertThat(feed.news(list))
                .containsExactlyInAnyOrder(
                        Map.entry("entered", List.of(stays.toString())), Map.entry("left", List.of(merged.toString())));
        change(takenOff, "remove", stays);
        facts.apply(customer(merged, DAY, null), merge("customer.unmerged", merge, merged, stays));
        assertThat(members(list)).containsExactly(merged.toString());
        assertThat(members(dependent)).containsExactly(merged.toString());
        assertThat(members(both)).containsExactlyInAnyOrder(merged.toString(), stays.toString());
        assertThat(members(takenOff)).isEmpty();
        TestTokens.as(Roles.ANALYST)
                .get("/api/v1/segments/" + list)
                .then()
                .body("customers", org.hamcrest.Matchers.equalTo(1));
    }

    @Test
    @DisplayName("unmerged: who was erased leaves no trace of having been merged")
    void forgetsMergesOfWhoIsErased() {
        UUID stays = customerWith(1);
        UUID merged = customerWith(1);
        UUID merge = Ids.next();
        facts.apply(merge("customer.merged", merge, merged, stays));
        facts.apply(FactFixtures.event(
                "customer.erased",
                stays,
                com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
                        .objectNode()
                        .put("customerId", stays.toString())));
        assertThat(number("select count(*) from customer_merge where merge_id = $1", merge))
                .isZero();
        assertThat(number("select count(*) from merge_move where merge_id = $1", merge))
                .isZero();
        facts.apply(done(Ids.next(), stays, "SEARCHED", DAY));
        assertThat(counts(stays)).isEqualTo("0 events, 0 messages, sent 0");
    }

    @ParameterizedTest(name = "history {0}")
    @DisplayName(
            "unmerged: random histories of merges, undone merges and late news end where customer-service has them")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void randomHistoriesEndWhereTheyShould(long seed) {
        MergeHistory history = new MergeHistory(seed);
        history.customers().forEach(id -> facts.apply(customer(id, DAY, null)));
        for (int step = 0; step < 120; step++) {
            history.step(facts);
        }
        history.tellAll(facts);
        for (UUID id : history.customers()) {
            assertThat(rows("event_id", "event_fact", id))
                    .as("events of %s", id)
                    .isEqualTo(history.eventsOf(id));
            assertThat(rows("message_id", "message_fact", id))
                    .as("messages of %s", id)
                    .isEqualTo(history.messagesOf(id));
            assertThat(rows("answer_id", "feedback_fact", id))
                    .as("answers of %s", id)
                    .isEqualTo(history.answersOf(id));
            assertThat(number("select count(*) from customer_feedback where csat = 4 and customer_id = $1", id))
                    .isEqualTo(history.answersOf(id).isEmpty() ? 0 : 1);
        }
        assertThat(history.undone()).as("merges undone").isPositive();
    }

    private UUID customerWith(int deeds) {
        UUID customer = facts.customer();
        for (int i = 0; i < deeds; i++) {
            facts.apply(done(Ids.next(), customer, "SEARCHED", DAY));
            facts.applyMessages(message(Ids.next(), customer, "EMAIL", "SENT", DAY));
        }
        return customer;
    }

    private String counts(UUID customer) {
        return "%d events, %d messages, sent %d"
                .formatted(
                        rows("event_id", "event_fact", customer).size(),
                        rows("message_id", "message_fact", customer).size(),
                        number(
                                "select coalesce(sum(sent), 0) from customer_engagement where customer_id = $1",
                                customer));
    }

    private Set<UUID> rows(String column, String table, UUID customer) {
        Set<UUID> ids = new TreeSet<>();
        for (Row row : pool.preparedQuery("select " + column + " from " + table + " where customer_id = $1")
                .execute(Params.of(customer))
                .await()
                .indefinitely()) {
            assertThat(ids.add(row.getUUID(0))).isTrue();
        }
        return ids;
    }

    private long number(String sql, UUID id) {
        return pool.preparedQuery(sql)
                .execute(Params.of(id))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }

    private static String list(UUID... customers) {
        String id = segment("{\"type\": \"list\"}");
        for (UUID customer : customers) {
            change(id, "add", customer);
        }
        return id;
    }

    private static String segment(String rule) {
        return TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .body("{\"name\": \"" + Ids.next() + "\", \"rule\": " + rule + "}")
                .post("/api/v1/segments")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static void change(String list, String what, UUID customer) {
        TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .body("{\"" + what + "\": [\"" + customer + "\"]}")
                .post("/api/v1/segments/" + list + "/member-changes")
                .then()
                .statusCode(200);
    }

    private static List<String> members(String segment) {
        return TestTokens.as(Roles.SERVICE)
                .get("/api/v1/segments/" + segment + "/members?limit=100")
                .then()
                .statusCode(200)
                .extract()
                .path("items");
    }
}
