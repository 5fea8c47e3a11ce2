package io.snowball.campaign.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.snowball.campaign.FakeSiblings;
import io.snowball.campaign.Fixtures;
import io.snowball.campaign.MailSink;
import io.snowball.campaign.RecordingTransport;
import io.snowball.campaign.smtp.Envelope;
import io.snowball.campaign.smtp.Outcome;
import io.snowball.platform.testkit.TestDatabase;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A dispatcher dies between any two steps: nothing is sent twice, and what may have been sent is said to be uncertain. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeSiblings.class)
@WithTestResource(MailSink.class)
class CrashTest {
    @Inject
    DispatchFixture fixture;

    @Inject
    MessageSql sql;

    @Inject
    Deciding deciding;

    @Inject
    Leases leases;

    @Inject
    Dispatch dispatch;

    @Inject
    RecordingTransport transport;

    @AfterEach
    void behave() {
        transport.behaveWell();
    }

    private UUID running(int customers) {
        return fixture.running(FakeSiblings.segment(Fixtures.customers(customers)), Fixtures.purpose(), 0);
    }

    @Test
    void givesBackWhatWasOnlyClaimed() {
        UUID campaign = running(20);
        UUID dead = fixture.lease();
        fixture.claim(dead, campaign);
        fixture.die(dead);
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("DUE", 20L));
        fixture.dispatch(campaign);
        assertThat(accepted(campaign)).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void leavesUncertainWhatWasBeingHandedOver() {
        UUID campaign = running(20);
        UUID dead = fixture.lease();
        Batch batch = fixture.claim(dead, campaign);
        Fresh fresh = deciding.ask(fixture.subject(campaign), batch.messages(), Map.of())
                .await()
                .indefinitely();
        sql.hand(dead, batch.messages().subList(0, 5), fresh.decisions())
                .await()
                .indefinitely();
        fixture.die(dead);
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("DUE", 15L, "UNCERTAIN DISPATCHER_DIED", 5L));
        fixture.dispatch(campaign);
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("SENT", 15L, "UNCERTAIN DISPATCHER_DIED", 5L));
        assertThat(accepted(campaign)).hasSize(15);
    }

    @Test
    void neverSendsAgainWhatTheServerTookBeforeTheCrash() {
        UUID campaign = running(150);
        UUID dead = fixture.lease();
        transport.behave((window, gate) -> {
            window.forEach(transport::accept);
            return Uni.createFrom().failure(new IllegalStateException("killed after the server's yes"));
        });
        Batch batch = fixture.claim(dead, campaign);
        assertThatThrownBy(() -> fixture.run(batch)).hasMessageContaining("killed");
        transport.behaveWell();
        fixture.die(dead);
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("DUE", 50L, "UNCERTAIN DISPATCHER_DIED", 100L));
        fixture.dispatch(campaign);
        assertThat(accepted(campaign)).hasSize(150).doesNotHaveDuplicates();
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("SENT", 50L, "UNCERTAIN DISPATCHER_DIED", 100L));
        fixture.finish();
        assertThat(Fixtures.get(campaign).getString("state")).isEqualTo("COMPLETED");
    }

    @Test
    void letsALateAnswerIn() throws Exception {
        UUID campaign = running(10);
        UUID slow = fixture.lease();
        CompletableFuture<List<Envelope>> offered = new CompletableFuture<>();
        CompletableFuture<List<Outcome>> answer = new CompletableFuture<>();
        transport.behave((window, gate) -> {
            offered.complete(window);
            return Uni.createFrom().completionStage(answer);
        });
        Batch batch = fixture.claim(slow, campaign);
        CompletableFuture<Void> run = dispatch.run(batch, () -> false).subscribeAsCompletionStage();
        List<Envelope> window = offered.get();
        fixture.die(slow);
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("UNCERTAIN DISPATCHER_DIED", 10L));

        answer.complete(window.stream().map(transport::accept).toList());
        run.get();
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("SENT", 10L));
    }

    @Test
    void offersNothingUnderALeaseThatWasDeclaredDead() {
        UUID campaign = running(20);
        UUID paused = fixture.lease();
        Batch batch = fixture.claim(paused, campaign);
        fixture.die(paused);
        fixture.dispatch(campaign);
        // The first dispatcher wakes up and goes on with what it thinks it holds.
        fixture.run(batch);
        assertThat(accepted(campaign)).hasSize(20).doesNotHaveDuplicates();
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("SENT", 20L));
    }

    @Test
    void claimsNothingUnderALeaseThatIsGone() {
        UUID campaign = running(5);
        UUID gone = fixture.lease();
        fixture.die(gone);
        assertThat(fixture.claim(gone, campaign).messages()).isEmpty();
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("DUE", 5L));
        leases.renew().await().indefinitely();
        assertThat(leases.isHeld(gone)).isFalse();
    }

    @Test
    void leavesTheLivingAlone() {
        UUID campaign = running(5);
        UUID living = fixture.lease();
        fixture.claim(living, campaign);
        fixture.die(fixture.lease());
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("CLAIMED", 5L));
    }

    @Test
    void sharesAQueueWithoutSendingTwice() {
        UUID campaign = running(900);
        Uni.join()
                .all(
                        dispatch.run(fixture.claim(fixture.lease(), campaign), () -> false),
                        dispatch.run(fixture.claim(fixture.lease(), campaign), () -> false))
                .andFailFast()
                .await()
                .indefinitely();
        assertThat(accepted(campaign)).hasSize(900).doesNotHaveDuplicates();
    }

    @Test
    void goesOnWithANewLeaseAfterAFailure() {
        UUID campaign = running(10);
        fixture.pauseOthers(campaign);
        transport.behave((_, _) -> Uni.createFrom().failure(new IllegalStateException("a fault of ours")));
        Dispatcher dispatcher = new Dispatcher(leases, dispatch, () -> false);
        assertThatThrownBy(() -> dispatcher.step().await().indefinitely()).hasMessageContaining("a fault of ours");
        transport.behaveWell();
        fixture.recover();
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("UNCERTAIN DISPATCHER_DIED", 10L));
        assertThat(dispatcher.step().await().indefinitely()).isFalse();
    }

    private List<UUID> accepted(UUID campaign) {
        return transport.acceptedOf(fixture.messages(campaign)).stream()
                .map(Envelope::id)
                .toList();
    }
}
