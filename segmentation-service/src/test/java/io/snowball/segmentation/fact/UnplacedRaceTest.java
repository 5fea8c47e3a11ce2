package io.snowball.segmentation.fact;

import static io.snowball.segmentation.fact.FactFixtures.customer;
import static io.snowball.segmentation.fact.FactFixtures.done;
import static io.snowball.segmentation.fact.FactFixtures.message;
import static io.snowball.segmentation.fact.FactFixtures.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.snowball.segmentation.TestClock;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Rules about orders and events leave out whom {@code unplaced_customer} names. So it must be true whoever commits first: of a new
 * customer one transaction tells the facts and another the customer, at the same time, the first held open until the second is done
 * or waits for it.
 */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class UnplacedRaceTest {
    @Inject
    CustomerFeed customers;

    @Inject
    CampaignFeed campaigns;

    @Inject
    ConsentFeed consents;

    @Inject
    Pool pool;

    @Inject
    TestClock clock;

    private final UUID person = Ids.next();
    private final String source = "src-" + person;

    @BeforeEach
    void atNoon() {
        clock.set(TestClock.NOON);
    }

    private Uni<Void> registered(SqlConnection tx) {
        return customers.apply(tx, List.of(customer(person, TestClock.NOON, source)));
    }

    private Uni<Void> bought(SqlConnection tx) {
        return customers.apply(tx, List.of(order(Ids.next(), person, TestClock.NOON, "PAID", 100, 1)));
    }

    private Uni<Void> viewed(SqlConnection tx) {
        return customers.apply(tx, List.of(done(Ids.next(), person, "VIEWED", TestClock.NOON)));
    }

    private Uni<Void> sent(SqlConnection tx) {
        FeedEvent message = message(Ids.next(), person, "EMAIL", "SENT", TestClock.NOON);
        return campaigns.apply(tx, List.of(message));
    }

    @Test
    @DisplayName("A2: an order and its customer told at once: found whichever is first")
    void a02OrderAgainstCustomer() {
        race(this::bought, this::registered);
        assertThat(
                        found(
                                "{\"type\": \"orders\", \"aggregate\": \"COUNT\", \"op\": \"GREATER\", \"value\": 0, \"lastDays\": 30}"))
                .isOne();
    }

    @Test
    @DisplayName("A2: a customer and an order told at once: found whichever is first")
    void a02CustomerAgainstOrder() {
        race(this::registered, this::bought);
        assertThat(
                        found(
                                "{\"type\": \"orders\", \"aggregate\": \"COUNT\", \"op\": \"GREATER\", \"value\": 0, \"lastDays\": 30}"))
                .isOne();
    }

    @Test
    @DisplayName("C9: an event and its customer told at once: found whichever is first")
    void c09EventAgainstCustomer() {
        race(this::viewed, this::registered);
        assertThat(found("{\"type\": \"events\", \"types\": [\"VIEWED\"], \"op\": \"GREATER\", \"value\": 0}"))
                .isOne();
    }

    @Test
    @DisplayName("A1: a message and its customer told by two services at once: noted right whichever is first")
    void a01MessageAgainstCustomer() {
        race(this::sent, this::registered);
    }

    @Test
    void customerAgainstMessage() {
        race(this::registered, this::sent);
    }

    @Test
    @DisplayName("r24: blocked while an order comes: among the unplaced, and found by nothing")
    void r24BlockAgainstOrder() {
        pool.withTransaction(this::registered).await().indefinitely();
        race(tx -> consents.apply(tx, List.of(FactFixtures.blocking(person, "*"))), this::bought);
        assertThat(
                        found(
                                "{\"type\": \"orders\", \"aggregate\": \"COUNT\", \"op\": \"GREATER\", \"value\": 0, \"lastDays\": 30}"))
                .isZero();
    }

    private void race(Function<SqlConnection, Uni<Void>> first, Function<SqlConnection, Uni<Void>> second) {
        SqlConnection held = pool.getConnection().await().indefinitely();
        SqlConnection other = pool.getConnection().await().indefinitely();
        try {
            Transaction begun = held.begin().await().indefinitely();
            first.apply(held).await().indefinitely();
            Transaction against = other.begin().await().indefinitely();
            int process = other.query("select pg_backend_pid()")
                    .execute()
                    .await()
                    .indefinitely()
                    .iterator()
                    .next()
                    .getInteger(0);
            CompletableFuture<Void> told =
                    second.apply(other).subscribeAsCompletionStage().toCompletableFuture();
            await("the second is done, or waits").until(() -> told.isDone() || waits(process));
            begun.commit().await().indefinitely();
            told.join();
            against.commit().await().indefinitely();
        } finally {
            held.close().await().indefinitely();
            other.close().await().indefinitely();
        }
        assertThat(one("select exists (select from unplaced_customer where customer_id = $1)", person))
                .as("unplaced: has facts and no metrics")
                .isEqualTo(one("select not exists (select from customer_metric where customer_id = $1)", person));
    }

    private boolean waits(int process) {
        return (boolean) one(
                "select exists (select from pg_stat_activity where pid = $1 and wait_event_type = 'Lock')", process);
    }

    private Object one(String sql, Object parameter) {
        return pool.preparedQuery(sql)
                .execute(Params.of(parameter))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getValue(0);
    }

    private int found(String rule) {
        String ours = """
                {"rule": {"type": "all", "rules": [{"type": "attribute", "attribute": "SOURCE", "in": ["%s"]}, %s]}}""".formatted(source, rule);
        return TestTokens.as(Roles.MARKETER)
                .contentType("application/json")
                .body(ours)
                .post("/api/v1/segment-previews")
                .then()
                .statusCode(200)
                .extract()
                .path("count");
    }
}
