package io.snowball.campaign.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.snowball.campaign.FakeSiblings;
import io.snowball.campaign.Fixtures;
import io.snowball.campaign.MailSink;
import io.snowball.platform.db.Params;
import io.snowball.platform.id.Ids;
import io.snowball.platform.testkit.TestDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeSiblings.class)
@WithTestResource(MailSink.class)
class PlanningTest {
    @Inject
    Pool pool;

    @Inject
    Planning planning;

    @Inject
    DispatchFixture fixture;

    @Test
    void copiesAllMembersPageByPageAndSetsTheCampaignRunning() {
        fixture.plan();
        UUID campaign = Fixtures.launched(FakeSiblings.segment(Fixtures.customers(250)), Fixtures.purpose(), 0.1);
        assertThat(Fixtures.get(campaign).getString("state")).isEqualTo("PLANNING");
        planning.planPage().await().indefinitely();
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("DUE", 100L));
        assertThat(Fixtures.get(campaign).getString("state")).isEqualTo("PLANNING");
        // A planner that is killed here has left the cursor behind; another goes on from it.
        fixture.plan();
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("DUE", 250L));
        assertThat(Fixtures.get(campaign).getString("state")).isEqualTo("RUNNING");
        assertThat(Fixtures.get(campaign).getLong("planned")).isEqualTo(250);
    }

    @Test
    void planEachMemberOnceWhenTwoPlannersMeet() {
        fixture.plan();
        UUID campaign = Fixtures.launched(FakeSiblings.segment(Fixtures.customers(500)), Fixtures.purpose(), 0);
        for (int i = 0; i < 5; i++) {
            Uni.join()
                    .all(planning.planPage(), planning.planPage(), planning.planPage())
                    .andFailFast()
                    .await()
                    .indefinitely();
        }
        fixture.plan();
        assertThat(fixture.messages(campaign)).hasSize(500);
        assertThat(Fixtures.get(campaign).getLong("planned")).isEqualTo(500);
    }

    @Test
    void waitsWhilePausedAndGoesOnWhenResumed() {
        fixture.plan();
        UUID campaign = Fixtures.launched(FakeSiblings.segment(Fixtures.customers(150)), Fixtures.purpose(), 0);
        planning.planPage().await().indefinitely();
        Fixtures.move(campaign, "pauses");
        fixture.plan();
        assertThat(fixture.messages(campaign)).hasSize(100);
        Fixtures.move(campaign, "resumptions");
        assertThat(Fixtures.get(campaign).getString("state")).isEqualTo("PLANNING");
        fixture.plan();
        assertThat(fixture.messages(campaign)).hasSize(150);
        assertThat(Fixtures.get(campaign).getString("state")).isEqualTo("RUNNING");
    }

    @Test
    void completesACampaignWithoutMembers() {
        UUID campaign = Fixtures.launched(FakeSiblings.segment(Fixtures.customers(0)), Fixtures.purpose(), 0);
        fixture.plan();
        fixture.finish();
        assertThat(Fixtures.get(campaign).getString("state")).isEqualTo("COMPLETED");
    }

    @Test
    void r27PlansNobodyWhoWasForgottenMeanwhile() {
        fixture.plan();
        List<UUID> customers = Fixtures.customers(3);
        UUID campaign = Fixtures.launched(FakeSiblings.segment(customers), Fixtures.purpose(), 0);
        pool.preparedQuery("insert into forgotten_customer (customer_id) values ($1)")
                .execute(Params.of(customers.get(1)))
                .await()
                .indefinitely();
        fixture.plan();
        assertThat(fixture.states(campaign)).isEqualTo(Map.of("DUE", 2L));
    }

    @Test
    void saysInTheCampaignWhatPlanningWaitsFor() {
        fixture.plan();
        UUID campaign = Fixtures.launched(Ids.next(), Fixtures.purpose(), 0);
        assertThatThrownBy(() -> planning.planPage().await().indefinitely()).hasMessageContaining("no such segment");
        assertThat(Fixtures.get(campaign).getString("notice")).contains("no such segment");
        Fixtures.move(campaign, "cancellations");
    }
}
