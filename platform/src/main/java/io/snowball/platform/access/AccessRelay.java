package io.snowball.platform.access;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.snowball.platform.SnowballConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Brings what was recorded to consent-service. A record is forgotten here when it is kept there; after a crash between the two it
 * is brought again, and passed over there. While consent-service is away it waits.
 */
@ApplicationScoped
public class AccessRelay {
    // A few milliseconds each: who asks meanwhile must not wait for hundreds of records to be read, hashed and written.
    private static final int BATCH = 100;

    private final AccessOutbox outbox;
    private final AccessSink sink;
    private final String service;
    private final boolean enabled;
    private final Clock clock;
    private volatile @Nullable Instant oldest;
    private boolean failing;

    AccessRelay(AccessOutbox outbox, AccessSink sink, SnowballConfig config, Clock clock, MeterRegistry meters) {
        this.outbox = outbox;
        this.sink = sink;
        this.service = config.service();
        this.enabled = config.access().relay();
        this.clock = clock;
        meters.gauge("snowball_access_relay_lag_seconds", this, AccessRelay::lagSeconds);
    }

    private double lagSeconds() {
        Instant since = oldest;
        return since == null ? 0 : Duration.between(since, clock.instant()).toMillis() / 1000.0;
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> work() {
        return enabled ? flush().onFailure().invoke(this::failed).onFailure().recoverWithNull() : done();
    }

    /** All that is there now; what comes meanwhile may wait for the next time, when there is more of it. */
    public Uni<Void> flush() {
        return outbox.oldest(BATCH).chain(records -> {
            oldest = records.isEmpty() ? null : records.getFirst().at();
            return records.isEmpty()
                    ? done()
                    : sink.take(service, records)
                            .chain(() -> outbox.forget(records))
                            .invoke(this::succeeded)
                            .chain(() -> records.size() < BATCH ? done() : flush());
        });
    }

    private static Uni<Void> done() {
        return Uni.createFrom().voidItem();
    }

    private void succeeded() {
        if (failing) {
            failing = false;
            Log.info("The access log is being taken over again");
        }
    }

    private void failed(Throwable failure) {
        // Once per outage.
        if (!failing) {
            failing = true;
            Log.warnf("The access log can't be handed over, trying again: %s", failure);
        }
    }
}
