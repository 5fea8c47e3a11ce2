package io.snowball.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Period;
import org.junit.jupiter.api.Test;

class CampaignConfigTest {
    @Test
    void hasDefaultsThatSendSafely() {
        CampaignConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(CampaignConfig.class)
                .build()
                .getConfigMapping(CampaignConfig.class);
        assertThat(config.smtp().host()).isEqualTo("localhost");
        assertThat(config.smtp().port()).isEqualTo(2525);
        assertThat(config.dispatch().window()).isEqualTo(125);
        assertThat(config.dispatch().decisionValid()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.dispatch().leaseTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.plan().enabled()).isTrue();
        assertThat(config.confirmation().enabled()).isTrue();
        assertThat(config.confirmation().maxAge()).isEqualTo(Duration.ofHours(24));
        assertThat(config.retention().sendLog()).isEqualTo(Period.ofYears(3));
    }
}
