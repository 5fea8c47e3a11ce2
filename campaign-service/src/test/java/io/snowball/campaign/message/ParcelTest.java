package io.snowball.campaign.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.snowball.campaign.FakeSiblings;
import io.snowball.campaign.Fixtures;
import io.snowball.campaign.MailSink;
import io.snowball.campaign.RecordingTransport;
import io.snowball.campaign.message.Batch.Claimed;
import io.snowball.campaign.message.PersonMessages.Merge;
import io.snowball.campaign.message.PersonMessages.Stopped;
import io.snowball.campaign.smtp.Envelope;
import io.snowball.campaign.tracking.MessageLinks;
import io.snowball.platform.db.Params;
import io.snowball.platform.id.Ids;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What waits in parcels is treated like what waits in rows, by everybody, and while a dispatcher has it too. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeSiblings.class)
@WithTestResource(MailSink.class)
class ParcelTest {
    @Inject
    DispatchFixture fixture;

    @Inject
    PersonMessages persons;

    @Inject
    Planning planning;

    @Inject
    RecordingTransport transport;

    @Inject
    MessageLinks links;

    @Inject
    Pool pool;

    private final List<UUID> customers = Fixtures.customers(10);
    private final UUID merged = customers.getFirst();
    private final UUID stays = customers.getLast();

    @AfterEach
    void behave() {
        transport.behaveWell();
    }

    private UUID running() {
        return fixture.running(FakeSiblings.segment(customers), Fixtures.purpose(), 0);
    }

    @Test
    void h01APersonUnderTwoIdsGetsOneOfTwoThatWait() {
        UUID campaign = running();
        UUID merge = merge();
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("DUE", 9L, "CANCELLED MERGED", 1L));
        assertThat(Fixtures.report(campaign).getLong("waiting")).isEqualTo(9);
        sendAll(campaign);
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("SENT", 9L, "CANCELLED MERGED", 1L));
        assertThat(accepted(campaign)).hasSize(9).doesNotHaveDuplicates();
        change(tx -> persons.unmerge(tx, merge));
        assertThat(fixture.states(campaign)).containsEntry("SENT", 9L);
    }

    @Test
    void h01APersonIsNotPlannedAgainUnderTheIdThatStays() {
        fixture.plan();
        List<UUID> many = Fixtures.customers(150);
        UUID campaign = Fixtures.launched(FakeSiblings.segment(many), Fixtures.purpose(), 0);
        planning.planPage().await().indefinitely();
        change(tx -> persons.merge(tx, new Merge(Ids.next(), many.getLast(), many.getFirst())));
        fixture.plan();
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("DUE", 149L));
        sendAll(campaign);
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("SENT", 149L));
    }

    @Test
    void h01AMessageOnItsWayFollowsItsPersonAndTheOtherOneIsOver() {
        UUID campaign = running();
        transport.behave((window, gate) -> transport.after(this::merge).chain(() -> transport.acceptAll(window, gate)));
        fixture.dispatch(campaign);
        // Both were on the wire: each is what it is, and belongs to one of the two ids.
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("SENT", 10L));
        assertThat(fixture.announcedSent(campaign)).isEqualTo(10);
    }

    @Test
    void c23WhoIsErasedIsInNoParcel() {
        UUID campaign = running();
        UUID nobody = Ids.next();
        change(tx -> persons.erase(tx, merged, nobody));
        assertThat(count("select count(*) from parcel where $1 = any(customer_ids)", merged))
                .isZero();
        assertThat(count("select count(*) from message where customer_id = $1 and state = 'CANCELLED'", nobody))
                .isEqualTo(1);
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("DUE", 9L, "CANCELLED ERASED", 1L));
    }

    @Test
    void r13WhoIsStoppedWaitsNoLonger() {
        UUID campaign = running();
        change(tx -> persons.stop(tx, List.of(new Stopped(merged, "EMAIL", "COMPLAINT"))));
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("DUE", 9L, "SUPPRESSED COMPLAINT", 1L));
        sendAll(campaign);
        assertThat(accepted(campaign)).hasSize(9);
    }

    @Test
    void whatWasTakenOutOfADeadDispatchersParcelIsDueOnce() {
        UUID campaign = running();
        UUID dead = fixture.lease();
        fixture.claim(dead, campaign);
        change(tx -> persons.stop(tx, List.of(new Stopped(merged, "EMAIL", "COMPLAINT"))));
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("CLAIMED", 10L));
        fixture.die(dead);
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("DUE", 10L));
        assertThat(fixture.messages(campaign)).hasSize(10).doesNotHaveDuplicates();
        sendAll(campaign);
        assertThat(accepted(campaign)).hasSize(10).doesNotHaveDuplicates();
        fixture.finish();
        assertThat(Fixtures.get(campaign).getString("state")).isEqualTo("COMPLETED");
    }

    @Test
    void givesBackTheRestOfAParcelAndWhatWasTakenOutOfIt() {
        UUID campaign = running();
        Batch batch = fixture.claim(fixture.lease(), campaign);
        change(tx -> persons.stop(tx, List.of(new Stopped(merged, "EMAIL", "COMPLAINT"))));
        fixture.runStopping(batch);
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("DUE", 10L));
        assertThat(fixture.messages(campaign)).hasSize(10).doesNotHaveDuplicates();
        sendAll(campaign);
        assertThat(accepted(campaign)).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void countsAnOpenThatComesBeforeItsWindowIsSettled() {
        UUID campaign = running();
        transport.behave((window, gate) ->
                transport.after(() -> open(window.getFirst().id())).chain(() -> transport.acceptAll(window, gate)));
        fixture.dispatch(campaign);
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("SENT", 10L));
        assertThat(count("select sum(opens) from message where campaign_id = $1", campaign))
                .isEqualTo(1);
    }

    @Test
    void aParcelGoesOnlyWhenAllOfItIsOver() {
        UUID campaign = running();
        UUID lease = fixture.lease();
        Batch batch = fixture.claim(lease, campaign);
        // As if a step had been forgotten: nothing may be lost by it.
        fixture.free(lease);
        assertThat(fixture.messages(campaign))
                .containsExactlyInAnyOrderElementsOf(
                        batch.messages().stream().map(Claimed::id).toList());
    }

    @Test
    void cancelsWhatLiesInParcels() {
        UUID campaign = running();
        Fixtures.move(campaign, "cancellations");
        fixture.finish();
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("CANCELLED", 10L));
    }

    private UUID merge() {
        UUID id = Ids.next();
        change(tx -> persons.merge(tx, new Merge(id, stays, merged)));
        return id;
    }

    private void change(Function<SqlConnection, Uni<Void>> what) {
        pool.withTransaction(what).await().indefinitely();
    }

    private void open(UUID message) {
        TestTokens.anonymous().get(links.open(message).replace("http://localhost:8080", ""));
    }

    /** Single messages go before parcels, a batch of either at a time. */
    private void sendAll(UUID campaign) {
        while (fixture.states(campaign).containsKey("DUE")) {
            fixture.dispatch(campaign);
        }
    }

    private List<UUID> accepted(UUID campaign) {
        return transport.acceptedOf(fixture.messages(campaign)).stream()
                .map(Envelope::id)
                .toList();
    }

    private long count(String query, UUID id) {
        return pool.preparedQuery(query)
                .execute(Params.of(id))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }
}
