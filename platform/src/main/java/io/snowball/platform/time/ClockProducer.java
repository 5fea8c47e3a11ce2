package io.snowball.platform.time;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;

class ClockProducer {
    /**
     * Ticks in microseconds, as PostgreSQL keeps them: what a POST answered is then what a later GET answers.
     * A test replaces this bean with a clock that it moves.
     */
    @Produces
    @DefaultBean
    @ApplicationScoped
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
    }
}
