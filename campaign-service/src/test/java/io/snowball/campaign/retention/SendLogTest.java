package io.snowball.campaign.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.snowball.campaign.FakeSiblings;
import io.snowball.campaign.Fixtures;
import io.snowball.campaign.MailSink;
import io.snowball.campaign.TestClock;
import io.snowball.platform.db.Params;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requirement r31: the send log is kept three years from a campaign's last hand-over, and then goes. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeSiblings.class)
@WithTestResource(MailSink.class)
class SendLogTest {
    @Inject
    SendLogWorker worker;

    @Inject
    Pool pool;

    @Inject
    TestClock clock;

    private UUID campaign = Ids.next();
    private OffsetDateTime termOver = OffsetDateTime.MIN;

    @BeforeEach
    void aCampaign() {
        campaign = Fixtures.campaign(Ids.next(), "marketing", 0.1);
        termOver = OffsetDateTime.now(clock).minusYears(3);
    }

    @Test
    @DisplayName(
            "r31: messages, events and moves go, more than one bite of them; the report answers the same, and says so")
    void r31TheRowsGoAndTheReportStays() {
        over(termOver.minusDays(1));
        messages("SENT", 5_003, termOver.minusDays(2));
        messages("HELD_OUT", 40, termOver.minusDays(2));
        messages("SUPPRESSED", 7, null);
        events();
        orders(300, termOver.minusDays(1));
        Map<String, Object> before = report();
        assertThat(before).doesNotContainKey("sendLogRemovedAt").containsEntry("sent", 5_003);
        long rows = messages() + count("message_event") + count("message_move");
        assertThat(rows).isGreaterThan(5_050);

        worker();
        assertThat(messages()).isZero();
        assertThat(count("message_event")).isZero();
        assertThat(count("message_move")).isZero();
        Map<String, Object> after = report();
        assertThat(after.remove("sendLogRemovedAt")).isNotNull();
        assertThat(after).isEqualTo(before);
        purges().body("what", equalTo("CAMPAIGN"))
                .body("rowsRemoved", equalTo((int) rows))
                .body("purgedAt", notNullValue());

        // What is told of an order afterwards changes no figure any more, and a second look leaves no second record.
        run("update customer_order set status = 'RETURNED' where ordered_at = $1", termOver.minusDays(1));
        worker();
        after = report();
        after.remove("sendLogRemovedAt");
        assertThat(after).isEqualTo(before);
        assertThat(number("select count(*) as n from send_log_purge where campaign_id = $1"))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("r31: as long as one hand-over is younger than three years all of the campaign's rows stay")
    void r31NothingOfAYoungerOneIsTouched() {
        over(termOver.plusDays(2));
        messages("SENT", 20, termOver.minusYears(1));
        messages("SENT", 1, termOver.plusDays(1));
        events();
        worker();
        assertThat(messages()).isEqualTo(21);
        assertThat(count("message_event")).isEqualTo(21);
        assertThat(report()).doesNotContainKey("sendLogRemovedAt");
    }

    @Test
    @DisplayName(
            "r31: a campaign that is not over keeps its rows, however old they are; one that sent nothing counts from its end")
    void r31OnlyWhatIsOver() {
        run("update campaign set state = 'PAUSED', launched_at = $2 where id = $1", campaign, termOver.minusYears(2));
        messages("SENT", 3, termOver.minusYears(1));
        worker();
        assertThat(messages()).isEqualTo(3);

        run("delete from message where campaign_id = $1", campaign);
        messages("SUPPRESSED", 5, null);
        over(termOver.plusDays(1));
        worker();
        assertThat(messages()).isEqualTo(5);
        over(termOver.minusDays(1));
        worker();
        assertThat(messages()).isZero();
    }

    @Test
    @DisplayName("r31: what a crash cut off is gone on with: the sums are those of before, the record counts all")
    void r31GoesOnAfterACrash() {
        over(termOver.minusDays(1));
        messages("SENT", 12, termOver.minusDays(2));
        worker();
        // As if the service had died with two rows still there, in a campaign that was cancelled a day ago.
        run("update send_log_purge set purged_at = null, rows_removed = 10 where campaign_id = $1", campaign);
        messages("SENT", 2, termOver.minusDays(2));
        run("update campaign set completed_at = $2 where id = $1", campaign, termOver.plusYears(2));
        worker();
        assertThat(messages()).isZero();
        assertThat(Fixtures.report(campaign).getLong("sent")).isEqualTo(12);
        purges().body("rowsRemoved", equalTo(12)).body("purgedAt", notNullValue());
    }

    @Test
    @DisplayName("r31: copies of orders go when no message is left that they could count for, others stay")
    void r31CopiesOfOrdersGoAfterTheirMessages() {
        UUID written = Ids.next();
        UUID nobody = Ids.next();
        UUID later = Ids.next();
        order(nobody, termOver.minusDays(1));
        order(nobody, termOver.plusDays(1));
        // A campaign that is not over keeps its messages, and so the orders after them.
        message(written, termOver.minusDays(9));
        order(written, termOver.minusDays(8));
        order(written, termOver.minusDays(10));
        message(later, termOver.plusDays(9));
        order(later, termOver.minusDays(2));
        worker();
        assertThat(ordersOf(nobody)).isEqualTo(1);
        assertThat(ordersOf(written)).isEqualTo(1);
        assertThat(ordersOf(later)).isZero();
        assertThat(
                        number(
                                "select coalesce(sum(rows_removed), 0)::bigint as n from send_log_purge where what = 'ORDERS' and $1::uuid is not null"))
                .isGreaterThanOrEqualTo(3);
    }

    private void order(UUID customer, OffsetDateTime at) {
        pool.preparedQuery("""
                        insert into customer_order (order_id, customer_id, ordered_at, status, amount, version)
                        values (gen_random_uuid(), $1, $2, 'PAID', 100, 1)""").execute(Params.of(customer, at)).await().indefinitely();
    }

    private void message(UUID customer, OffsetDateTime decidedAt) {
        pool.preparedQuery("""
                        insert into message (id, campaign_id, customer_id, control, state, due_at, decided_at, handed_at)
                        values ($1, $2, $3, false, 'SENT', $4, $4, $4)""")
                .execute(Params.of(Ids.next(), campaign, customer, decidedAt))
                .await()
                .indefinitely();
    }

    private long ordersOf(UUID customer) {
        return pool.preparedQuery("select count(*) from customer_order where customer_id = $1")
                .execute(Params.of(customer))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }

    @Test
    @DisplayName("r31: mails that asked for a confirmation go after the same term; one that still waits stays")
    void r31ConfirmationMailsGo() {
        UUID old = confirmation("SENT", termOver.minusDays(1));
        UUID young = confirmation("SENT", termOver.plusDays(1));
        UUID waits = confirmation("DUE", null);
        worker();
        assertThat(isThere(old)).isFalse();
        assertThat(isThere(young)).isTrue();
        assertThat(isThere(waits)).isTrue();
        assertThat(number("select count(*) as n from send_log_purge where campaign_id is null and id > $1", young))
                .isPositive();
    }

    @Test
    void r31TheRecordsAreForTheOfficer() {
        TestTokens.as(Roles.MARKETER).get("/api/v1/send-log-purges").then().statusCode(403);
        TestTokens.as(Roles.DPO).get("/api/v1/send-log-purges?limit=1").then().statusCode(200);
    }

    private Map<String, Object> report() {
        return new HashMap<>(Fixtures.report(campaign).<String, Object>getMap("$"));
    }

    private void worker() {
        worker.keepHouse().await().indefinitely();
    }

    private void over(OffsetDateTime at) {
        run(
                "update campaign set state = 'COMPLETED', launched_at = $3, completed_at = $2 where id = $1",
                campaign,
                at,
                termOver.minusYears(2));
    }

    private void messages(String state, int number, @Nullable OffsetDateTime handed) {
        run("""
                insert into message (id, campaign_id, customer_id, control, state, due_at, decided_at, handed_at, settled_at)
                select gen_random_uuid(), $1, gen_random_uuid(), $2 = 'HELD_OUT', $2, now(), $3, $3, now()
                from generate_series(1, $4)""", campaign, state, handed, number);
    }

    /** An open of each message, and a merge of each customer. */
    private void events() {
        run(
                "insert into message_event (message_id, kind, at) select id, 'OPEN', now() from message where campaign_id = $1",
                campaign);
        run("""
                insert into message_move (merge_id, message_id, customer_id, state, control)
                select gen_random_uuid(), id, customer_id, state, control from message where campaign_id = $1""", campaign);
    }

    private void orders(int number, OffsetDateTime at) {
        run("""
                insert into customer_order (order_id, customer_id, ordered_at, status, amount, version)
                select gen_random_uuid(), customer_id, $2, 'PAID', 12345, 1
                from (select customer_id from message where campaign_id = $1 order by id limit $3) m""", campaign, at, number);
    }

    private UUID confirmation(String state, @Nullable OffsetDateTime settled) {
        UUID record = Ids.next();
        run(
                "insert into confirmation_mail (record_id, customer_id, state, due_at, handed_at, settled_at)"
                        + " values ($1, $1, $2, now() + interval '9 years', $3, $3)",
                record,
                state,
                settled);
        return record;
    }

    private boolean isThere(UUID record) {
        return number("select count(*) as n from confirmation_mail where record_id = $1", record) == 1;
    }

    private ValidatableResponse purges() {
        String mine = "items.findAll {it.campaignId == '" + campaign + "'}";
        return TestTokens.as(Roles.DPO)
                .get("/api/v1/send-log-purges?limit=100")
                .then()
                .statusCode(200)
                .body(mine, hasSize(1))
                .rootPath(mine.replace("findAll", "find"));
    }

    private long messages() {
        return number("select count(*) as n from message where campaign_id = $1");
    }

    /** Rows of this campaign's messages, those too whose message is gone. */
    private long count(String table) {
        return number("select count(*) as n from " + table
                + " e left join message m on m.id = e.message_id where m.id is null or m.campaign_id = $1");
    }

    private long number(String sql) {
        return number(sql, campaign);
    }

    private long number(String sql, UUID id) {
        return pool.preparedQuery(sql)
                .execute(Params.of(id))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong("n");
    }

    private void run(String sql, @Nullable Object... values) {
        pool.preparedQuery(sql).execute(Params.of(values)).await().indefinitely();
    }
}
