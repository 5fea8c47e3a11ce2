package io.snowball.customer.imports;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes chunks while the next one is being read, never more than a few at a time: who reads waits here for who writes, so the
 * client that sends the file waits too, and the file is never in memory. Also finds the size of chunk that is written in time.
 */
final class ChunkWorker {
    private static final int MIN_SIZE = 250;

    private final Semaphore permits;
    private final int inFlight;
    private final int maxSize;
    private final long maxNanos;
    private final AtomicInteger size;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    ChunkWorker(int inFlight, int maxSize, Duration chunkTime) {
        this.inFlight = inFlight;
        this.permits = new Semaphore(inFlight);
        this.maxSize = maxSize;
        this.maxNanos = chunkTime.toNanos();
        this.size = new AtomicInteger(maxSize);
    }

    /** How many records the next chunk should have. */
    int chunkSize() {
        return size.get();
    }

    /** Begins to write; waits first where enough is being written. Fails with what an earlier chunk failed with. */
    void submit(Uni<?> write) throws InterruptedException {
        permits.acquire();
        Throwable earlier = failure.get();
        if (earlier != null) {
            permits.release();
            throw new IllegalStateException("A chunk could not be written", earlier);
        }
        long begun = System.nanoTime();
        write.subscribe()
                .with(
                        _ -> {
                            adapt(System.nanoTime() - begun);
                            permits.release();
                        },
                        failed -> {
                            failure.compareAndSet(null, failed);
                            permits.release();
                        });
    }

    /** Waits until everything is written. */
    void drain() throws InterruptedException {
        permits.acquire(inFlight);
        permits.release(inFlight);
        Throwable earlier = failure.get();
        if (earlier != null) {
            throw new IllegalStateException("A chunk could not be written", earlier);
        }
    }

    private void adapt(long nanos) {
        size.updateAndGet(current -> nanos > maxNanos
                ? Math.max(Math.min(MIN_SIZE, maxSize), current / 2)
                : Math.min(maxSize, current + current / 4 + 1));
    }
}
