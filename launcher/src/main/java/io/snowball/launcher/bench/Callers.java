package io.snowball.launcher.bench;

import io.snowball.launcher.machine.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** Several callers at once, each making one call after the other for as long as they are told. */
final class Callers {
    private Callers() {}

    /** One caller's own: what it needs is opened when it is made. */
    interface Caller extends AutoCloseable {
        void call() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** @param micros how long each call took, sorted */
    // Millions of them, made once and not shared.
    @SuppressWarnings("ArrayRecordComponent")
    record Run(double seconds, long[] micros) {
        double perSecond() {
            return micros.length / seconds;
        }

        double millis(int percent) {
            return micros.length == 0 ? 0 : micros[Math.min(micros.length - 1, micros.length * percent / 100)] / 1000.0;
        }
    }

    static Run run(int callers, Duration time, Callable<? extends Caller> opened) {
        long began = System.nanoTime();
        long end = began + time.toNanos();
        List<Future<long[]>> all = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(callers)) {
            for (int i = 0; i < callers; i++) {
                all.add(threads.submit(() -> callUntil(end, opened)));
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        LongStream micros = all.stream().map(Callers::result).flatMapToLong(Arrays::stream);
        return new Run(seconds, micros.sorted().toArray());
    }

    private static long[] callUntil(long end, Callable<? extends Caller> opened) throws Exception {
        LongStream.Builder micros = LongStream.builder();
        try (Caller caller = opened.call()) {
            while (System.nanoTime() < end) {
                long began = System.nanoTime();
                caller.call();
                micros.add((System.nanoTime() - began) / 1000);
            }
        }
        return micros.build().toArray();
    }

    private static long[] result(Future<long[]> caller) {
        try {
            return caller.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Trouble trouble) {
                throw trouble;
            }
            throw new Trouble("A caller gave up: " + failure.getCause(), failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Trouble("Stopped.", stopped);
        }
    }
}
