package io.snowball.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A change of a default is a change that somebody sees. */
class GatewayConfigTest {
    private final GatewayConfig config = new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(GatewayConfig.class)
            .build()
            .getConfigMapping(GatewayConfig.class);

    @Test
    void hasTheseDefaults() {
        assertThat(config.admin().login()).isEqualTo("admin");
        assertThat(config.admin().password()).isEmpty();
        assertThat(config.login().tokenLife()).isEqualTo(Duration.ofHours(8));
        assertThat(config.login().failuresMax()).isEqualTo(5);
        assertThat(config.login().lockedFor()).isEqualTo(Duration.ofMinutes(15));
        assertThat(config.login().sourceFailuresMax()).isEqualTo(100);
        assertThat(config.login().strangerFailuresMax()).isEqualTo(50);
        assertThat(config.login().hashMemory()).as("OWASP's first choice").isEqualTo(19_456);
        assertThat(config.login().secondFactorRoles()).isEmpty();
        assertThat(config.login().secondFactorKey()).isEmpty();
        assertThat(config.oidc().issuer()).isEmpty();
        assertThat(config.oidc().audience()).isEqualTo("snowball");
        assertThat(config.oidc().rolesClaims()).containsExactly("realm_access/roles", "groups");
        assertThat(config.oidc().keysKept()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.limits().body().asLongValue()).isEqualTo(10L << 20);
        assertThat(config.limits().importBody().asLongValue()).isEqualTo(4L << 30);
        assertThat(config.limits().bodyTime()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.limits().importBodyTime()).isEqualTo(Duration.ofHours(6));
        assertThat(config.limits().publicBodyTime()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.limits().webEventsByAddress()).isEqualTo(50);
        assertThat(config.limits().webEventsByVisitor()).isEqualTo(5);
        assertThat(config.timeout()).isEqualTo(Duration.ofMinutes(1));
    }
}
