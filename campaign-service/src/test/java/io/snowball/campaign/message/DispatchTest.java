package io.snowball.campaign.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.campaign.FakeSiblings;
import io.snowball.campaign.Fixtures;
import io.snowball.campaign.MailSink;
import io.snowball.campaign.RecordingTransport;
import io.snowball.campaign.TestClock;
import io.snowball.campaign.smtp.Envelope;
import io.snowball.campaign.smtp.Fate;
import io.snowball.campaign.smtp.Outcome;
import io.snowball.campaign.smtp.Step;
import io.snowball.platform.testkit.TestDatabase;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of messages when everybody lives (D1). */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeSiblings.class)
@WithTestResource(MailSink.class)
class DispatchTest {
    @Inject
    DispatchFixture fixture;

    @Inject
    RecordingTransport transport;

    @Inject
    TestClock clock;

    @Inject
    TestNanoClock nanoClock;

    @AfterEach
    void behave() {
        transport.behaveWell();
    }

    @Test
    void sendsToWhoAgreedAndHoldsTheControlGroupOutOfTheSamePeople() {
        List<UUID> customers = Fixtures.customers(400);
        customers.subList(0, 50).forEach(customer -> FakeSiblings.refuse(customer, "NO_CONSENT"));
        customers.subList(50, 60).forEach(customer -> FakeSiblings.address(customer, null));
        UUID campaign = fixture.running(FakeSiblings.segment(customers), Fixtures.purpose(), 0.3);
        fixture.dispatch(campaign);

        Map<String, Long> states = fixture.states(campaign);
        assertThat(states).containsEntry("SUPPRESSED NO_CONSENT", 50L).containsEntry("SUPPRESSED NO_ADDRESS", 10L);
        assertThat(states.getOrDefault("HELD_OUT", 0L)).isBetween(50L, 160L);
        assertThat(states.getOrDefault("SENT", 0L)).isEqualTo(340 - states.getOrDefault("HELD_OUT", 0L));
        assertThat(accepted(campaign))
                .hasSize(Math.toIntExact(states.getOrDefault("SENT", 0L)))
                .doesNotHaveDuplicates();
        assertThat(fixture.announcedSent(campaign)).isEqualTo(states.getOrDefault("SENT", 0L));
    }

    @Test
    void r13ToAnAddressOnAStopListNothingGoesWhoeverHasIt() {
        List<UUID> customers = Fixtures.customers(10);
        String address = "stopped-" + customers.getFirst() + "@example.test";
        FakeSiblings.address(customers.getFirst(), address);
        FakeSiblings.refuseAddress(address, "DESTROYED");
        FakeSiblings.address(customers.getLast(), null);
        UUID campaign = fixture.running(FakeSiblings.segment(customers), Fixtures.purpose(), 0);
        fixture.dispatch(campaign);
        assertThat(fixture.states(campaign))
                .isEqualTo(Map.of("SENT", 8L, "SUPPRESSED DESTROYED", 1L, "SUPPRESSED NO_ADDRESS", 1L));
    }

    @Test
    void r13AnAddressThatIsStoppedInTheMiddleOfABatchIsAskedAboutAgain() {
        List<UUID> customers = Fixtures.customers(50);
        UUID campaign = fixture.running(FakeSiblings.segment(customers), Fixtures.purpose(), 0);
        AtomicInteger taken = new AtomicInteger();
        transport.behave((window, gate) -> transport.oneByOne(window, gate, envelope -> {
            if (taken.incrementAndGet() == 10) {
                customers.forEach(
                        customer -> FakeSiblings.refuseAddress("c" + customer + "@example.test", "COMPLAINT"));
                nanoClock.move(Duration.ofMillis(501));
            }
            return transport.accept(envelope);
        }));
        fixture.dispatch(campaign);
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("SENT", 10L, "SUPPRESSED COMPLAINT", 40L));
    }

    @Test
    void namesTheMessageAndTheWayOutInEachMail() {
        UUID campaign = fixture.running(FakeSiblings.segment(Fixtures.customers(1)), Fixtures.purpose(), 0);
        fixture.dispatch(campaign);
        Envelope envelope = transport.acceptedOf(fixture.messages(campaign)).getFirst();
        // Without the soft line breaks of quoted-printable.
        String mail = new String(envelope.message(), StandardCharsets.UTF_8).replace("=\r\n", "");
        assertThat(mail)
                .startsWith("X-Snowball-Message: " + envelope.id() + "\r\n")
                .containsPattern("\r\nList-Unsubscribe: <http://localhost:8080/u/[A-Za-z0-9_-]+>\r\n")
                .contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n")
                .contains("http://localhost:8080/o/")
                .contains("http://localhost:8080/c/");
    }

    @Test
    void asksAtTheLastMomentSoThatAWithdrawalAfterTheClaimCounts() {
        List<UUID> customers = Fixtures.customers(10);
        UUID campaign = fixture.running(FakeSiblings.segment(customers), Fixtures.purpose(), 0);
        Batch batch = fixture.claim(fixture.lease(), campaign);
        FakeSiblings.refuse(customers.getFirst(), "WITHDRAWN");
        fixture.run(batch);
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("SENT", 9L, "SUPPRESSED WITHDRAWN", 1L));
    }

    @Test
    void asksAgainWhenTheDecisionGetsOldInTheMiddleOfAWindow() {
        String purpose = Fixtures.purpose();
        List<UUID> customers = Fixtures.customers(250);
        UUID campaign = fixture.running(FakeSiblings.segment(customers), purpose, 0);
        AtomicInteger taken = new AtomicInteger();
        transport.behave((window, gate) -> transport.oneByOne(window, gate, envelope -> {
            if (taken.incrementAndGet() == 30) {
                // From now on nobody may be written to, and the decision we hold gets too old to be used.
                customers.forEach(customer -> FakeSiblings.refuse(customer, "WITHDRAWN"));
                nanoClock.move(Duration.ofMillis(501));
            }
            return transport.accept(envelope);
        }));
        fixture.dispatch(campaign);
        assertThat(FakeSiblings.questions(purpose)).isEqualTo(2);
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("SENT", 30L, "SUPPRESSED WITHDRAWN", 220L));
        assertThat(accepted(campaign)).hasSize(30);
    }

    @Test
    void goesOnWithANewDecisionWhereItStillAllows() {
        UUID campaign = fixture.running(FakeSiblings.segment(Fixtures.customers(250)), Fixtures.purpose(), 0);
        AtomicInteger taken = new AtomicInteger();
        transport.behave((window, gate) -> transport.oneByOne(window, gate, envelope -> {
            if (taken.incrementAndGet() % 40 == 0) {
                nanoClock.move(Duration.ofMillis(501));
            }
            return transport.accept(envelope);
        }));
        fixture.dispatch(campaign);
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("SENT", 250L));
        assertThat(accepted(campaign)).hasSize(250).doesNotHaveDuplicates();
    }

    @Test
    void sendsNothingAndLosesNothingWhileConsentIsDown() {
        String purpose = Fixtures.purpose();
        UUID campaign = fixture.running(FakeSiblings.segment(Fixtures.customers(20)), purpose, 0.5);
        FakeSiblings.consentDown(purpose);
        fixture.dispatch(campaign);
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("DUE", 20L));
        assertThat(accepted(campaign)).isEmpty();
        assertThat(Fixtures.get(campaign).getString("notice")).contains("consent-service");

        FakeSiblings.consentUp(purpose);
        clock.move(Duration.ofSeconds(2));
        fixture.dispatch(campaign);
        Map<String, Long> states = fixture.states(campaign);
        assertThat(states.getOrDefault("SENT", 0L) + states.getOrDefault("HELD_OUT", 0L))
                .isEqualTo(20);
        assertThat(Fixtures.get(campaign).getString("notice")).isNull();
    }

    @Test
    void claimsNothingWhileTheMailServerIsGivenTime() {
        UUID campaign = fixture.running(FakeSiblings.segment(Fixtures.customers(20)), Fixtures.purpose(), 0);
        transport.beReady(false);
        assertThat(fixture.next(campaign)).isFalse();
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("DUE", 20L));

        transport.beReady(true);
        assertThat(fixture.next(campaign)).isTrue();
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("SENT", 20L));
    }

    @Test
    void losesNothingWhenConsentGoesDownInTheMiddleOfABatch() {
        String purpose = Fixtures.purpose();
        UUID campaign = fixture.running(FakeSiblings.segment(Fixtures.customers(250)), purpose, 0);
        transport.behave((window, gate) -> {
            FakeSiblings.consentDown(purpose);
            var outcomes = transport.acceptAll(window, gate);
            nanoClock.move(Duration.ofMillis(501));
            return outcomes;
        });
        fixture.dispatch(campaign);
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("SENT", 100L, "DUE", 150L));
    }

    @Test
    void settlesEachMessageByWhatTheServerSaid() {
        UUID campaign = fixture.running(FakeSiblings.segment(Fixtures.customers(5)), Fixtures.purpose(), 0);
        AtomicInteger number = new AtomicInteger();
        transport.behave((window, gate) ->
                transport.oneByOne(window, gate, envelope -> switch (number.getAndIncrement()) {
                    case 0 -> new Outcome(envelope.id(), Fate.REJECTED, Step.RCPT, 550, "5.1.1", "no such user");
                    case 1 -> new Outcome(envelope.id(), Fate.DEFERRED, Step.RCPT, 451, "4.7.1", "greylisted");
                    case 2 -> new Outcome(envelope.id(), Fate.UNKNOWN, Step.END, 0, null, "no answer");
                    case 3 -> new Outcome(envelope.id(), Fate.NOT_SENT, Step.CONNECT, 0, null, "refused");
                    default -> transport.accept(envelope);
                }));
        fixture.dispatch(campaign);
        assertThat(fixture.states(campaign))
                .isEqualTo(Map.of(
                        "FAILED SMTP 550 5.1.1", 1L,
                        "DUE SMTP 451 4.7.1", 1L,
                        "UNCERTAIN NO_ANSWER", 1L,
                        "DUE NO_CONNECTION", 1L,
                        "SENT", 1L));
        assertThat(Fixtures.get(campaign).getString("notice")).contains("mail server");

        transport.behaveWell();
        clock.move(Duration.ofMinutes(2));
        fixture.dispatch(campaign);
        assertThat(fixture.states(campaign))
                .isEqualTo(Map.of("FAILED SMTP 550 5.1.1", 1L, "UNCERTAIN NO_ANSWER", 1L, "SENT", 3L));
    }

    @Test
    void failsWhatCanNotBeWrittenToWithoutStoppingTheRest() {
        List<UUID> customers = Fixtures.customers(3);
        FakeSiblings.address(customers.getFirst(), "not an address");
        UUID campaign = fixture.running(FakeSiblings.segment(customers), Fixtures.purpose(), 0);
        fixture.dispatch(campaign);
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("FAILED BAD_ADDRESS", 1L, "SENT", 2L));
    }

    @Test
    void pausesWithinTheWindowAndGoesOnWhereItWas() {
        UUID campaign = fixture.running(FakeSiblings.segment(Fixtures.customers(250)), Fixtures.purpose(), 0);
        transport.behave((window, gate) -> transport
                .after(() -> Fixtures.move(campaign, "pauses"))
                .chain(() -> transport.acceptAll(window, gate)));
        fixture.dispatch(campaign);
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("SENT", 100L, "DUE", 150L));
        fixture.finish();
        assertThat(Fixtures.get(campaign).getString("state")).isEqualTo("PAUSED");

        transport.behaveWell();
        Fixtures.move(campaign, "resumptions");
        fixture.dispatch(campaign);
        assertThat(accepted(campaign)).hasSize(250).doesNotHaveDuplicates();
        fixture.finish();
        assertThat(Fixtures.get(campaign).getString("state")).isEqualTo("COMPLETED");
        assertThat(Fixtures.get(campaign).getString("completedAt")).isNotNull();
    }

    @Test
    void cancelsWhatIsNotHandedOverYet() {
        UUID campaign = fixture.running(FakeSiblings.segment(Fixtures.customers(250)), Fixtures.purpose(), 0);
        transport.behave((window, gate) -> transport
                .after(() -> Fixtures.move(campaign, "cancellations"))
                .chain(() -> transport.acceptAll(window, gate)));
        fixture.dispatch(campaign);
        fixture.finish();
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("SENT", 100L, "CANCELLED", 150L));
        assertThat(Fixtures.get(campaign).getString("state")).isEqualTo("CANCELLED");
    }

    @Test
    void handsBackWhatItHoldsWhenItStops() {
        UUID campaign = fixture.running(FakeSiblings.segment(Fixtures.customers(5)), Fixtures.purpose(), 0);
        fixture.runStopping(fixture.claim(fixture.lease(), campaign));
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("DUE", 5L));
    }

    private List<UUID> accepted(UUID campaign) {
        return transport.acceptedOf(fixture.messages(campaign)).stream()
                .map(Envelope::id)
                .toList();
    }
}
