package io.snowball.customer.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ChunkWorkerTest {
    private final BlockingQueue<UniEmitter<? super Void>> writing = new LinkedBlockingQueue<>();
    private final ChunkWorker worker = new ChunkWorker(2, 1000, Duration.ofHours(1));

    @Test
    void neverWritesMoreAtATimeThanAllowed() throws Exception {
        AtomicInteger submitted = new AtomicInteger();
        Thread reader = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 20; i++) {
                submit();
                submitted.incrementAndGet();
            }
        });
        for (int i = 0; i < 20; i++) {
            UniEmitter<? super Void> first = writing.take();
            assertThat(writing.size()).isLessThanOrEqualTo(1);
            // The reader may have one more in hand, for which it waits.
            assertThat(submitted.get()).isLessThanOrEqualTo(i + 2);
            first.complete(null);
        }
        reader.join();
        worker.drain();
        assertThat(writing).isEmpty();
    }

    @Test
    void tellsTheReaderThatAChunkFailed() throws Exception {
        submit();
        writing.take().fail(new IllegalArgumentException("no"));
        assertThatIllegalStateException().isThrownBy(this::submit).withCauseInstanceOf(IllegalArgumentException.class);
        assertThatIllegalStateException().isThrownBy(worker::drain);
    }

    @Test
    void makesSmallerChunksWhileTheyTakeTooLong() throws Exception {
        ChunkWorker slow = new ChunkWorker(1, 1000, Duration.ZERO);
        for (int i = 0; i < 5; i++) {
            slow.submit(Uni.createFrom().voidItem());
        }
        slow.drain();
        assertThat(slow.chunkSize()).isEqualTo(250);
    }

    @Test
    void drainsWhatIsBeingWritten() throws Exception {
        submit();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                worker.drain();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> waiting.getState() == Thread.State.WAITING);
        writing.take().complete(null);
        waiting.join();
        assertThat(waiting.isAlive()).isFalse();
    }

    private void submit() {
        try {
            worker.submit(Uni.createFrom().<Void>emitter(writing::add));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
