package io.snowball.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CustomerConfigTest {
    @Test
    void hasTheseDefaults() {
        CustomerConfig config = new SmallRyeConfigBuilder()
                .withMapping(CustomerConfig.class)
                .withConverter(
                        io.quarkus.runtime.configuration.MemorySize.class,
                        100,
                        new io.quarkus.runtime.configuration.MemorySizeConverter())
                .build()
                .getConfigMapping(CustomerConfig.class);
        assertThat(config.maxJsonBody().asLongValue()).isEqualTo(10 << 20);
        assertThat(config.imports().chunkSize()).isEqualTo(5000);
        assertThat(config.imports().chunksInFlight()).isEqualTo(3);
        assertThat(config.imports().chunkTime()).isEqualTo(Duration.ofMillis(800));
        assertThat(config.imports().maxLine().asLongValue()).isEqualTo(1 << 20);
        assertThat(config.imports().maxColumns()).isEqualTo(200);
        assertThat(config.imports().maxErrors()).isEqualTo(10_000);
        assertThat(config.deals().overdueEvery()).isEqualTo("30s");
        assertThat(config.exports().every()).isEqualTo("2s");
        assertThat(config.exports().approveAbove()).isEqualTo(100);
        assertThat(config.exports().maxCustomers()).isEqualTo(1_000_000);
        assertThat(config.exports().keep()).isEqualTo(Duration.ofDays(3));
        assertThat(config.exports().lease()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.exports().page()).isEqualTo(1000);
    }
}
