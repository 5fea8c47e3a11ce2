package io.snowball.campaign.confirmation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.campaign.FakeSiblings;
import io.snowball.campaign.MailSink;
import io.snowball.campaign.RecordingTransport;
import io.snowball.campaign.TestClock;
import io.snowball.campaign.smtp.Envelope;
import io.snowball.campaign.smtp.Fate;
import io.snowball.campaign.smtp.Outcome;
import io.snowball.campaign.smtp.Step;
import io.snowball.platform.db.Params;
import io.snowball.platform.feed.FeedEvent;
import io.snowball.platform.id.Ids;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** r19: who has typed an address is asked by mail whether it is theirs. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeSiblings.class)
@WithTestResource(MailSink.class)
class ConfirmationMailsTest {
    @Inject
    Confirmations confirmations;

    @Inject
    ConfirmationMails mails;

    @Inject
    RecordingTransport transport;

    @Inject
    TestClock clock;

    @Inject
    Pool pool;

    private final UUID record = Ids.next();
    private final UUID customer = Ids.next();

    @AfterEach
    void behave() {
        transport.behaveWell();
    }

    @Test
    @DisplayName("r19: one mail with the link, without tracking and with nothing to unsubscribe from")
    void r19SendsTheLinkOnce() {
        FakeSiblings.await(record);
        note("EMAIL", "PENDING_CONFIRMATION", clock.instant());
        note("EMAIL", "PENDING_CONFIRMATION", clock.instant());
        send();
        send();
        assertThat(state()).isEqualTo("SENT null");
        Envelope envelope = accepted().getFirst();
        assertThat(accepted()).hasSize(1);
        assertThat(envelope.to()).isEqualTo("c" + customer + "@example.test");
        String mail = new String(envelope.message(), StandardCharsets.UTF_8).replace("=\r\n", "");
        assertThat(mail)
                .contains("http://localhost:8080/y/" + record + "?a=3D1&amp;b\"")
                .doesNotContain("/o/")
                .doesNotContain("/c/")
                .doesNotContainIgnoringCase("List-Unsubscribe");
        assertThat(stored()).doesNotContain("example.test").doesNotContain("/y/");
    }

    @Test
    @DisplayName("r19: what is confirmed or withdrawn by then, or stopped, is not sent")
    void r19WhatNobodyAwaitsIsNotSent() {
        note("EMAIL", "PENDING_CONFIRMATION", clock.instant());
        send();
        assertThat(state()).isEqualTo("SUPPRESSED NOT_AWAITED");
    }

    @Test
    void whoHasNoAddressGetsNone() {
        FakeSiblings.await(record);
        FakeSiblings.address(customer, null);
        note("EMAIL", "PENDING_CONFIRMATION", clock.instant());
        send();
        assertThat(state()).isEqualTo("SUPPRESSED NO_ADDRESS");
    }

    @Test
    @DisplayName("An import of old consents writes to nobody; other channels are not by mail")
    void onlyFreshConsentsToMailsAreAsked() {
        note("EMAIL", "PENDING_CONFIRMATION", clock.instant().minus(Duration.ofHours(25)));
        note("SMS", "PENDING_CONFIRMATION", clock.instant());
        note("EMAIL", "GIVEN", clock.instant());
        assertThat(state()).isEqualTo("none");
    }

    @Test
    void waitsForAMailServerThatSaysLater() {
        FakeSiblings.await(record);
        transport.behave((window, gate) -> transport.oneByOne(
                window, gate, mail -> new Outcome(mail.id(), Fate.DEFERRED, Step.RCPT, 451, null, "later")));
        note("EMAIL", "PENDING_CONFIRMATION", clock.instant());
        send();
        assertThat(state()).isEqualTo("DUE SMTP 451");
        transport.behaveWell();
        send();
        assertThat(state()).isEqualTo("DUE SMTP 451");
        due();
        send();
        assertThat(state()).isEqualTo("SENT null");
    }

    @Test
    @DisplayName("Killed in the middle: never sent again by itself; killed before: sent")
    void afterACrash() {
        FakeSiblings.await(record);
        note("EMAIL", "PENDING_CONFIRMATION", clock.instant());
        set("state = 'HANDING', claimed_until = '2020-01-01T00:00:00Z'");
        send();
        assertThat(state()).isEqualTo("UNCERTAIN SENDER_DIED");
        assertThat(accepted()).isEmpty();

        set("state = 'DUE', reason = null, claimed_until = '2020-01-01T00:00:00Z'");
        send();
        assertThat(state()).isEqualTo("SENT null");
    }

    private void note(String channel, String state, Instant at) {
        var data = JsonNodeFactory.instance
                .objectNode()
                .put("customerId", customer.toString())
                .put("recordId", record.toString())
                .put("type", "ADVERTISING")
                .put("purpose", "marketing")
                .put("channel", channel)
                .put("state", state)
                .put("at", at.toString());
        var event = new FeedEvent("1-0", "consent.changed", customer, at, data);
        pool.withTransaction(tx -> confirmations.note(tx, List.of(event)))
                .await()
                .indefinitely();
    }

    private void send() {
        mails.send().await().indefinitely();
    }

    private void due() {
        set("due_at = '2020-01-01T00:00:00Z'");
    }

    private void set(String what) {
        pool.preparedQuery("update confirmation_mail set " + what + " where record_id = $1")
                .execute(Params.of(record))
                .await()
                .indefinitely();
    }

    private List<Envelope> accepted() {
        return transport.acceptedOf(List.of(record));
    }

    private String state() {
        var rows = pool.preparedQuery("select state, reason from confirmation_mail where record_id = $1")
                .execute(Params.of(record))
                .await()
                .indefinitely();
        return rows.size() == 0
                ? "none"
                : rows.iterator().next().getString("state") + " "
                        + rows.iterator().next().getString("reason");
    }

    private String stored() {
        return pool.preparedQuery("select c::text as row from confirmation_mail c where record_id = $1")
                .execute(Params.of(record))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getString("row");
    }
}
