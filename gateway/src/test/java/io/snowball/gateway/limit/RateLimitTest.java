package io.snowball.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitTest {
    private final StoodClock clock = new StoodClock();
    private final RateLimit limit = new RateLimit(5, clock);

    @Test
    void letsTenSecondsPassAtOnceAndThenSoManyASecond() {
        assertThat(passed("a", 200)).isEqualTo(50);
        assertThat(limit.take("a")).isEqualTo(Duration.ofMillis(200));
        assertThat(passed("b", 200)).as("nobody else's").isEqualTo(50);
        clock.now = clock.now.plusMillis(1000);
        assertThat(passed("a", 200)).isEqualTo(5);
        clock.now = clock.now.plusSeconds(3600);
        assertThat(passed("a", 200)).as("no more than before").isEqualTo(50);
    }

    @Test
    void countsInOneWhoComesBehindTheHundredThousandth() {
        for (int i = 0; i < 100_000; i++) {
            limit.take("made up " + i);
        }
        assertThat(passed("x", 40) + passed("y", 40)).isEqualTo(50);
        clock.now = clock.now.plusSeconds(2);
        assertThat(passed("x", 60)).as("once the made up ones are forgotten").isEqualTo(50);
        assertThat(passed("z", 60)).isEqualTo(50);
    }

    @Test
    void neverSaysToWaitZeroSeconds() {
        assertThat(WebEventLimit.wholeSeconds(Duration.ofNanos(1))).isEqualTo(1);
        assertThat(WebEventLimit.wholeSeconds(Duration.ofMillis(1001))).isEqualTo(2);
        assertThat(WebEventLimit.wholeSeconds(Duration.ofSeconds(2))).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7,203.0.113.7",
        "2001:db8:1:2::1,20010db800010002",
        "2001:db8:1:2:ffff::9,20010db800010002",
        "no address,no address",
        ",''"
    })
    void takesAnIpv6NetworkForOneSource(String address, String source) {
        assertThat(Source.of(address)).isEqualTo(source);
    }

    private int passed(String key, int tries) {
        int passed = 0;
        for (int i = 0; i < tries; i++) {
            passed += limit.take(key).isZero() ? 1 : 0;
        }
        return passed;
    }

    private static final class StoodClock extends Clock {
        Instant now = Instant.parse("2026-11-20T10:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
