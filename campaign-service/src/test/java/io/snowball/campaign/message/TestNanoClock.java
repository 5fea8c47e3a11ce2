package io.snowball.campaign.message;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Lets decisions get old without waiting. */
@ApplicationScoped
class TestNanoClock extends NanoClock {
    private final AtomicLong nanos = new AtomicLong();

    void move(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    /** Stands still but for {@link #move}: no decision gets old because the machine is slow. */
    @Override
    long nanos() {
        return nanos.get();
    }
}
