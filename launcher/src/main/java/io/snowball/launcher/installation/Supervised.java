package io.snowball.launcher.installation;

import io.snowball.launcher.machine.ChildProcess;
import io.snowball.launcher.machine.Trouble;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps one process alive: when it dies by itself it is started again, each time after a longer pause. */
final class Supervised {
    /** Pauses between starts; who ran well for {@code forgiven} begins again with the first. */
    record BackOff(Duration first, Duration longest, Duration forgiven) {
        static final BackOff STANDARD =
                new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(2));

        Duration next(Duration last, Duration ran) {
            if (last.isZero() || ran.compareTo(forgiven) >= 0) {
                return first;
            }
            Duration doubled = last.multipliedBy(2);
            return doubled.compareTo(longest) > 0 ? longest : doubled;
        }
    }

    private final String name;
    private final Supplier<ChildProcess> starter;
    private final BackOff backOff;
    private final ScheduledExecutorService timer;
    private final Consumer<String> note;

    // All guarded by this.
    private @Nullable ChildProcess process;
    private boolean wanted;
    private long startedNanos;
    private Duration pause = Duration.ZERO;

    Supervised(
            String name,
            Supplier<ChildProcess> starter,
            BackOff backOff,
            ScheduledExecutorService timer,
            Consumer<String> note) {
        this.name = name;
        this.starter = starter;
        this.backOff = backOff;
        this.timer = timer;
        this.note = note;
    }

    /** Processor time of the process and of all that it started. */
    synchronized Duration processorTime() {
        return process == null
                ? Duration.ZERO
                : Stream.concat(Stream.of(process.handle()), process.handle().descendants())
                        .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                        .reduce(Duration.ZERO, Duration::plus);
    }

    synchronized void start() {
        if (!isAlive()) {
            pause = Duration.ZERO;
            adopt(starter.get());
        }
    }

    /** Watches over a process that is there already. */
    synchronized void adopt(ChildProcess started) {
        wanted = true;
        startedNanos = System.nanoTime();
        process = started;
        var _ = started.onExit().thenRun(() -> ended(started));
    }

    /** It died by itself at least once since somebody wanted it. */
    synchronized boolean hasFailed() {
        return wanted && !pause.isZero();
    }

    synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** SIGKILL. It stays dead until it is started again. */
    void kill() {
        ChildProcess running = unwanted();
        if (running != null) {
            running.kill();
        }
    }

    void stop(String signal, Duration patience) {
        ChildProcess running = unwanted();
        if (running != null) {
            running.stop(signal, patience);
        }
    }

    /** The waiting happens outside of the lock: whoever asks meanwhile is answered. */
    private synchronized @Nullable ChildProcess unwanted() {
        wanted = false;
        ChildProcess running = process;
        process = null;
        return running;
    }

    private synchronized void ended(ChildProcess which) {
        if (!wanted || which != process) {
            return;
        }
        pause = backOff.next(pause, Duration.ofNanos(System.nanoTime() - startedNanos));
        note.accept("%s stopped by itself (exit code %d, see its log). Starting it again in %s."
                .formatted(name, which.exitCode(), seconds(pause)));
        again();
    }

    private void again() {
        var _ = timer.schedule(
                () -> {
                    synchronized (this) {
                        if (wanted && !isAlive()) {
                            restart();
                        }
                    }
                },
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private synchronized void restart() {
        try {
            adopt(starter.get());
        } catch (Trouble trouble) {
            pause = backOff.next(pause, Duration.ZERO);
            note.accept("%s could not be started again: %s Trying in %s."
                    .formatted(name, trouble.getMessage(), seconds(pause)));
            again();
        }
    }

    private static String seconds(Duration pause) {
        return pause.compareTo(Duration.ofSeconds(1)) < 0 ? pause.toMillis() + " ms" : pause.toSeconds() + " s";
    }
}
