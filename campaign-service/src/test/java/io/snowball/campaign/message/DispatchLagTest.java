package io.snowball.campaign.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.campaign.FakeSiblings;
import io.snowball.campaign.Fixtures;
import io.snowball.campaign.MailSink;
import io.snowball.campaign.TestClock;
import io.snowball.platform.testkit.TestDatabase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the alert DispatchStalled looks at. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeSiblings.class)
@WithTestResource(MailSink.class)
class DispatchLagTest {
    @Inject
    DispatchFixture fixture;

    @Inject
    DispatchLag lag;

    @Inject
    MeterRegistry meters;

    @Inject
    TestClock clock;

    @Test
    void isTheAgeOfTheMessageThatHasBeenDueLongest() {
        UUID campaign = fixture.running(FakeSiblings.segment(Fixtures.customers(3)), Fixtures.purpose(), 0);
        fixture.pauseOthers(campaign);
        clock.move(Duration.ofMinutes(20));
        assertThat(seconds()).isGreaterThanOrEqualTo(1200);

        fixture.dispatch(campaign);
        assertThat(seconds()).isZero();
    }

    @Test
    void doesNotCountWhatIsPaused() {
        UUID campaign = fixture.running(FakeSiblings.segment(Fixtures.customers(3)), Fixtures.purpose(), 0);
        fixture.pauseOthers(campaign);
        clock.move(Duration.ofMinutes(20));
        Fixtures.move(campaign, "pauses");
        assertThat(seconds()).isZero();
        Fixtures.move(campaign, "cancellations");
    }

    private double seconds() {
        lag.look().await().indefinitely();
        return meters.get("snowball_campaign_dispatch_lag_seconds").gauge().value();
    }
}
