package io.snowball.campaign.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopWorkerTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.closeAndAwait();
    }

    @Test
    void goesOnThroughFailuresAndIdleTimesUntilItIsStopped() throws Exception {
        AtomicInteger steps = new AtomicInteger();
        CountDownLatch ten = new CountDownLatch(10);
        LoopWorker worker = worker(() -> {
            ten.countDown();
            return switch (steps.incrementAndGet() % 3) {
                case 0 -> Uni.createFrom().failure(new IllegalStateException("out of order"));
                case 1 -> Uni.createFrom().item(true);
                default -> Uni.createFrom().item(false);
            };
        });
        worker.start();
        ten.await();
        worker.askToStop();
        worker.awaitStop();
        assertThat(steps.get()).isGreaterThanOrEqualTo(10);
    }

    @Test
    void finishesTheStepUnderWayBeforeItStops() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger finished = new AtomicInteger();
        LoopWorker worker = worker(() -> {
            begun.countDown();
            return Uni.createFrom()
                    .item(true)
                    .onItem()
                    .delayIt()
                    .by(Duration.ofMillis(50))
                    .invoke(finished::incrementAndGet);
        });
        worker.start();
        begun.await();
        worker.askToStop();
        worker.awaitStop();
        assertThat(finished.get()).isPositive();
    }

    private LoopWorker worker(Supplier<Uni<Boolean>> step) {
        return new LoopWorker("test", step, Duration.ofMillis(1), vertx.getOrCreateContext());
    }
}
