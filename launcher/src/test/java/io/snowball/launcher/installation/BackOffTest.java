package io.snowball.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;

import io.snowball.launcher.installation.Supervised.BackOff;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {
    private final BackOff backOff = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofMinutes(1));

    @Test
    void doublesUpToItsBoundAndForgivesWhoRanLong() {
        assertThat(backOff.next(Duration.ZERO, Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
        assertThat(backOff.next(Duration.ofSeconds(1), Duration.ZERO)).isEqualTo(Duration.ofSeconds(2));
        assertThat(backOff.next(Duration.ofSeconds(4), Duration.ofSeconds(59))).isEqualTo(Duration.ofSeconds(5));
        assertThat(backOff.next(Duration.ofSeconds(5), Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(1));
    }
}
